/** Exports of readers, services and reference managers, and files that are no lists. */

import { describe, expect, test } from 'vitest';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const A = 'https://a.example/one';
const B = 'https://b.example/two';
const FEED = 'https://site.example/news';

async function read(text: string, name: string) {
  const list = await parseList({ name, text }, { priority: 'medium', keywords: [], baseDir: '/lists' });
  return {
    urls: list.entries.map(({ url }) => url),
    feeds: list.lists.map(({ url, options }) => `${url} ${String(options.feed)}`),
    problems: list.problems.map(({ message }) => message),
    notes: list.notes,
  };
}

const json = (value: unknown) => JSON.stringify(value);
const link = (href: string) => ({ href, type: 'text/html' });
const origin = { streamId: 'feed/https://site.example/rss', htmlUrl: 'https://site.example/' };

test.each<readonly [string, string, string]>([
  [
    'starred items, each with its links and the site of its feed',
    'starred.json',
    json({
      id: 'user/-/state/starred',
      items: [
        { id: '1', canonical: [link(A)], alternate: [link(A)], origin },
        { id: '2', alternate: [link(B)], origin },
      ],
    }),
  ],
  [
    'bookmarks with tags, and notes without an address',
    'bookmarks.json',
    json({
      bookmarks: [
        { title: 'One', tags: ['x'], content: { type: 'link', url: A } },
        { title: 'A note', tags: [], content: { type: 'text', text: 'hello' } },
        { title: null, tags: ['x', 'y'], content: { type: 'link', url: B } },
      ],
    }),
  ],
  [
    'entries beside objects that are called as options are',
    'entries.json',
    json({
      total: 2,
      entries: [
        { id: 1, url: A, feed: { feed_url: 'https://f.example/feed', site_url: 'https://f.example/' } },
        { id: 2, url: B, keywords: [{ name: 'x' }], post: { id: 7 } },
      ],
    }),
  ],
  [
    'objects where options are expected',
    'urls.jsonl',
    `${json({ url: A, priority: { toString: 0 } })}\n${json({ url: B })}`,
  ],
  [
    'names of two words',
    'pages.json',
    json([{ originalUrl: A }, { canonicalURL: B, imageUrl: 'https://i.example/2.png' }]),
  ],
  [
    'a table with names of two words',
    'pages.csv',
    `imageUrl,pageUrl\nhttps://i.example/1.png,${A}\nhttps://i.example/2.png,${B}\n`,
  ],
  ['a table of pages and their feeds', 'pages.csv', `feed_url,title,url\n${FEED},One,${A}\n${FEED}2,Two,${B}\n`],
  [
    'RIS',
    'refs.ris',
    `TY  - ELEC\nTI  - One: a story\nN2  - See https://x.example/\nL1  - file:///one.pdf\nUR  - ${A}\nER  - \n\nTY  - JOUR\nUR  - ${B}\nER  - \n`,
  ],
  ['EndNote', 'refs.enw', `%0 Web Page\n%T One\n%U ${A}\n\n%0 Blog\n%X See https://x.example/\n%U ${B}\n`],
  [
    'BibTeX',
    'refs.bib',
    `@online{one,\n  title = {One, and {Two}},\n  url = {${A}},\n  note = {https://x.example/},\n}\n\n@article{two,\n  url="${B}"\n}\n`,
  ],
  [
    'BibTeX in one line a record',
    'list.txt',
    `@online{a, title={A title}, author={Lee, Ann}, url = {${A}}, }\n@online{b, title={B}, url={${B}}, year=2020}`,
  ],
  [
    'BibTeX with commands',
    'refs.bib',
    `@misc{one,\n  howpublished = {\\url{${A}}}\n}\n@misc{two,\n  howpublished = "\\url{${B}}",\n}\n`,
  ],
])('%s', async (_, name, text) => {
  expect(await read(text, name)).toMatchObject({ urls: [A, B], feeds: [], problems: [] });
});

test.each<readonly [string, string, string]>([
  [
    'a live bookmark',
    'bookmarks.html',
    `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A FEEDURL="${FEED}" HREF="https://site.example/" ADD_DATE="1">News</A></DL>`,
  ],
  ['OPML in upper case', 'feeds.xml', `<OPML VERSION="1.1"><BODY><OUTLINE TEXT="x" XMLURL="${FEED}"/></BODY></OPML>`],
  ['JSON with feeds and sites', 'feeds.json', json([{ id: 1, site_url: 'https://site.example/', feed_url: FEED }])],
  [
    'JSON with names of two words',
    'feeds.json',
    json({ subscriptions: [{ title: 'S', website: 'x', feedUrl: FEED }] }),
  ],
  ['a table with feeds and sites', 'feeds.csv', `title,site_url,feed_url\nS,https://site.example/,${FEED}\n`],
  ['a table with the name of OPML', 'feeds.csv', `title;xmlUrl\nS;${FEED}\n`],
])('%s names a feed, whatever its address looks like', async (_, name, text) => {
  expect(await read(text, name)).toMatchObject({ urls: [], feeds: [`${FEED} true`], problems: [] });
});

test.each([
  ['a word', 'Total,7,100%'],
  ['words of another language', 'Gesamt alle Seiten:,7,"1,5"'],
  ['nothing', ',7,12.5'],
])('totals behind %s are no bad line', async (_, row) => {
  const { urls, problems, notes } = await read(`URL,Clicks,CTR\n${A},3,4%\n${B},4,5%\n${row}\n`, 'report.csv');

  expect({ urls, problems }).toEqual({ urls: [A, B], problems: [] });
  expect(notes).toEqual([expect.stringMatching(/^rows that name no web page were left out: 1, the first in line 4/)]);
});

test.each([
  ['an address without its scheme', 'b.example/two,4,5%'],
  ['an address that is missing beside words', ',Two,5%'],
])('%s is a bad line', async (_, row) => {
  expect((await read(`URL,Clicks,CTR\n${A},3,4%\n${row}\n`, 'report.csv')).problems).toHaveLength(1);
});

describe('a file that is no text', () => {
  const zip = (names: readonly string[]) =>
    names.map((name) => `PK\u0003\u0004\u0014\u0000\u0000\u0000${name}\u0000\u0001`).join('');

  test.each<readonly [string, string, string]>([
    ['a workbook', zip(['[Content_Types].xml', 'xl/workbook.xml']), 'a spreadsheet; save it as CSV'],
    [
      'an open spreadsheet',
      zip(['mimetypeapplication/vnd.oasis.opendocument.spreadsheet']),
      'a spreadsheet; save it as CSV',
    ],
    ['a document', zip(['[Content_Types].xml', 'word/document.xml']), 'a document; save it as plain text'],
    ['rich text', `{\\rtf1\\ansi\n\\f0\\fs24 \\cf0 ${A}\\\n${B}}`, 'a document; save it as plain text'],
    ['an export in an archive', zip(['part_000000.csv']), 'an archive; unpack it, and name the file in it'],
    ['something else', '\u0000\u0001\u0002', 'binary data'],
  ])('%s is named with what to do', async (_, text, found) => {
    expect((await read(text, 'list.csv')).problems).toEqual([`expected a text file with one URL a line, got ${found}`]);
  });
});
