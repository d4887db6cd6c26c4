import { describe, expect, it } from 'vitest';
import { BloggerError } from '../../src/core/errors.ts';
import { cancelledError } from '../../src/services/jobs/job-errors.ts';
import { entryOf, openCrawl } from '../helpers/crawl-setup.ts';
import { html, inTurn, type SiteHandler, TestSite, text } from '../helpers/test-site.ts';

const never: SiteHandler = () => {};

/** Asks for pages of one host whose file `path` is never answered the first time. */
async function openHost(path: string, answer: SiteHandler) {
  const site = await TestSite.open({ '/a': '<p>A</p>', [path]: inTurn(never, answer) });
  const crawl = openCrawl();
  return {
    /** 'read', or why not. */
    async read(signal = new AbortController().signal): Promise<string> {
      const reading = crawl.reader.read(entryOf(site.url('/a')), signal);
      return reading.then(
        () => 'read',
        (error: unknown) => (BloggerError.is(error) ? error.code : String(error)),
      );
    },
    async untilAsked(): Promise<void> {
      while (!site.paths().includes(path)) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async [Symbol.asyncDispose]() {
      await crawl[Symbol.asyncDispose]();
      await site[Symbol.asyncDispose]();
    },
  };
}

describe.each([
  ['/robots.txt', text('User-agent: *\nDisallow: /a'), 'ROBOTS_DENIED'],
  ['/.well-known/tdmrep.json', text('[{"location":"/","tdm-reservation":1}]'), 'POLICY_DENIED'],
  ['/a', html('<p>A</p>'), 'read'],
])('two jobs that wait for one %s', (path, answer, outcome) => {
  it('separate when the first is cancelled: the other sends its own request, and its result applies to later pages', async () => {
    await using host = await openHost(path, answer);
    const cancel = new AbortController();
    const first = host.read(cancel.signal);
    await host.untilAsked();
    const second = host.read();

    cancel.abort(cancelledError());

    expect([await first, await second, await host.read()]).toEqual(['JOB_CANCELLED', outcome, outcome]);
  });

  it('separate when the second is cancelled: it does not wait for the first', async () => {
    await using host = await openHost(path, answer);
    const cancel = new AbortController();
    const end = new AbortController();
    const first = host.read(end.signal);
    await host.untilAsked();
    const second = host.read(cancel.signal);

    cancel.abort(cancelledError());

    expect(await second).toBe('JOB_CANCELLED');
    end.abort(cancelledError());
    await first;
  });
});
