import { describe, expect, test } from 'vitest';
import { BloggerError } from '../../src/core/errors.ts';
import type { PageReaderSettings } from '../../src/stages/crawl/page-reader.ts';
import { entryOf, openCrawl } from '../helpers/crawl-setup.ts';
import { FakeClock } from '../helpers/fakes.ts';
import { html, inTurn, redirect, type SiteHandler, status, TestSite, text } from '../helpers/test-site.ts';

test('each line of X-Robots-Tag has an addressee of its own', async () => {
  await using site = await TestSite.open({
    '/a': (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'x-robots-tag': ['googlebot: noindex', 'noai'] })
        .end('<p>A</p>'),
  });
  await using crawl = openCrawl();

  const reading = crawl.reader.read(entryOf(site.url('/a')), new AbortController().signal);

  await expect(reading).rejects.toMatchObject({ code: 'POLICY_DENIED' });
});

const TDMREP = '/.well-known/tdmrep.json';
const RESERVED = text('[{"location":"/","tdm-reservation":1}]');
const tooLong = text(`[${'{"location":"/b","tdm-reservation":0},'.repeat(8000)}{"location":"/","tdm-reservation":1}]`);

/** What became of a page of a host with this tdmrep.json: 'read', or why not. */
async function outcome(
  tdmrep: SiteHandler,
  { settings = {}, robots = status(404) }: { settings?: Partial<PageReaderSettings>; robots?: SiteHandler } = {},
) {
  await using site = await TestSite.open({ '/robots.txt': robots, [TDMREP]: tdmrep, '/a': '<p>A</p>' });
  await using crawl = openCrawl({ settings: { attempts: 1, ...settings } });
  return await codeOf(crawl.reader.read(entryOf(site.url('/a')), new AbortController().signal));
}

async function codeOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'read',
    (error: unknown) => (BloggerError.is(error) ? error.code : String(error)),
  );
}

describe('a site’s tdmrep.json', () => {
  test.each([
    ['404', status(404), 'read'],
    ['403', status(403), 'read'],
    ['an HTML page, however long', html(`<p>${'x'.repeat(400_000)}</p>`), 'read'],
    ['a redirect without end', redirect(TDMREP), 'read'],
    ['a reservation', RESERVED, 'POLICY_DENIED'],
    ['503', status(503), 'POLICY_UNREACHABLE'],
    ['429', status(429), 'POLICY_UNREACHABLE'],
    ['a lost connection', (request) => request.socket.destroy(), 'POLICY_UNREACHABLE'],
    ['a list that is too long to be read', tooLong, 'POLICY_UNREACHABLE'],
    ['a list that breaks off', text('[{"location":"/","tdm-reservation":1},'), 'POLICY_UNREACHABLE'],
  ] satisfies [string, SiteHandler, string][])('that answers %s', async (_what, tdmrep, expected) => {
    expect(await outcome(tdmrep)).toBe(expected);
  });

  test('that nobody could read leaves its pages to who only wants a warning', async () => {
    expect(await outcome(status(503), { settings: { aiPolicy: 'warn' } })).toBe('read');
  });

  test('counts also where robots.txt neither counts nor answers', async () => {
    expect(await outcome(RESERVED, { settings: { robots: false }, robots: status(503) })).toBe('POLICY_DENIED');
  });

  test('is asked for once in ten minutes while it fails, and is heard as soon as it answers', async () => {
    const clock = new FakeClock();
    await using site = await TestSite.open({ [TDMREP]: inTurn(status(503), RESERVED), '/a': '<p>A</p>' });
    await using crawl = openCrawl({ settings: { attempts: 1 }, clock });
    const read = () => codeOf(crawl.reader.read(entryOf(site.url('/a')), new AbortController().signal));

    const codes = [await read(), await read()];
    await clock.advance(10 * 60_000);
    codes.push(await read());

    expect(codes).toEqual(['POLICY_UNREACHABLE', 'POLICY_UNREACHABLE', 'POLICY_DENIED']);
    expect(site.paths().filter((path) => path === TDMREP)).toHaveLength(2);
    expect(site.pages()).toEqual([]);
  });
});
