import { expect, test } from 'vitest';
import { openListParser } from '../../../src/stages/list/read/list-parser.ts';
import { readLists } from '../../../src/stages/list/read/read-lists.ts';

const LIST = 'urls.txt';
const FEED = 'https://a.example/feed.xml';
const item = (name: string) => `<item><link>https://a.example/${name}</link><guid>${name}</guid></item>`;
const SITE: Readonly<Record<string, string>> = {
  [FEED]: `<rss version="2.0"><channel><title>T</title>${item('one')}${item('two')}</channel></rss>`,
  'https://a.example/feed/': '<html><body><p>An article about feeds of birds in winter gardens.</p></body></html>',
  'https://a.example/self.opml':
    '<opml><body><outline type="include" url="https://a.example/self.opml"/><outline type="link" url="https://a.example/s"/></body></opml>',
  'https://a.example/a.opml':
    '<opml><body><outline type="include" url="https://a.example/b.opml"/><outline type="link" url="https://a.example/s"/></body></opml>',
  'https://a.example/b.opml': '<opml><body><outline type="include" url="https://a.example/a.opml"/></body></opml>',
  'https://a.example/index.xml':
    '<sitemapindex><sitemap><loc>https://a.example/index.xml</loc></sitemap><sitemap><loc>https://a.example/sitemap.xml</loc></sitemap></sitemapindex>',
  'https://a.example/sitemap.xml': '<urlset><url><loc>https://a.example/s</loc></url></urlset>',
  'https://a.example/': `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>`,
};

/** Reads a list whose lines are given, over a web of documents in memory. */
async function read(lines: readonly string[], { skipBadLines = false, lists = [LIST] } = {}) {
  const asked: string[] = [];
  const notes: string[] = [];
  const { entries, looks } = await readLists(
    {
      lists,
      cwd: '/project',
      priority: 'medium',
      keywords: [],
      languages: [],
      translates: true,
      skipBadLines,
      parser: openListParser(),
      reader: {
        open: async (name) => ({ name, text: lines.join('\n'), folder: '/project' }),
        fetch: async (url) => {
          asked.push(url);
          return { kind: 'document', document: { name: url, address: url, text: SITE[url] ?? '' }, validators: {} };
        },
      },
      memory: { find: () => undefined, knows: () => false },
      limits: { newest: 5 },
      now: 0,
      onProblem: ({ message }) => notes.push(message),
      onNote: (message) => notes.push(message),
      onMerged: () => {},
      onUnread: () => {},
    },
    new AbortController().signal,
  );
  const posts = entries.map(({ url, lang, tone, priority, post }) =>
    [url.replace('https://a.example/', ''), lang, tone, priority === 'medium' ? undefined : priority, post]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  return { posts, asked, notes, looks: looks.map(({ url }) => url) };
}

test.each<readonly [string, readonly string[], readonly string[]]>([
  ['two languages', [`${FEED} lang=en`, `${FEED} lang=ko`], ['one en', 'one ko', 'two en', 'two ko']],
  [
    'several languages',
    [`${FEED} lang=en,ko`, `${FEED} lang=ko,de`],
    ['one en', 'one ko', 'one de', 'two en', 'two ko', 'two de'],
  ],
  ['a language in one line', [FEED, `${FEED} lang=ko`], ['one ko', 'two ko']],
  ['another number of items', [`${FEED} newest=1`, `${FEED} newest=2`], ['one', 'two']],
  ['nothing else', [FEED, FEED], ['one', 'two']],
  ['a priority in one line', [`${FEED} high`, FEED], ['one high', 'two high']],
  [
    'feed=yes through its home page',
    ['https://a.example/ feed=yes lang=en', `https://a.example/ feed=yes lang=ko`],
    ['one en', 'one ko', 'two en', 'two ko'],
  ],
])('a feed named twice with %s is one source', async (_, lines, posts) => {
  const list = await read(lines);

  expect(list.posts).toEqual(posts);
  expect(list.looks).toEqual([FEED]);
  expect(list.asked.filter((url) => url === FEED)).toHaveLength(1);
});

test.each([
  ['tone', 'tone=dry', 'tone=warm'],
  ['length', 'length=500', 'length=900'],
  ['post', 'post=a', 'post=b'],
  ['priority', 'high', 'low'],
  ['two options', 'tone=dry length=500', 'tone=warm length=900'],
])('a feed named twice with another %s is a bad line', async (_, one, other) => {
  const lines = [`${FEED} ${one}`, `${FEED} ${other}`];

  await expect(read(lines)).rejects.toThrow(/urls\.txt:2: expected the options of urls\.txt:1/);
  expect((await read(lines, { skipBadLines: true })).posts).toHaveLength(2);
});

test.each<readonly [string, readonly string[], readonly string[]]>([
  [
    'a page whose address looks like a feed',
    ['https://a.example/feed/ lang=en', 'https://a.example/feed/ lang=ko'],
    ['feed/ en', 'feed/ ko'],
  ],
  [
    'such a page for two posts',
    ['https://a.example/feed/ post=a', 'https://a.example/feed/ post=b'],
    ['feed/ a', 'feed/ b'],
  ],
  [
    'a sitemap for two tones',
    ['https://a.example/sitemap.xml tone=dry', 'https://a.example/sitemap.xml tone=warm'],
    ['s dry', 's warm'],
  ],
])('%s is read for each line that names it', async (_, lines, posts) => {
  const list = await read(lines);

  expect(list.posts).toEqual(posts);
  expect(list.asked).toHaveLength(1);
});

test('a line that comes after its list was read is told of', async () => {
  const list = await read([`${FEED} tone=dry`], { lists: [FEED, LIST] });

  expect(list.posts).toEqual(['one', 'two']);
  expect(list.notes).toEqual([expect.stringContaining('other options are not used')]);
});

test.each([
  ['an outline that includes itself', 'self.opml', ['self.opml']],
  ['outlines that include each other', 'a.opml', ['a.opml', 'b.opml']],
  ['an index that names itself', 'index.xml', ['index.xml', 'sitemap.xml']],
])('%s is read once', async (_, name, asked) => {
  const list = await read([`https://a.example/${name}`]);

  expect(list.posts).toEqual(['s']);
  expect(list.asked).toEqual(asked.map((path) => `https://a.example/${path}`));
});
