import { expect, test } from 'vitest';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const A = 'https://a.example/one';
const B = 'https://b.example/two';

async function read(text: string, name: string, address?: string) {
  const source = { name, text, ...(address === undefined ? {} : { address }) };
  const list = await parseList(source, { priority: 'medium', keywords: [], baseDir: '/lists' });
  return {
    urls: list.entries.map(({ url }) => url),
    problems: list.problems.map(({ message }) => message),
    lists: list.lists.map(({ url }) => url),
    entries: list.entries,
    kind: list.kind,
  };
}

const EXPORTS: readonly (readonly [string, string, string])[] = [
  [
    'Pocket CSV',
    'part_000000.csv',
    `title,url,time_added,tags,status\nOne,${A},1700000000,a|b,unread\n"Two, and more",${B},1700000001,,archive\n`,
  ],
  [
    'Instapaper',
    'instapaper-export.csv',
    `URL,Title,Selection,Folder,Timestamp,Tags\n${A},One,,Unread,1700000000,"[]"\n${B},Two,,Archive,1700000001,"[""x""]"\n`,
  ],
  [
    'Raindrop',
    'export.csv',
    `id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,One,,"An, excerpt",${A},Unsorted,"x, y",2024-01-01T00:00:00.000Z,https://i.example/cover.png,,false\n2,Two,,,${B},Read,,2024-01-02T00:00:00.000Z,https://i.example/b.png,,true\n`,
  ],
  [
    'Readwise Reader',
    'reader.csv',
    `Title,URL,Document tags,Saved date,Reading progress,Location,Seen\nOne,${A},[],2024-01-01,0,later,True\nTwo,${B},[],2024-01-01,1,archive,True\n`,
  ],
  [
    'Omnivore',
    'metadata_0_to_20.json',
    JSON.stringify([
      { id: 'x', slug: 'one', title: 'One', url: A, thumbnail: 'https://i.example/t.png', labels: [] },
      { id: 'y', slug: 'two', title: 'Two', url: B },
    ]),
  ],
  [
    'Wallabag',
    'all.json',
    JSON.stringify([
      { is_archived: 0, title: 'One', url: A, content: '<p>x</p>', preview_picture: 'https://i.example/p.png' },
      { title: 'Two', url: B },
    ]),
  ],
  [
    'Matter',
    '_matter_history.csv',
    `Title,Author,Publisher,URL,Tags,Word Count,In Queue\nOne,A,P,${A},,100,True\nTwo,B,Q,${B},,200,False\n`,
  ],
  [
    'Google Search Console',
    'Pages.csv',
    `Top pages,Clicks,Impressions,CTR,Position\n${A},10,100,10%,3.5\n${B},1,10,10%,4.2\n`,
  ],
  [
    'Google Search Console in Korean',
    '페이지.csv',
    `인기 페이지,클릭수,노출,CTR,게재 순위\n${A},10,100,10%,3.5\n${B},1,10,10%,4.2\n`,
  ],
  [
    'Ahrefs',
    'ahrefs.csv',
    `"#"\t"Referring Page URL"\t"Target URL"\t"Title"\n1\t${A}\thttps://mine.example/\tOne\n2\t${B}\thttps://mine.example/\tTwo\n`,
  ],
  [
    'Screaming Frog',
    'internal_all.csv',
    `"Address","Content Type","Status Code","Status","Indexability","Title 1"\n"${A}","text/html; charset=UTF-8","200","OK","Indexable","One"\n"https://a.example/x.css","text/css","200","OK","Indexable",""\n"${B}","text/html","200","OK","Indexable","Two"\n"https://a.example/old","text/html","301","Moved Permanently","Non-Indexable",""\n`,
  ],
  [
    'Screaming Frog in German',
    'intern_alle.csv',
    `"Adresse","Inhaltstyp","Statuscode","Status","Titel 1"\n"${A}","text/html; charset=UTF-8","200","OK","Eins"\n"https://a.example/x.css","text/css","200","OK",""\n"${B}","text/html","200","OK","Zwei"\n`,
  ],
  [
    'Sitebulb',
    'urls.csv',
    `URL,Crawl Depth,HTTP Status Code,Content Type\n${A},1,200,text/html\nhttps://a.example/i.png,2,200,image/png\n${B},1,200,text/html\nhttps://a.example/gone,2,404,text/html\n`,
  ],
  ['Notion table', 'Reading.csv', `Name,Link,Status\nOne,${A},Done\nTwo,${B},To do\n`],
  ['Notion table whose name holds the address', 'Reading.csv', `Name,Tags\n${A},x\n${B},y\n`],
  ['Excel with semicolons', 'Mappe1.csv', `Titel;Adresse;Notiz\r\n"Eins; mit Semikolon";${A};x\r\nZwei;${B};\r\n`],
  ['Excel in Japanese', 'ブック1.csv', `タイトル,リンク\r\n一,${A}\r\n二,${B}\r\n`],
  [
    'Excel in Korean with a quoted field over two lines',
    '통합 문서1.csv',
    `제목,주소,메모\r\n하나,${A},"첫 줄\r\n둘째 줄"\r\n둘,${B},\r\n`,
  ],
  ['tabs with a header', 'list.tsv', `title\turl\nOne\t${A}\nTwo\t${B}\n`],
  ['tabs without a header', 'list.tsv', `One\t${A}\nTwo\t${B}\n`],
  ['pasted cells of a spreadsheet', 'urls.txt', `Title\tURL\nOne\t${A}\nTwo\t${B}\n`],
  ['pipes', 'x.csv', `title|url\nOne|${A}\nTwo|${B}\n`],
  ['addresses in quotes, one a line', 'urls.txt', `"${A}"\n"${B}"\n`],
  ['a header of one column', 'urls.csv', `URL\n${A}\n${B}\n`],
  ['old Mac line ends', 'urls.csv', `url,title\r${A},One\r${B},Two\r`],
  ['an empty first line', 'urls.csv', `\nurl,title\n${A},One\n${B},Two\n`],
  ['a title above the header', 'urls.csv', `My reading list,,\n,,\nTitle,URL,Note\nOne,${A},\nTwo,${B},\n`],
  [
    'Chrome bookmarks',
    'bookmarks_1_1_24.html',
    `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n    <DT><H3 ADD_DATE="1" LAST_MODIFIED="2" PERSONAL_TOOLBAR_FOLDER="true">Bar</H3>\n    <DL><p>\n        <DT><A HREF="${A}" ADD_DATE="1" ICON="data:image/png;base64,AAAA">One &amp; only</A>\n    </DL><p>\n    <DT><A HREF="${B}" ADD_DATE="1">Two</A>\n</DL><p>`,
  ],
  [
    'Chrome’s own file',
    'Bookmarks',
    JSON.stringify({
      checksum: 'x',
      roots: {
        bookmark_bar: {
          children: [{ date_added: '1', guid: 'g', id: '5', name: 'One', type: 'url', url: A }],
          name: 'Bar',
          type: 'folder',
        },
        other: { children: [{ name: 'Two', type: 'url', url: B }], type: 'folder' },
        synced: { children: [], type: 'folder' },
      },
      version: 1,
    }),
  ],
  [
    'Safari reading list in HTML',
    'Safari Bookmarks.html',
    `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<HTML><TITLE>Bookmarks</TITLE><H3 FOLDED id="com.apple.ReadingList">Reading List</H3><DL><p><DT><A HREF="${A}">One</A>\n<DT><A HREF="${B}">Two</A></DL><p></HTML>`,
  ],
  [
    'Pocket HTML',
    'ril_export.html',
    `<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul><li><a href="${A}" time_added="1" tags="">One</a></li></ul><h1>Read Archive</h1><ul><li><a href="${B}" time_added="2" tags="x">Two</a></li></ul></body></html>`,
  ],
  [
    'Pinboard',
    'pinboard_export.json',
    JSON.stringify([
      {
        href: A,
        description: 'One',
        extended: '',
        meta: 'x',
        hash: 'y',
        time: '2024-01-01T00:00:00Z',
        shared: 'yes',
        toread: 'no',
        tags: 'a b',
      },
      { href: B, description: 'Two' },
    ]),
  ],
  [
    'Hacker News favourites',
    'hn.json',
    JSON.stringify({
      hits: [
        { objectID: '1', title: 'One', url: A, points: 3 },
        { objectID: '2', title: 'Two', url: B },
      ],
      nbHits: 2,
    }),
  ],
  ['JSON lines', 'urls.jsonl', `${JSON.stringify({ url: A, title: 'One' })}\n${JSON.stringify({ url: B })}\n`],
  ['JSON lines of strings', 'urls.ndjson', `${JSON.stringify(A)}\n${JSON.stringify(B)}\n`],
  [
    'JSON lines whose objects hold objects',
    'urls.jsonl',
    `${JSON.stringify({ meta: { id: 1 }, url: A })}\n${JSON.stringify({ url: B, meta: { id: 2 } })}\n`,
  ],
  [
    'JSON lines with blank lines and commas',
    'x.jsonl',
    `${JSON.stringify({ url: A })},\n\n${JSON.stringify({ url: B })}\n`,
  ],
  [
    'an RSC-like document of page objects',
    'pages.json',
    JSON.stringify({ count: 2, results: [{ page: { permalink: A } }, { page: { permalink: B } }] }),
  ],
  ['addresses as the names of members', 'pages.json', JSON.stringify({ [A]: { clicks: 1 }, [B]: { clicks: 2 } })],
  [
    'a Wayback answer',
    'cdx.json',
    JSON.stringify([
      ['original', 'timestamp'],
      [A, '20240101000000'],
      [B, '20240102000000'],
    ]),
  ],
  ['a Markdown list with titles', 'links.md', `# Reading\n\n* [One](${A}) - good\n* [Two](${B})\n`],
  ['a chat export line', 'urls.txt', `1) ${A}\n2) ${B}\n`],
  ['emoji bullets', 'urls.txt', `👉 ${A}\n✅ ${B}\n`],
  ['check boxes', 'todo.md', `- [ ] ${A}\n- [x] ${B}\n`],
  ['two addresses on a line', 'urls.txt', `${A} ${B}\n`],
  ['titles in front of the address', 'urls.txt', `One thing: ${A}\nTwo: ${B}\n`],
  ['OneTab', 'onetab.txt', `${A} | One thing\n${B} | Two\n\n`],
  ['TOML-like pairs', 'urls.txt', `url = "${A}"\nurl = "${B}"\n`],
];

test.each(EXPORTS)('%s gives its pages', async (_, name, text) => {
  const { urls, problems } = await read(text, name);

  expect({ urls, problems }).toEqual({ urls: [A, B], problems: [] });
});

const S = 'https://a.example/';
const SITEMAPS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a default namespace and video',
    `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"><url><loc>${A}</loc><video:video><video:thumbnail_loc>https://i.example/t.jpg</video:thumbnail_loc><video:content_loc>https://i.example/v.mp4</video:content_loc><video:player_loc>https://i.example/p</video:player_loc></video:video></url></urlset>`,
    [A],
  ],
  [
    'news',
    `<urlset xmlns:news="n"><url><loc>${A}</loc><news:news><news:publication><news:name>N</news:name></news:publication><news:publication_date>2024-01-01</news:publication_date><news:title>One &amp; only</news:title></news:news></url></urlset>`,
    [A],
  ],
  [
    'alternates by language',
    `<urlset xmlns:xhtml="x"><url><loc>${A}</loc><xhtml:link rel="alternate" hreflang="de" href="https://a.example/de"/></url></urlset>`,
    [A],
  ],
  [
    'an image in front of the loc',
    `<urlset><url><image:image xmlns:image="i"><image:loc>https://i.example/a.png</image:loc></image:image><loc>${A}</loc></url></urlset>`,
    [A],
  ],
  [
    'entities in the address',
    '<urlset><url><loc>https://a.example/?a=1&amp;b=2&#38;c=3&#x26;d=4</loc></url></urlset>',
    ['https://a.example/?a=1&b=2&c=3&d=4'],
  ],
  [
    'letters as entities',
    '<urlset><url><loc>https://a.example/&#xAE38;</loc></url></urlset>',
    ['https://a.example/%EA%B8%B8'],
  ],
  ['a loc without scheme', '<urlset><url><loc>//b.example/two</loc></url></urlset>', [B]],
  ['a loc with a dot path', '<urlset><url><loc>./one</loc></url></urlset>', [A]],
  [
    'line breaks inside of the loc',
    '<urlset><url><loc>\n      https://a.example/\n      one\n</loc></url></urlset>',
    [A],
  ],
  ['a comment inside of the loc', '<urlset><url><loc>https://a.example/<!-- x -->one</loc></url></urlset>', [A]],
  [
    'a style sheet in front',
    `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="/s.xsl"?><urlset><url><loc>${A}</loc></url></urlset>`,
    [A],
  ],
  ['an undeclared prefix', `<ns0:urlset><ns0:url><ns0:loc>${A}</ns0:loc></ns0:url></ns0:urlset>`, [A]],
  [
    'a warning of the server in front',
    `<br />\n<b>Warning</b>: x in <b>/x.php</b><br />\n<?xml version="1.0"?><urlset><url><loc>${A}</loc></url></urlset>`,
    [A],
  ],
  [
    'blank lines in front of the declaration',
    `\n\n\n<?xml version="1.0"?><urlset><url><loc>${A}</loc></url></urlset>`,
    [A],
  ],
  [
    'elements without prefix in a foreign wrapper',
    `<sitemaps><urlset><url><loc>${A}</loc></url></urlset></sitemaps>`,
    [A],
  ],
  [
    'loc as an attribute-free sibling of lastmod with time zone',
    `<urlset><url><loc>${A}</loc><lastmod>2024-01-01T00:00:00+09:00</lastmod><changefreq>daily</changefreq><priority>0.8</priority></url></urlset>`,
    [A],
  ],
  ['a page beside a mobile mark', `<urlset xmlns:mobile="m"><url><loc>${A}</loc><mobile:mobile/></url></urlset>`, [A]],
  ['the text form of the protocol', `${A}\n${S}three\n`, [A, `${S}three`]],
  ['pages in an index', `<sitemapindex><url><loc>${A}</loc></url></sitemapindex>`, [A]],
  [
    'curly quotes in the declaration',
    `<?xml version=“1.0” encoding=“UTF-8”?><urlset><url><loc>${A}</loc></url></urlset>`,
    [A],
  ],
];
test.each(SITEMAPS)('a sitemap with %s', async (_, text, wanted) => {
  const { urls, problems } = await read(text, 'sitemap.xml', 'https://a.example/sitemap.xml');

  expect({ urls, problems }).toEqual({ urls: wanted, problems: [] });
});

const END_FORMS = ['\n', '\r\n', '\r'];
test.each(END_FORMS.flatMap((row) => END_FORMS.map((cell) => ({ row, cell }))))(
  'a row is named by its first line, whatever ends rows and lines of cells ($row, $cell)',
  async ({ row, cell }) => {
    const text = [
      'url,note',
      `https://a.example/1,"one${cell}two${cell}${cell}three"`,
      `"${cell}no address",x`,
      'https://a.example/2,"say ""hi"""',
    ].join(row);
    const { entries, problems } = await parseList({ name: 'a.csv', text }, { priority: 'medium', keywords: [] });

    expect(entries.map(({ url, position }) => [url, position.line])).toEqual([
      ['https://a.example/1', 2],
      ['https://a.example/2', 8],
    ]);
    expect(problems.map(({ position }) => position.line)).toEqual([6]);
  },
);
