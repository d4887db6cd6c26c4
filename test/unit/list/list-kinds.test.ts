import { expect, test } from 'vitest';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

async function read(text: string, name: string) {
  const list = await parseList({ name, text }, { priority: 'medium', keywords: [], baseDir: '/lists' });
  return [
    ...list.entries.map(({ url, priority }) => (priority === 'medium' ? url : `${url} ${priority}`)),
    ...list.lists.map(({ url }) => `list ${url}`),
    ...list.problems.map(({ position, message }) => `${position.line}: ${message}`),
    ...(list.kind === 'page' ? ['page'] : []),
  ];
}
const A = 'https://a.example/one';
const B = 'https://b.example/two';
const AB = [A, B];

test.each<readonly [string, string, string, readonly string[]]>([
  ['a YAML list', 'urls.yaml', `- ${A}\n- ${B}\n`, AB],
  ['a YAML list with a key', 'urls.yml', `urls:\n  - ${A}\n  - ${B}\n`, AB],
  ['a YAML list of mappings', 'urls.yml', `- url: ${A}\n  title: One\n- url: ${B}\n  title: "Two: more"\n`, AB],
  [
    'YAML with mappings under a key and options',
    'sources.yaml',
    `sources:\n  - url: ${A}\n    priority: high\n  - url: ${B}\n    tags: [a, b]\n`,
    [`${A} high`, B],
  ],
  ['YAML with a document mark and comments', 'urls.yaml', `---\n# mine\n- ${A} # the first\n- "${B}"\n`, AB],
  ['YAML in a text file', 'urls.txt', `- url: ${A}\n- url: ${B}\n`, AB],
  [
    'an Internet shortcut',
    'One.url',
    `[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,11\r\n[InternetShortcut]\r\nIDList=\r\nURL=${A}\r\n`,
    [A],
  ],
  [
    'an Internet shortcut with an icon',
    'One.url',
    `[InternetShortcut]\r\nURL=${A}\r\nIconFile=https://a.example/favicon.ico\r\nIconIndex=1\r\n`,
    [A],
  ],
  [
    'a desktop entry of Linux',
    'one.desktop',
    `[Desktop Entry]\nEncoding=UTF-8\nName=One\nType=Link\nURL=${A}\nIcon=text-html\n`,
    [A],
  ],
  [
    'a webloc of macOS',
    'One.webloc',
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n<dict>\n\t<key>URL</key>\n\t<string>${A}</string>\n</dict>\n</plist>\n`,
    [A],
  ],
  [
    'the reading list of Safari',
    'Bookmarks.plist',
    `<?xml version="1.0"?><plist version="1.0"><dict><key>Children</key><array><dict><key>URLString</key><string>${A}</string></dict><dict><key>URLString</key><string>${B}</string></dict></array></dict></plist>`,
    AB,
  ],
  ['a Markdown table', 'links.md', `| Title | Link |\n| --- | --- |\n| One | ${A} |\n| Two | [two](${B}) |\n`, AB],
  ['a Markdown table without outer bars', 'links.md', `Title | Link\n:--- | ---:\nOne | <${A}>\nTwo | ${B}\n`, AB],
  [
    'Markdown links in a nested list',
    'awesome.md',
    `# Awesome\n\n## Part\n\n- [One](${A}) - the first of them\n  - [Two](${B}) – another\n`,
    AB,
  ],
  ['Markdown with links in sentences of a list', 'links.md', `* One: ${A} (good)\n* Two: ${B} (better)\n`, AB],
  ['reference definitions of Markdown', 'links.md', `[1]: ${A} "One"\n[2]: <${B}>\n`, AB],
  ['Org mode links', 'links.org', `** [[${A}][One]]\n- [[${B}]]\n`, AB],
  ['wiki links', 'links.txt', `* [${A} One]\n* [${B} Two]\n`, AB],
  ['BBCode links', 'links.txt', `[url=${A}]One[/url]\n[url]${B}[/url]\n`, AB],
  ['Slack links', 'links.txt', `<${A}|One>\n<${B}|Two>\n`, AB],
  ['HTML anchors in a text', 'links.txt', `<a href="${A}">One</a>\n<a href='${B}' target=_blank>Two</a>\n`, AB],
  [
    'an HTML page of links',
    'links.html',
    `<html><body><ul><li><a href="${A}">One</a></li><li><a href="${B}">Two</a></li></ul></body></html>`,
    AB,
  ],
  ['Google Sheets TSV', 'sheet.tsv', `Title\tLink\tNotes\nOne\t${A}\tfirst\nTwo\t${B}\t\n`, AB],
  ['cells pasted from a spreadsheet', 'urls.txt', `One\t${A}\nTwo\t${B}\n`, AB],
  ['cells pasted with the address first', 'urls.txt', `${A}\tOne\n${B}\tTwo and more\n`, AB],
  [
    'a Notion export',
    'Reading 123.csv',
    `\ufeffName,Created,URL,Tags\nOne,"May 1, 2026 10:00 AM",${A},"a, b"\nTwo,"May 2, 2026",${B},\n`,
    AB,
  ],
  [
    'an Airtable export with a formula column',
    'Grid.csv',
    `Name,Website,Attachment\nOne,${A},"a.png (https://dl.airtable.example/a.png)"\nTwo,${B},\n`,
    AB,
  ],
  [
    'a HYPERLINK formula of a spreadsheet',
    'urls.csv',
    `title,url\nOne,"=HYPERLINK(""${A}"",""One"")"\nTwo,"=HYPERLINK(""${B}"";""Two"")"\n`,
    AB,
  ],
  [
    'Google Search Console',
    'Pages.csv',
    `Top pages,Clicks,Impressions,CTR,Position\n${A},10,100,10%,1.2\n${B},2,50,4%,8\n`,
    AB,
  ],
  ['Ahrefs with UTF-16 tabs', 'ahrefs.csv', `"URL"\t"Title"\t"Traffic"\n"${A}"\t"One"\t"10"\n"${B}"\t"Two"\t"5"\n`, AB],
  [
    'Analytics with comment lines',
    'pages.csv',
    `# ----------------------------------------\n# Pages and screens\n# 20260101-20260131\n# ----------------------------------------\nPage location,Views\n${A},10\n${B},3\n`,
    AB,
  ],
  [
    'Zotero',
    'zotero.csv',
    `"Key","Item Type","Publication Year","Author","Title","Url","DOI"\n"K1","webpage","2026","A","One","${A}",""\n"K2","webpage","2026","B","Two","${B}","10.1/x"\n`,
    AB,
  ],
  ['Reddit saved posts', 'saved_posts.csv', `id,permalink\nabc,${A}\ndef,${B}\n`, AB],
  ['a CSV with quotes in the wrong place', 'urls.csv', `url,title\n${A},The "quiet" one\n${B},Two\n`, AB],
  ['JSON lines', 'urls.jsonl', `{"url":"${A}","title":"One"}\n{"url":"${B}"}\n`, AB],
  ['JSON lines of strings', 'urls.ndjson', `"${A}"\n"${B}"\n`, AB],
  ['JSON with comments', 'urls.json', `// mine\n[\n  "${A}", // first\n  "${B}",\n]\n`, AB],
  ['a JSON array cut by a comma', 'urls.json', `["${A}", "${B}",]`, AB],
  [
    'Chrome history of Takeout',
    'History.json',
    `{"Browser History":[{"title":"One","url":"${A}","time_usec":1},{"title":"Two","url":"${B}","time_usec":2}]}`,
    AB,
  ],
  ['OneTab', 'onetab.txt', `${A} | One\n${B} | Two\n\n`, AB],
  ['smart quotes', 'urls.txt', `“${A}”\n‘${B}’\n`, AB],
  ['a full stop behind', 'urls.txt', `${A}.\n${B}!\n`, [`${A}.`, `${B}!`]],
  ['numbered lines', 'urls.txt', `1. ${A}\n2) ${B}\n`, AB],
  ['lines numbered in brackets', 'urls.txt', `(1) ${A}\n[2] ${B}\n`, AB],
  ['lines numbered with a colon', 'urls.txt', `1: ${A}\n2: ${B}\n`, AB],
  ['circled numbers', 'urls.txt', `① ${A}\n② ${B}\n`, AB],
  ['arrows and check marks', 'urls.txt', `→ ${A}\n✅ ${B}\n`, AB],
  ['inline comments', 'urls.txt', `${A} # first\n${B} // second\n`, AB],
  ['comments of other languages', 'urls.txt', `; a list\n// mine\n${A}\n-- end\n${B}\n`, AB],
  ['addresses between commas in one line', 'urls.txt', `${A}, ${B}`, AB],
  ['addresses between semicolons', 'urls.txt', `${A};${B}`, AB],
  ['an address in Korean prose', 'urls.txt', `첫째 글: ${A}\n둘째 글 - ${B}\n`, AB],
  ['a shell list', 'urls.sh', `curl -O ${A}\nwget "${B}"\n`, AB],
  ['an export of variables', 'urls.env', `FIRST=${A}\nexport SECOND="${B}"\n`, AB],
  ['INI values', 'urls.ini', `[urls]\nfirst = ${A}\nsecond = ${B}\n`, AB],
  [
    'Netscape bookmarks in capitals',
    'b.html',
    `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF="${A}" ADD_DATE="1">One</A>\n<DT><A HREF="${B}" ADD_DATE="2" TAGS="a,b">Two</A>\n</DL>`,
    AB,
  ],
  ['a plain sitemap of addresses', 'sitemap.txt', `${A}\r\n${B}\r\n`, AB],
  ['an ASX or M3U list', 'list.m3u', `#EXTM3U\n#EXTINF:-1,One\n${A}\n#EXTINF:-1,Two\n${B}\n`, AB],
  ['a mail with quoted addresses', 'mail.txt', `> ${A}\n> ${B}\n`, AB],
])('%s', async (_, name, text, expected) => {
  expect(await read(text, name)).toEqual(expected);
});

const MAPS = ['https://a.example/sitemap.xml', 'https://a.example/news.xml'];

test.each([
  ['robots.txt', `User-agent: *\nDisallow: /x\n\nSitemap: ${MAPS[0]}\nSitemap: ${MAPS[1]}\n`],
  [
    'https://a.example/robots.txt',
    `# hello\nsitemap:${MAPS[0]}\nSITEMAP : ${MAPS[1]} # news\nUser-agent: *\nAllow: /\n`,
  ],
  [
    'https://a.example/robots.txt',
    'User-agent: a\nUser-agent: b\nDisallow:\nSitemap: /sitemap.xml\r\nSitemap: news.xml\r\n',
  ],
  [
    'saved.txt',
    `\ufeffUser-Agent: GPTBot\nDisallow: /\nCrawl-delay: 5\nContent-Signal: ai-train=no\nHost: a.example\nSitemap: ${MAPS[0]}\nSitemap: ${MAPS[1]}`,
  ],
  ['robots.txt', `Sitemap: ${MAPS[0]}\nSitemap: ${MAPS[1]}\n`],
  ['robots.txt', `User-agent: *\nDisallow:\nSitemap: ${MAPS[0]}, ${MAPS[1]}\n`],
  ['robots.txt', `User-agent: *\nDisallow:\nSitemap: ${MAPS[0]},${MAPS[1]},\n`],
  ['robots.txt', `User-agent: *\nDisallow:\nSite-map: ${MAPS[0]}\nSitemaps： ${MAPS[1]}\n`],
])('the sitemaps of %s are what is meant', async (name, text) => {
  const address = name.startsWith('https:') ? { address: name } : {};
  const list = await parseList({ name, text, ...address }, { priority: 'medium', keywords: [] });

  expect(list).toMatchObject({ kind: 'robots', entries: [], problems: [], lists: MAPS.map((url) => ({ url })) });
});

test('a robots.txt without sitemaps says so', async () => {
  const list = await parseList(
    { name: 'robots.txt', text: 'User-agent: *\nDisallow: /\n' },
    { priority: 'medium', keywords: [] },
  );

  expect(list.problems).toEqual([
    { position: { file: 'robots.txt', line: 1 }, message: 'expected a robots.txt with Sitemap lines, found none' },
  ]);
});
