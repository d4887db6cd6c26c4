import { expect, test } from 'vitest';
import { entryOf, openCrawl } from '../helpers/crawl-setup.ts';
import { TestSite } from '../helpers/test-site.ts';

test('each line of X-Robots-Tag has an addressee of its own', async () => {
  await using site = await TestSite.open({
    '/a': (_request, response) => response.writeHead(200, { 'content-type': 'text/html', 'x-robots-tag': ['googlebot: noindex', 'noai'] }).end('<p>A</p>'),
  });
  await using crawl = openCrawl();

  const reading = crawl.reader.read(entryOf(site.url('/a')), new AbortController().signal);

  await expect(reading).rejects.toMatchObject({ code: 'POLICY_DENIED' });
});
