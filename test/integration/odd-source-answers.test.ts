import { expect, test } from 'vitest';
import { openSourceTable } from '../../src/services/sources/source-table.ts';
import type { Db } from '../../src/services/sqlite/db.ts';
import { addMovedSources } from '../../src/services/sqlite/migrations/0004-moved-sources.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { openListParser } from '../../src/stages/list/read/list-parser.ts';
import { readLists } from '../../src/stages/list/read/read-lists.ts';
import { newProject } from '../helpers/run-bin.ts';

const FEED = 'https://a.example/feed.xml';
const MAP = 'https://a.example/sitemap.xml';

interface Answer {
  readonly text: string;
  readonly damage?: string;
  /** Answers the request only where it is not the same as this. */
  readonly etag?: string;
}

const PROSE = 'Step {n}: the team replaces a server in the hall and checks every disk before the site returns.';
const paragraphs = Array.from({ length: 9 }, (_, n) => `<p>${PROSE.replace('{n}', String(n))}</p>`).join('');
const page = (title: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body>${paragraphs}</body></html>`;
const rss = (names: readonly string[]) =>
  `<rss version="2.0"><channel><title>T</title>${names.map((name) => `<item><link>https://a.example/${name}</link><guid>${name}</guid></item>`).join('')}</channel></rss>`;
const sitemap = (dates: Readonly<Record<string, string>>) =>
  `<urlset>${Object.entries(dates)
    .map(([name, date]) => `<url><loc>https://a.example/${name}</loc><lastmod>${date}</lastmod></url>`)
    .join('')}</urlset>`;
const numbered = (count: number, date: (n: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, date(n)]));

/** Looks again and again at lists of one line each, over a web in memory and a real table of sources. */
async function openWatch() {
  const project = await newProject();
  const { db, [Symbol.dispose]: close } = openStateFile(project.folder);
  let now = Date.UTC(2026, 10, 1);
  const table = openSourceTable(db, { now: () => now });
  return {
    db,
    async look(line: string, web: Readonly<Record<string, Answer>>) {
      now += 86_400_000;
      const notes: string[] = [];
      const result = await readLists(
        {
          lists: ['urls.txt'],
          cwd: '/project',
          priority: 'medium',
          keywords: [],
          languages: [],
          translates: true,
          skipBadLines: false,
          parser: openListParser(),
          reader: {
            open: async (name) => ({ name, text: `${line}\nhttps://a.example/other`, folder: '/project' }),
            fetch: async (url, validators) => {
              const { text, damage, etag } = web[url] ?? { text: '' };
              if (etag !== undefined && validators.etag === etag) return { kind: 'unchanged' };
              const document = { name: url, address: url, text, ...(damage === undefined ? {} : { damage }) };
              return { kind: 'document', document, validators: etag === undefined ? {} : { etag } };
            },
          },
          memory: table,
          limits: { newest: 5 },
          now,
          onProblem: ({ message }) => notes.push(message),
          onNote: (message) => notes.push(message),
          onMerged: () => {},
          onUnread: () => {},
        },
        new AbortController().signal,
      );
      table.record(result.looks);
      for (const { url } of result.entries)
        table.note({ type: 'post:saved', urls: [url] } as unknown as Parameters<typeof table.note>[0]);
      return {
        taken: result.entries
          .map(({ url }) => url.replace('https://a.example/', ''))
          .filter((name) => name !== 'other'),
        failed: result.failures.map(({ url, code }) => `${url} ${code}`),
        notes,
      };
    },
    async [Symbol.asyncDispose]() {
      close();
      await project[Symbol.asyncDispose]();
    },
  };
}

const ODD: readonly (readonly [string, string])[] = [
  ['a page for people', page('Just a moment...')],
  ['a page without markup around it', paragraphs],
  ['a short page', '<html><body>Not found</body></html>'],
  ['words', 'Error establishing a database connection'],
  ['a sentence', 'The service is not available tonight because of maintenance, please come back later.'],
  ['words with an address', 'Blocked. See https://help.example/blocked'],
  ['an error in JSON', '{"error":"rate limited","docs":"https://docs.example/limits"}'],
  ['errors in JSON', '{"errors":[{"message":"x"}]}'],
  ['an error in XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
  ['nothing', ''],
  ['white space', ' \n\n '],
];

test.each(ODD)('a source that answers with %s is a failure of its own, and no page', async (_, text) => {
  await using watch = await openWatch();
  await watch.look(`${FEED} newest=1`, { [FEED]: { text: rss(['one', 'two']) } });

  for (const line of [FEED, `${FEED} newest=1`, `${FEED} feed=yes`]) {
    expect(await watch.look(line, { [FEED]: { text } })).toMatchObject({ taken: [], failed: [`${FEED} LIST_INVALID`] });
  }
  expect((await watch.look(FEED, { [FEED]: { text: rss(['three', 'one', 'two']) } })).taken).toEqual(['three']);
});

test.each(ODD)('a new line that asks for items, and gets %s, is a failure of its own', async (_, text) => {
  await using watch = await openWatch();

  for (const line of [`${FEED} newest=1`, `${FEED} feed=yes`])
    expect(await watch.look(line, { [FEED]: { text } })).toMatchObject({ taken: [], failed: [`${FEED} LIST_INVALID`] });
});

test.each(ODD)('a part of a sitemap index that answers with %s is a failure of its own', async (_, text) => {
  await using watch = await openWatch();
  const index = `<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap><sitemap><loc>https://a.example/s2.xml</loc></sitemap></sitemapindex>`;
  const web = {
    [MAP]: { text: index },
    'https://a.example/s1.xml': { text: sitemap({ one: '2026-01-01' }) },
    'https://a.example/s2.xml': { text },
  };

  expect(await watch.look(MAP, web)).toMatchObject({
    taken: ['one'],
    failed: ['https://a.example/s2.xml LIST_INVALID'],
  });
});

test.each([
  ['a feed', FEED, '<rss version="2.0"><channel><title>T</title></channel></rss>'],
  ['an Atom feed', FEED, '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title></feed>'],
  ['a JSON feed', FEED, '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[]}'],
  ['a sitemap', MAP, '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'],
  ['a sitemap in one tag', MAP, '<urlset/>'],
  ['a sitemap index', MAP, '<sitemapindex></sitemapindex>'],
])('%s without items is no failure, and the first items after it count as the first look', async (_, url, text) => {
  await using watch = await openWatch();
  const names = Array.from({ length: 9 }, (_, n) => `n${n}`);
  const full = { [url]: { text: rss(names) } };

  expect(await watch.look(`${url} newest=2`, { [url]: { text } })).toMatchObject({ taken: [], failed: [] });
  expect((await watch.look(`${url} newest=2`, full)).taken).toEqual(['n0', 'n1']);
  expect(await watch.look(`${url} newest=2`, { [url]: { text } })).toMatchObject({ taken: [], failed: [] });
  expect((await watch.look(`${url} newest=2`, full)).taken).toEqual([]);
});

test.each<readonly [string, string, string, Partial<Answer>]>([
  ['a feed that is cut off', FEED, rss(['one', 'two', 'three']).slice(0, -70), {}],
  ['a feed whose compression is damaged', FEED, rss(['one', 'two']), { damage: 'its compressed data is cut off' }],
  [
    'a sitemap that is cut off',
    MAP,
    sitemap({ one: '2026-01-01', two: '2026-01-02', three: '2026-01-03' }).slice(0, -40),
    {},
  ],
])('%s is requested whole the next time', async (_, url, text, more) => {
  await using watch = await openWatch();
  const whole: Readonly<Record<string, string>> = {
    [FEED]: rss(['one', 'two', 'three']),
    [MAP]: sitemap({ one: '2026-01-01', two: '2026-01-02', three: '2026-01-03' }),
  };

  const first = await watch.look(`${url} newest=9`, { [url]: { text, etag: '"1"', ...more } });
  const second = await watch.look(`${url} newest=9`, { [url]: { text: whole[url] ?? '', etag: '"1"' } });

  expect([first.taken.toSorted(), second.taken]).toEqual([['one', 'two'], ['three']]);
  expect(first.notes).toHaveLength(1);
});

test.each<readonly [string, (n: number) => string, (n: number) => string]>([
  ['the time of each request', () => '2026-11-01T10:00:00Z', () => '2026-11-02T10:00:00Z'],
  ['times of a build that lie seconds apart', (n) => `2026-11-01T10:00:0${n}Z`, (n) => `2026-11-02T11:00:0${n}Z`],
  ['another form of the same dates', (n) => `2026-01-0${n + 1}`, (n) => `2026-01-0${n + 1}T00:00:00+00:00`],
  ['dates without order', (n) => `2026-0${n + 1}-01`, (n) => `2026-0${9 - n}-02`],
])('a sitemap that dates all pages anew with %s has no new page but the added one', async (_, before, after) => {
  await using watch = await openWatch();
  const line = `${MAP} newest=2`;
  await watch.look(line, { [MAP]: { text: sitemap(numbered(8, before)) } });

  const second = await watch.look(line, { [MAP]: { text: sitemap({ ...numbered(8, after), added: after(0) }) } });
  const changed = { ...numbered(8, after), added: after(0), p3: '2026-11-20' };
  const third = await watch.look(line, { [MAP]: { text: sitemap(changed) } });

  expect([second.taken, third.taken]).toEqual([['added'], ['p3']]);
});

/** The state as a version left it that stored pages of sitemaps with their dates only. */
function makeOld(db: Db): void {
  db.exec("DELETE FROM watched_keys WHERE key LIKE 'p:%'; ALTER TABLE watched_sources DROP COLUMN moved_to");
  addMovedSources(db);
}

test('a sitemap of an older state, whose dates all change, brings no flood, then or later', async () => {
  await using watch = await openWatch();
  const line = `${MAP} newest=2`;
  await watch.look(line, { [MAP]: { text: sitemap(numbered(30, () => '2026-11-01')) } });
  makeOld(watch.db);

  const looks = [];
  for (const date of ['2026-11-02', '2026-11-03'])
    looks.push(await watch.look(line, { [MAP]: { text: sitemap(numbered(30, () => date)) } }));
  const added = { ...numbered(30, () => '2026-11-03'), added: '2026-11-04', p7: '2026-11-05' };
  const last = await watch.look(line, { [MAP]: { text: sitemap(added) } });

  expect(looks.map(({ taken }) => taken.length)).toEqual([2, 0]);
  expect(last.taken.toSorted()).toEqual(['added', 'p7']);
});

test('a sitemap of an older state takes added and changed pages, and knows its pages from then on', async () => {
  await using watch = await openWatch();
  const line = `${MAP} newest=2`;
  const dates = numbered(30, () => '2026-11-01');
  await watch.look(line, { [MAP]: { text: sitemap(dates) } });
  makeOld(watch.db);

  const second = await watch.look(line, { [MAP]: { text: sitemap({ ...dates, added: '2026-11-02' }) } });
  const third = await watch.look(line, { [MAP]: { text: sitemap(numbered(30, () => '2026-11-09')) } });

  expect([second.taken, third.taken]).toEqual([['added'], []]);
});

interface Item {
  readonly name: string;
  readonly title: string;
  readonly date?: string;
}

const dated = (items: readonly Item[], at: (name: string) => string) =>
  `<rss version="2.0"><channel><title>T</title>${items
    .map(
      ({ name, title, date }) =>
        `<item><title>${title}</title><link>${at(name)}</link><guid>${at(name)}</guid>${date === undefined ? '' : `<pubDate>${date}</pubDate>`}</item>`,
    )
    .join('')}</channel></rss>`;
const day = (n: number) => `Mon, 0${n + 1} Jun 2026 0${n}:15:00 GMT`;
const stories = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `s${n}`, title: `Story of day ${n}`, date: day(n) }));

test.each<readonly [string, (name: string) => string]>([
  ['another host', (name) => `https://new.example/${name}`],
  ['other paths', (name) => `https://a.example/2026/06/${name}.html`],
  ['addresses of a service', (name) => `https://feeds.example/~r/${name.length}/${name}`],
])('a feed whose items move to %s, guids too, has no new item but the added one', async (_, moved) => {
  await using watch = await openWatch();
  const before = { [FEED]: { text: dated(stories(6), (name) => `https://a.example/${name}`) } };
  await watch.look(`${FEED} newest=2`, before);

  const { taken } = await watch.look(`${FEED} newest=2`, { [FEED]: { text: dated(stories(7), moved) } });

  expect(taken).toEqual([expect.stringContaining('s6')]);
});

test('items of one title are told apart by their dates, and items without dates by their addresses', async () => {
  await using watch = await openWatch();
  const same = (count: number, isDated: boolean) =>
    Array.from({ length: count }, (_, n) => ({ name: `l${n}`, title: 'Links', ...(isDated ? { date: day(n) } : {}) }));
  const at = (name: string) => `https://a.example/${name}`;
  await watch.look(`${FEED} newest=1`, { [FEED]: { text: dated(same(2, true), at) } });
  await watch.look(`${MAP} newest=1`, {
    [MAP]: { text: dated(same(2, false), (name) => `https://b.example/${name}`) },
  });

  const withDates = await watch.look(FEED, { [FEED]: { text: dated(same(4, true), at) } });
  const without = await watch.look(`${MAP} newest=1`, {
    [MAP]: { text: dated(same(3, false), (name) => `https://b.example/${name}`) },
  });

  expect([withDates.taken.toSorted(), without.taken]).toEqual([['l2', 'l3'], ['https://b.example/l2']]);
});

test('an address that several items share is known when one of them is left alone with it', async () => {
  await using watch = await openWatch();
  const poll = (n: number) => `<item><title>Poll ${n}</title><link>https://a.example/poll</link></item>`;
  const feed = (items: string) => ({ [FEED]: { text: `<rss version="2.0"><channel>${items}</channel></rss>` } });

  expect((await watch.look(FEED, feed(poll(2) + poll(1)))).taken).toEqual(['poll']);
  expect((await watch.look(FEED, feed(poll(2)))).taken).toEqual([]);
});

test('an item that two feeds name by two addresses is finished in both by its one post', async () => {
  await using watch = await openWatch();
  const web = {
    [FEED]: { text: rss(['one', 'two']) },
    'https://a.example/all/feed/': { text: rss(['two?utm_source=all', 'three']) },
  };
  const lines = `${FEED}\nhttps://a.example/all/feed/`;

  expect((await watch.look(lines, web)).taken).toEqual(['one', 'two', 'three']);
  expect((await watch.look(lines, web)).taken).toEqual([]);
});

test('a feed that has no item in common with the last look says that some may be missing', async () => {
  await using watch = await openWatch();
  const names = (from: number) => Array.from({ length: 6 }, (_, n) => `m${from + n}`);
  await watch.look(`${FEED} newest=1`, { [FEED]: { text: rss(names(0)) } });

  expect((await watch.look(FEED, { [FEED]: { text: rss(names(3)) } })).notes).toEqual([]);
  expect((await watch.look(FEED, { [FEED]: { text: rss(names(20)) } })).notes).toEqual([
    expect.stringMatching(/feed\.xml: all 6 items are new, so earlier ones may be missing; run more often/),
  ]);
  expect((await watch.look(FEED, { [FEED]: { text: rss(names(20)) } })).notes).toEqual([]);
});
