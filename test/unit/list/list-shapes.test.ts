import { expect, test } from 'vitest';
import { looksLikeList } from '../../../src/stages/list/addresses/looks-like-list.ts';
import { readPriority } from '../../../src/stages/list/read/entry-options.ts';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const options = { priority: 'medium', keywords: [], baseDir: '/lists' } as const;
const parse = (text: string, name = 'list', address?: string) =>
  parseList({ name, text, ...(address === undefined ? {} : { address }) }, options);
const urls = async (text: string, name?: string, address?: string) => {
  const { entries, problems } = await parse(text, name, address);
  return [...entries.map(({ url }) => url), ...problems.map(({ position, message }) => `${position.line}: ${message}`)];
};
const A = 'https://a.example/one';
const B = 'https://a.example/two';

test.each([
  ['a zero width space behind', `${A}\u200b`],
  ['a zero width space inside', 'https://a.exam\u200bple/one'],
  ['a byte order mark in front', `\ufeff\ufeff${A}`],
  ['a word joiner', `\u2060${A}\u2060`],
  ['a no-break space behind', `${A}\u00a0`],
  ['a soft hyphen', 'https://a.exa\u00admple/one'],
  ['right-to-left marks around', `\u200f${A}\u200e`],
  ['an isolate around', `\u2068${A}\u2069`],
  ['angle brackets', `<${A}>`],
  ['curly quotes', `“${A}”`],
  ['Korean brackets', `「${A}」`],
  ['backticks', `\`${A}\``],
  ['a comma behind', `${A},`],
  ['a semicolon behind', `${A};`],
  ['a Markdown link', `[One](${A})`],
  ['a Markdown link of several words', `[The quiet one](${A} "title")`.replace(' "title"', '')],
  ['a bullet', `- ${A}`],
  ['a number', `12. ${A}`],
  ['a full-width scheme', 'ｈｔｔｐｓ：／／a.example/one'],
  ['quotes and a comma', `"${A}",`],
])('an address with %s is read as the address', async (_, line) => {
  expect(await urls(`# list\n${line}\n`)).toEqual([A]);
});

test.each([
  ['example.com/page', /^2: expected a URL/],
  ['https:/a.example/', /^2: expected a URL/],
  ['https://', /^2: expected a URL/],
])('%j is named with its line', async (line, message) => {
  expect(await urls(`https://a.example/\n${line}\n`)).toEqual(['https://a.example/', expect.stringMatching(message)]);
});

test.each([
  ['https://a.example/ x\u001b[31m', '\\u001b'],
  ['https://a.example/ col\u0007our=red', '\\u0007'],
  ['https://a.example/ x\u202egpj.exe', '\\u202e'],
  ['https://a.example/ lang=x\u009b31m', 'x 31m'],
])('control characters of %j are written as escapes in the message', async (line, shown) => {
  const [message = ''] = await urls(line, 'urls.txt');

  expect(message).toContain(shown);
  expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('control characters in options become spaces', async () => {
  const { entries } = await parse(JSON.stringify({ url: A, tone: 'dry\u0007\n::warning::x', keywords: ['a\u001bb'] }));

  expect(entries).toMatchObject([{ tone: 'dry ::warning::x', keywords: ['a b'] }]);
});

test.each([
  ['sep=;\r\nURL;Title\r\nhttps://a.example/one;One\r\n', 'x.csv'],
  ['"sep=;"\r\nURL;Title\r\nhttps://a.example/one;One\r\n', 'x.csv'],
  ['sep=|\nurl|title\nhttps://a.example/one|One', 'list'],
  ['page_url,title\nhttps://a.example/one,One', 'list'],
  ['Link URL\tTitle\nhttps://a.example/one\tOne', 'list'],
  ['Title,Address,Status Code\nOne,https://a.example/one,200', 'list'],
  ['loc\nhttps://a.example/one', 'list'],
  ['Permalink;Datum\nhttps://a.example/one;2026-01-01', 'list'],
  ['제목,주소\n하나,https://a.example/one', 'x.csv'],
  ['標題;網址\n一;https://a.example/one', 'x.csv'],
  ['https://a.example/one,One thing', 'x.csv'],
  ['id,title,note,url,folder\n1,One,,https://a.example/one,x', 'list'],
  [
    'Address,Content Type,Status Code\nhttps://a.example/one,text/html; charset=utf-8,200\nhttps://a.example/i.png,image/png,200\nhttps://a.example/gone,text/html,404',
    'internal_html.csv',
  ],
  ['"URL","Title","Selection"\n"https://a.example/one","He said ""hi""",""', 'instapaper.csv'],
  ['url,title\nhttps://a.example/one,An "odd" quote', 'x.csv'],
])('the CSV %j gives its page', async (text, name) => {
  expect(await urls(text, name)).toEqual([A]);
});

test.each([
  ['high', 'high'],
  ['0.8', 'high'],
  ['0,8', 'high'],
  ['1.0', 'high'],
  ['0.5', 'medium'],
  ['0.3', 'low'],
  ['0', 'low'],
  ['1', 'high'],
  ['2', 'high'],
  ['3', 'medium'],
  ['5', 'low'],
  ['6', undefined],
  ['-1', undefined],
  ['urgent', undefined],
])('priority %s is %s', (text, priority) => {
  expect(readPriority(text)).toBe(priority);
});

test.each([
  ['an array of strings', [A, B]],
  ['an array of objects', [{ url: A, priority: 'high' }, { url: B }]],
  ['other names of the address', [{ link: A }, { href: B }]],
  ['an object around', { urls: [A, B] }],
  ['two objects around', { data: { items: [{ url: A }, { url: B }] } }],
  [
    'a browser’s bookmarks',
    { roots: { bar: { children: [{ type: 'url', name: 'One', url: A }, { children: [{ url: B }] }] } } },
  ],
  ['Firefox bookmarks', { title: '', children: [{ title: 'menu', children: [{ uri: A }, { uri: B }] }] }],
  [
    'a read-later export',
    [
      { id: 1, url: A, tags: ['x'], title: 'One' },
      { id: 2, url: B, tags: [] },
    ],
  ],
])('JSON with %s gives both pages', async (_, value) => {
  expect(await urls(JSON.stringify(value, null, 2), 'x.json')).toEqual([A, B]);
  expect(await urls(JSON.stringify(value), 'x')).toEqual([A, B]);
});

test('a wrong value in a JSON array is named with its line and the others are read', async () => {
  const text = JSON.stringify([A, { title: 'no address' }, 7, { url: B }], null, 2);
  const [first, second, ...problems] = await urls(text);

  expect([first, second]).toEqual([A, B]);
  expect(problems).toEqual([expect.stringContaining('no address'), expect.stringContaining('got "7"')]);
});

const SITEMAPS: readonly (readonly [string, string])[] = [
  ['a prefix', '<sm:urlset xmlns:sm="x"><sm:url><sm:loc>https://a.example/one</sm:loc></sm:url></sm:urlset>'],
  ['a urlset in a urlset', '<urlset><urlset><url><loc>https://a.example/one</loc></url></urlset></urlset>'],
  ['CDATA and white space', '<urlset><url><loc>\n <![CDATA[ https://a.example/one ]]>\n</loc></url></urlset>'],
  ['an empty loc beside', '<urlset><url><loc></loc></url><url><loc>https://a.example/one</loc></url></urlset>'],
  ['a relative loc', '<urlset><url><loc>/one</loc></url></urlset>'],
  ['a loc relative to its folder', '<urlset><url><loc>one</loc></url></urlset>'],
  ['upper case', '<URLSET><URL><LOC>https://a.example/one</LOC></URL></URLSET>'],
  [
    'comments and a doctype',
    '<?xml version="1.0"?><!-- <loc>x</loc> --><!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url><loc>https://a.example/one</loc></url></urlset>',
  ],
  [
    'pictures',
    '<urlset xmlns:image="i"><url><loc>https://a.example/one</loc><image:image><image:loc>https://a.example/i.png</image:loc></image:image></url></urlset>',
  ],
  ['a byte order mark and a blank line', '\ufeff\n<urlset><url><loc>https://a.example/one</loc></url></urlset>'],
  ['lastmod in front', '<urlset><url><lastmod>2026-01-01</lastmod><loc>https://a.example/one</loc></url></urlset>'],
];
test.each(SITEMAPS)('a sitemap with %s, by any name', async (_, text) => {
  for (const name of ['s.xml', 's', 'list.txt'])
    expect(await urls(text, name, 'https://a.example/sitemap.xml')).toEqual([A]);
});

test('a sitemap that is cut off gives what was whole, and a problem with the line', async () => {
  expect(await urls('<urlset>\n<url><loc>https://a.example/one</loc></url>\n<url><loc>https://a.exam')).toEqual([
    A,
    expect.stringMatching(/^3: .*cut off/),
  ]);
});

test('an address with a bare ampersand stays whole', async () => {
  expect(await urls('<urlset><url><loc>https://a.example/?a=1&b=2&copy=3</loc></url></urlset>')).toEqual([
    'https://a.example/?a=1&b=2&copy=3',
  ]);
});

test.each([
  ['many open elements', `<urlset>${'<a>'.repeat(200_000)}`],
  ['open elements and other ends', `<urlset>${'<a>'.repeat(60_000)}${'</b>'.repeat(60_000)}`],
  ['one endless loc', `<urlset><url><loc>${'x'.repeat(600_000)}</loc></url></urlset>`],
  ['locs in locs', `<urlset>${'<url><loc>'.repeat(60_000)}`],
  ['many attributes', `<urlset ${'a="1" '.repeat(100_000)}>`],
])('a sitemap of 600 kB with %s is refused in little time', async (_, text) => {
  const { entries, problems } = await parse(text, 'sitemap.xml');

  expect(entries).toEqual([]);
  expect(problems.length).toBeGreaterThan(0);
});

test('bookmarks, OPML and read-later pages are lists, an article is a page', async () => {
  const netscape = `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><H3>News</H3><DL><p>\n<DT><A HREF="${A}" ADD_DATE="1">One</A>\n<DT><A HREF="javascript:x" ADD_DATE="1">no</A></DL></DL>`;
  const pocket = `<!DOCTYPE html><html><head><title>Export</title></head><body><ul>\n<li><a href="${A}" time_added="1" tags="">One</a></li></ul></body></html>`;
  const opml = `<opml version="2.0"><body><outline text="a"><outline type="rss" xmlUrl="https://a.example/feed"/></outline>\n<outline type="link" url="${A}"/></body></opml>`;

  expect(await urls(netscape, 'bookmarks.html')).toEqual([A]);
  expect((await parse(netscape)).notes).toEqual([
    'rows that name no web page were left out: 1, the first in line 4: "javascript:x"',
  ]);
  expect(await urls(pocket, 'export.html')).toEqual([A]);
  expect(await parse(opml)).toMatchObject({
    kind: 'opml',
    entries: [{ url: A, position: { line: 2 } }],
    lists: [{ url: 'https://a.example/feed', options: { feed: true } }],
  });
  for (const page of [
    '<!doctype html><html><body><a href="/x">x</a></body></html>',
    '<p>Hello</p>',
    'The ferry has crossed the bay since 1952, and nobody minds the noise.\n\nIt carries mail.',
    'WEBVTT\n\n00:00.000 --> 00:02.000\nHello',
  ])
    expect((await parse(page)).kind).toBe('page');
});

test.each([
  ['https://a.example/feed/', true],
  ['https://a.example/blog/feed', true],
  ['https://a.example/rss.xml', true],
  ['https://a.example/atom.xml', true],
  ['https://a.example/x.rss', true],
  ['https://a.example/sitemap_index.xml.gz', true],
  ['https://a.example/index.xml', true],
  ['https://a.example/feed.json', true],
  ['https://a.example/feeding-cats', false],
  ['https://a.example/', false],
  ['https://a.example/rss-explained.html', false],
])('%s may be a list: %s', (url, expected) => {
  expect(looksLikeList(url)).toBe(expected);
});

test('the options of a line with a feed are inherited by its items', async () => {
  const { lists } = await parse(
    'https://a.example/feed.xml newest=3 high keywords="x, y" lang=ko\nhttps://b.example/ feed=yes',
  );

  expect(lists).toMatchObject([
    { url: 'https://a.example/feed.xml', options: { newest: 3, priority: 'high', keywords: ['x', 'y'], lang: 'ko' } },
    { url: 'https://b.example/', options: { feed: true }, position: { line: 2 } },
  ]);
});

test.each([
  ['notes.md', 'Short.\n\nLines.\n\n- one\n- two\n', 'page'],
  ['notes.md', '---\ntitle: x\n---\n# x\n\nWords.\n', 'page'],
  ['links.md', '# Links\n\n- [One thing](https://a.example/one)\n- <https://a.example/two>\n', 'text'],
  ['talk.srt', '1\n00:00:01,000 --> 00:00:02,000\nHi\n', 'page'],
  ['page.html', '<p>Hi</p>', 'page'],
  ['notes.txt', '渡し船は一九五二年から湾を渡っている。誰も音を気にしない。\n', 'page'],
  ['notes.txt', '这艘渡船自一九五二年以来一直穿越海湾，没有人介意它的噪音。\n', 'page'],
  ['notes.txt', '나룻배는 1952년부터 하루도 빠짐없이 만을 건너고 있다.\n', 'page'],
  ['urls.txt', 'example.com/one\nexample.com/two\n', 'text'],
  ['urls.txt', 'pages/a.html\n# a comment of many words that says what this is for\n', 'text'],
  [
    'urls.txt',
    'A stray line of many words, as people leave them in lists.\nhttps://a.example/one\nhttps://a.example/two\n',
    'text',
  ],
])('%s that holds %j is read as %s', async (name, text, kind) => {
  expect((await parse(text, name)).kind).toBe(kind);
});

test.each([
  ['spaces', `x${' '.repeat(500_000)}x`],
  ['no-break spaces', `x${'\u00a0'.repeat(500_000)}x`],
  ['brackets', `${'('.repeat(250_000)}${')'.repeat(250_000)}`],
  ['quotes', `"${'\t'.repeat(500_000)}x`],
  ['link beginnings', '['.repeat(500_000)],
  ['links', '[a]('.repeat(120_000)],
  ['commas', `${','.repeat(250_000)}url`],
  ['anchors', '<a '.repeat(150_000)],
])('a line of 500,000 %s is refused in little time', async (_, text) => {
  expect((await parse(text, 'urls.txt')).entries).toEqual([]);
});
