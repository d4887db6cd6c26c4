import { gzipSync } from 'node:zlib';
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

/** Result of a page on a host with this tdmrep.json: 'read', or the error code. */
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

  test('that cannot be read allows its pages under `aiPolicy: warn`', async () => {
    expect(await outcome(status(503), { settings: { aiPolicy: 'warn' } })).toBe('read');
  });

  test('applies even if robots.txt is ignored or does not respond', async () => {
    expect(await outcome(RESERVED, { settings: { robots: false }, robots: status(503) })).toBe('POLICY_DENIED');
  });

  test('is requested once in ten minutes while it fails, and obeyed as soon as it responds', async () => {
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

describe('a robots.txt', () => {
  const RULES = 'User-agent: *\nDisallow: /';
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  const bytes =
    (body: Buffer, headers = {}): SiteHandler =>
    (_q, r) =>
      r.writeHead(200, { 'content-type': 'text/plain', ...headers }).end(body);

  test.each([
    ['in UTF-16', bytes(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(RULES)])), 'ROBOTS_DENIED'],
    ['in UTF-16 without a mark', bytes(utf16(RULES)), 'ROBOTS_DENIED'],
    ['that is gzip twice', bytes(gzipSync(gzipSync(RULES)), { 'content-encoding': 'gzip, gzip' }), 'ROBOTS_DENIED'],
    ['named as a download', bytes(Buffer.from(RULES), { 'content-type': 'application/octet-stream' }), 'ROBOTS_DENIED'],
    ['as a page of HTML', html('<p>User-agent: *<br>Disallow: /</p>'), 'read'],
    ['behind a login', status(401), 'read'],
    ['that is gone', status(410), 'read'],
    ['without content', status(204), 'read'],
    ['of too many requests', status(429), 'ROBOTS_UNREACHABLE'],
    ['of an error', status(500), 'ROBOTS_UNREACHABLE'],
    ['of 10 MB', bytes(Buffer.from(`${RULES}\n${'Allow: /x\n'.repeat(1_000_000)}`)), 'ROBOTS_DENIED'],
  ] satisfies [string, SiteHandler, string][])('%s', async (_what, robots, expected) => {
    expect(await outcome(status(404), { robots })).toBe(expected);
  });
});
