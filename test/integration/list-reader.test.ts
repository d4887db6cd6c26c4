import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openHttpFetcher } from '../../src/services/http/http-fetcher.ts';
import { parseList } from '../../src/stages/list/read/parse-list.ts';
import { systemClock } from '../../src/util/clock.ts';
import { openListReader } from '../../src/wiring/open-list-reader.ts';
import { openCrawl } from '../helpers/crawl-setup.ts';
import { newProject } from '../helpers/run-bin.ts';
import { status, TestSite } from '../helpers/test-site.ts';

const LIST = 'https://a.example/one high\r\nhttps://a.example/둘\r\n';
const SITEMAP = `<urlset>${Array.from({ length: 3000 }, (_, n) => `<url><loc>https://a.example/${n}</loc></url>`).join('\n')}</urlset>`;
const swap = (bytes: Buffer) => Buffer.from(bytes).swap16();
/** CP949 of `제목,url\r\n첫 글,…`. */
const CP949 = Buffer.concat([
  Buffer.from([0xc1, 0xa6, 0xb8, 0xf1]),
  Buffer.from(',url\r\n'),
  Buffer.from([0xc3, 0xb9, 0x20, 0xb1, 0xdb]),
  Buffer.from(',https://a.example/one\r\n'),
]);

const { signal } = new AbortController();

async function openText(name: string, bytes: Uint8Array) {
  await using project = await newProject({ [name]: bytes });
  await using crawl = openCrawl();
  const document = await openListReader({
    cwd: project.folder,
    readStdin: async () => '',
    pages: crawl.reader,
    clock: systemClock,
  }).open(name, signal);
  if (document === undefined) return undefined;
  const { entries, problems } = await parseList(document, {
    priority: 'medium',
    keywords: [],
    baseDir: project.folder,
  });
  return { damage: document.damage, urls: entries.map(({ url }) => url), problems };
}

test.each([
  ['UTF-8', Buffer.from(LIST)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${LIST}`)],
  ['UTF-16 LE with a mark', Buffer.from(`\ufeff${LIST}`, 'utf16le')],
  ['UTF-16 BE with a mark', swap(Buffer.from(`\ufeff${LIST}`, 'utf16le'))],
  ['UTF-16 LE without a mark', Buffer.from(LIST, 'utf16le')],
  ['UTF-16 BE without a mark', swap(Buffer.from(LIST, 'utf16le'))],
  ['gzip', gzipSync(LIST)],
  ['gzip of UTF-16', gzipSync(Buffer.from(`\ufeff${LIST}`, 'utf16le'))],
])('a list in %s is read', async (_, bytes) => {
  expect(await openText('urls.txt', bytes)).toEqual({
    damage: undefined,
    urls: ['https://a.example/one', 'https://a.example/%EB%91%98'],
    problems: [],
  });
});

test('a CSV in the charset of a Korean spreadsheet is read', async () => {
  expect(await openText('목록.csv', CP949)).toMatchObject({ urls: ['https://a.example/one'], problems: [] });
});

test.each([
  ['cut off', gzipSync(SITEMAP).subarray(0, 6000), /cut off/],
  ['damaged', Buffer.concat([gzipSync(SITEMAP).subarray(0, 5000), Buffer.alloc(2000, 0xff)]), /damaged|cut off/],
])('a gzipped sitemap that is %s gives what came before, and says so', async (_, bytes, damage) => {
  const read = await openText('sitemap.xml.gz', bytes);

  expect(read?.damage).toMatch(damage);
  expect(read?.urls.length).toBeGreaterThan(0);
});

test.each([
  ['text behind its end', Buffer.concat([gzipSync(SITEMAP), Buffer.from('\n<!-- cached -->')])],
  ['no gzip in it', Buffer.from(SITEMAP)],
  ['a second part', Buffer.concat([gzipSync(SITEMAP.slice(0, 900)), gzipSync(SITEMAP.slice(900))])],
])('a sitemap named .xml.gz with %s is read', async (_, bytes) => {
  expect(await openText('sitemap.xml.gz', bytes)).toMatchObject({
    damage: undefined,
    problems: [],
    urls: { length: 3000 },
  });
});

test('a bomb is unpacked to its limit and no further', async () => {
  const { unpack } = await import('../../src/util/files/unpack.ts');
  const bomb = gzipSync(Buffer.alloc(50_000_000));

  const { bytes, damage } = await unpack(bomb, 1_000_000);

  expect(bytes.byteLength).toBe(1_000_000);
  expect(damage).toContain('larger than 1000000 bytes');
});

test('a page, a PDF and a missing page are not lists', async () => {
  expect(await openText('paper.txt', Buffer.from('%PDF-1.7\n'))).toBeUndefined();
  await using crawl = openCrawl();
  const reader = openListReader({
    cwd: '/nowhere',
    readStdin: async () => '',
    pages: crawl.reader,
    clock: systemClock,
  });
  expect(await reader.open('page.html', signal)).toBeUndefined();
  await expect(reader.open('urls.txt', signal)).rejects.toMatchObject({ code: 'LIST_MISSING' });
});

test('robots.txt holds for lists too, and a redirect to a private address is refused before it is asked', async () => {
  await using inside = await TestSite.open({ '/feed.xml': status(200) });
  const guarded = openHttpFetcher({ allowPrivate: false, userAgent: 'blogger' });
  await using _ = guarded;
  const answers: Record<string, { status: number; headers: Record<string, string>; body: string }> = {
    'https://feeds.example/robots.txt': { status: 200, headers: {}, body: 'User-agent: *\nDisallow: /private' },
    'https://feeds.example/a.xml': { status: 302, headers: { location: inside.url('/feed.xml') }, body: '' },
  };
  await using crawl = openCrawl({
    settings: { attempts: 1 },
    fetcher: {
      async fetch(request, signal) {
        const known = answers[request.url];
        if (known === undefined) return guarded.fetch(request, signal);
        return { url: request.url, finalUrl: request.url, ms: 0, ...known, body: Buffer.from(known.body) };
      },
    },
  });
  const list = openListReader({ cwd: '/', readStdin: async () => '', pages: crawl.reader, clock: systemClock });
  const fetch = (path: string) => list.fetch(`https://feeds.example${path}`, {}, new AbortController().signal);

  await expect(fetch('/private/feed.xml')).rejects.toMatchObject({ code: 'ROBOTS_DENIED' });
  await expect(fetch('/a.xml')).rejects.toMatchObject({ code: 'URL_REFUSED' });
  expect(inside.paths()).toEqual([]);
});
