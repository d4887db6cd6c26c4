import { describe, expect, it, test } from 'vitest';
import { BloggerError } from '../../src/core/errors.ts';
import { entryOf, mapStore, openCrawl, textOf } from '../helpers/crawl-setup.ts';
import { html, inTurn, type SiteHandler, status, TestSite } from '../helpers/test-site.ts';

/** The page's text, or why there is none, each time that `/a` is asked for; its host answers by `handlers` in turn. */
async function readInTurn(...handlers: readonly SiteHandler[]): Promise<string[]> {
  await using site = await TestSite.open({ '/a': inTurn(...handlers) });
  await using crawl = openCrawl({ settings: { attempts: 1 }, store: mapStore() });
  const told: string[] = [];
  for (const _ of handlers) {
    const reading = crawl.reader.read(entryOf(site.url('/a')), new AbortController().signal);
    told.push(await reading.then(textOf, (error: unknown) => (BloggerError.is(error) ? error.code : String(error))));
  }
  return told;
}

const old = html('old', { headers: { 'cache-control': 'max-age=0' } });

describe('what was kept of a page is not used again', () => {
  it('once the page is gone', async () => {
    expect(await readInTurn(old, status(410), status(503))).toEqual(['old', 'HTTP_STATUS', 'HTTP_STATUS']);
  });

  it('once its owner forbids storing it', async () => {
    const reserved = html('new', { headers: { 'cache-control': 'no-store', 'tdm-reservation': '1' } });

    expect(await readInTurn(old, reserved, status(503))).toEqual(['old', 'POLICY_DENIED', 'HTTP_STATUS']);
  });

  it('once a confirmation says so', async () => {
    expect(await readInTurn(old, status(304, { 'cache-control': 'no-store' }), status(503))).toEqual([
      'old',
      'old',
      'HTTP_STATUS',
    ]);
  });

  it('but is used, as a control, while its host only fails', async () => {
    expect(await readInTurn(old, status(503))).toEqual(['old', 'old']);
  });
});

test.each([
  [301, {}, 1],
  [308, {}, 1],
  [302, {}, 2],
  [303, {}, 2],
  [307, {}, 2],
  [302, { 'cache-control': 'max-age=60' }, 1],
  [302, { 'cache-control': 'max-age=0' }, 2],
])('a redirect by %i with %o is asked for %i times by two reads', async (code, headers, times) => {
  await using site = await TestSite.open({ '/go': status(code, { location: '/a', ...headers }), '/a': '<p>A</p>' });
  await using crawl = openCrawl({ store: mapStore() });

  for (const _ of ['first', 'second']) await crawl.reader.read(entryOf(site.url('/go')), new AbortController().signal);

  expect(
    site
      .pages()
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['/a', ...Array(times).fill('/go')]);
});
