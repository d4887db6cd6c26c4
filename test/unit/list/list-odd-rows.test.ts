/** Rows that name no page of the web: left out with a note in every kind of list. A typing error stays a bad line. */

import { expect, test } from 'vitest';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const A = 'https://a.example/one';
const B = 'https://b.example/two';

async function read(text: string, name: string) {
  const list = await parseList({ name, text }, { priority: 'medium', keywords: [], baseDir: '/lists' });
  return {
    urls: list.entries.map(({ url }) => url),
    problems: list.problems.map(({ message }) => message),
    notes: list.notes,
  };
}

const place = (title: string, uri: string) => ({ guid: title, title, typeCode: 1, type: 'text/x-moz-place', uri });
const SEPARATOR = { guid: 's', title: '', index: 1, typeCode: 3, type: 'text/x-moz-place-separator' };
const folder = (title: string, children?: readonly object[]) => ({
  guid: title,
  title,
  typeCode: 2,
  type: 'text/x-moz-place-container',
  root: `${title}Folder`,
  ...(children === undefined ? {} : { children }),
});

const FIREFOX = JSON.stringify(
  folder('', [
    folder('menu', [
      place('Recent Tags', 'place:type=6&sort=14&maxResults=10'),
      SEPARATOR,
      place('One', A),
      folder('inner', [folder('deep', [place('Two', B), place('Run', 'javascript:void(0)')]), folder('empty', [])]),
    ]),
    folder('toolbar', [place('Config', 'about:config'), place('Mine', 'file:///home/me/a.html')]),
    folder('unfiled'),
    folder('mobile', []),
  ]),
);

const ODD: readonly (readonly [kind: string, name: string, text: string])[] = [
  ['a Firefox backup', 'bookmarks-2024-05-01.json', FIREFOX],
  [
    'a Chrome bookmarks file',
    'Bookmarks',
    JSON.stringify({
      checksum: '12',
      roots: {
        bookmark_bar: {
          children: [
            { name: 'One', type: 'url', url: A },
            { name: 'Set', type: 'url', url: 'chrome://settings/' },
            { name: 'Two', type: 'url', url: B },
          ],
          type: 'folder',
        },
        other: { children: [], type: 'folder' },
      },
      version: 1,
    }),
  ],
  [
    'a bookmarks file in HTML',
    'bookmarks.html',
    `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF="${A}" ADD_DATE="1">One</A>\n<DT><A HREF="place:sort=8" ADD_DATE="1">Most visited</A>\n<HR>\n<DT><A HREF="${B}" ADD_DATE="1">Two</A>\n</DL>`,
  ],
  [
    'bookmarks of Safari',
    'Bookmarks.plist',
    `<?xml version="1.0"?><plist version="1.0"><array><dict><key>URLString</key><string>${A}</string></dict><dict><key>URLString</key><string>javascript:void(0)</string></dict><dict><key>URLString</key><string>${B}</string></dict></array></plist>`,
  ],
  ['lines of text', 'urls.txt', `${A}\nabout:blank\n${B}\n`],
  ['lines of text with mail', 'urls.txt', `${A}\nmailto:me@a.example\n${B}\n`],
  ['lines of JSON', 'urls.jsonl', `{"url":"${A}"}\n{"url":"chrome://newtab"}\n{"url":"${B}"}\n`],
  ['an array of JSON', 'urls.json', JSON.stringify([A, 'data:text/plain,x', B])],
  ['a table', 'urls.csv', `title,url\nOne,${A}\nNew tab,about:newtab\nTwo,${B}\n`],
  ['YAML', 'urls.yaml', `- url: ${A}\n- url: "javascript:void(0)"\n- url: ${B}\n`],
  [
    'a sitemap',
    'sitemap.xml',
    `<urlset><url><loc>${A}</loc></url><url><loc>tel:+49123</loc></url><url><loc>${B}</loc></url></urlset>`,
  ],
  [
    'a feed',
    'feed.xml',
    `<rss version="2.0"><channel><title>T</title><item><title>1</title><link>${A}</link></item><item><title>2</title><link>mailto:x@a.example</link></item><item><title>3</title><link>${B}</link></item></channel></rss>`,
  ],
  [
    'a subscription list of links',
    'links.opml',
    `<opml version="2.0"><body><outline text="f"><outline type="link" text="1" url="${A}"/><outline type="link" text="2" url="about:blank"/></outline><outline type="link" text="3" url="${B}"/></body></opml>`,
  ],
];

test.each(ODD)('%s', async (_, name, text) => {
  const { urls, problems, notes } = await read(text, name);
  expect({ urls, problems }).toEqual({ urls: [A, B], problems: [] });
  expect(notes).toEqual([
    expect.stringMatching(/^rows that name no web page were left out: \d, the first in line \d+: "/),
  ]);
});

test('a list of nothing else is refused', async () => {
  for (const [name, text] of [
    ['urls.txt', 'about:blank\n'],
    ['b.json', JSON.stringify(folder('menu', [place('Tags', 'place:type=6'), SEPARATOR]))],
  ] as const)
    expect(await read(text, name)).toMatchObject({ urls: [], problems: [expect.stringContaining('expected')] });
});

test.each([
  'htps://a.example/',
  'hhtp://a.example/',
  'http//a.example/',
  'localhost:3000/x',
  'a.example:8080/x',
  'Note: read this',
])('a typing error stays a bad line: %s', async (line) => {
  expect(await read(`${A}\n${line}\n`, 'urls.txt')).toMatchObject({
    urls: [A],
    problems: [expect.any(String)],
    notes: [],
  });
});
