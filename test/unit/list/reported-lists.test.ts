/** Lists as people have them, reported to other programs that read links. */

import { expect, test } from 'vitest';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const A = 'https://a.example/one';
const B = 'https://b.example/two';

async function read(text: string, name: string) {
  const list = await parseList({ name, text }, { priority: 'medium', keywords: [], baseDir: '/lists' });
  return {
    kind: list.kind,
    urls: list.entries.map(({ url }) => url),
    lines: list.entries.map(({ position }) => position.line),
    problems: list.problems.map(({ message }) => message),
  };
}

test.each<readonly [string, string]>([
  [
    'a comma in quotes and in other cells of a header',
    `"Adresse, Link";Titel;Klicks, gesamt, heute\n${A};Eins, zwei;1,5\n${B};Zwei;2,5\n`,
  ],
  ['more commas than semicolons in its header', `Name;Ort, Land, Stadt, x;Seite\nA, b, c, d;x;${A}\nB;y;${B}\n`],
  ['commas in titles and bars between cells', `title|url|tags\nOne, two, three, four|${A}|a,b\nTwo|${B}|c\n`],
  ['semicolons in titles', `title,url\nOne; two; three; four,${A}\nTwo,${B}\n`],
  ['tabs, and commas in every title', `Top 10, best\tLink\nOne, two\t${A}\nTwo, three\t${B}\n`],
  [
    'a formula in a column of another name',
    `Titel;Adresse des Beitrags\nEins;"=HYPERLINK(""${A}"";""Eins"")"\nZwei;"=HYPERLINK(""${B}"";""Zwei"")"\n`,
  ],
  ['quotes escaped by backslashes', `title,url\n"say \\"hi\\", ok",${A}\n"Two \\"x\\"",${B}\n`],
  ['single quotes', `'title','url'\n'One, a','${A}'\n'Two','${B}'\n`],
  ['a quote that is never closed', `title,url\n"One,${A}\nTwo,${B}\n`],
  ['a quote that closes many rows later', `title,url\nZero",${A}\n"Two,${B}\nThree",x\n`.replace('Three",x\n', '')],
  ['two addresses in a cell, in lines', `name,urls\nx,"${A}\n${B}"\n`],
  ['two addresses in a cell, with a comma', `name,urls\nx,"${A}, ${B}"\n`],
  ['two addresses in a cell, with a space', `name;urls\nx;${A} ${B}\n`],
  ['cells of text behind addresses, without a header', `${A},One title\n${B},"Two, and more"\n`],
  ['cells of text in front of addresses, without a header', `One title;${A}\nTwo titles;${B}\n`],
])('CSV with %s', async (_, text) => {
  expect(await read(text, 'list.csv')).toMatchObject({ urls: [A, B], problems: [] });
});

test.each<readonly [string, string]>([
  ['cells behind addresses', `${A},One title here\n${B},"Two, and more"\n`],
  ['priorities behind addresses', `${A},high\n${B},low\n`],
  ['cells in front of addresses', `One title;${A}\nTwo titles;${B}\n`],
])('CSV in a text file, without a header: %s', async (_, text) => {
  expect(await read(text, 'list.txt')).toMatchObject({ urls: [A, B], problems: [] });
});

test.each<readonly [string, readonly string[]]>([
  ['a comma in each address', ['https://a.example/news,123.html', 'https://a.example/news,456.html']],
  ['several commas', ['https://a.example/a,1,2.html', 'https://a.example/b,3,4.html']],
  ['a semicolon', ['https://a.example/x;jsessionid=1', 'https://a.example/y;jsessionid=2']],
  ['brackets of a query', ['https://a.example/?ids[0]=1&ids[]=2', 'https://a.example/?f[a]=1']],
  ['a line that ends with =', ['https://a.example/?v=abc=', 'https://a.example/?a=3Dx']],
])('addresses with %s stay whole', async (_, urls) => {
  expect((await read(urls.join('\n'), 'list.txt')).urls).toEqual(urls);
});

test.each<readonly [string, string, readonly string[]]>([
  ['a Japanese sentence', `続行する前に、このリンク「${A}」を参照してください。`, [A]],
  ['a Chinese sentence', `有一个网站，没有如果，你就是英雄！车库源码（${A}）与您共同进步！`, [A]],
  ['a chat', `01/02/2024, 10:32 - Ann Lee: this one is good ${A}\n01/02/2024, 10:33 - Bob: look ${B} nice one`, [A, B]],
  [
    'mails',
    `Ann wrote on Monday, please read this one: ${A}\nBob wrote on Tuesday, please read that one: ${B}`,
    [A, B],
  ],
  ['a wide full stop', `${A}．`, [A]],
  ['a narrow Japanese full stop', `${A}｡`, [A]],
  ['narrow Japanese commas', `${A}､\n${B}､`, [A, B]],
  ['a wide full stop in the host', 'https://a．example/one', [A]],
  ['a wide colon', 'https：//a.example/one', [A]],
  ['wide slashes', 'https:／／a.example/one', [A]],
  ['next-line characters', `${A}\u0085${B}`, [A, B]],
  ['form feeds', `${A}\n\f${B}`, [A, B]],
  ['quoted-printable', 'https://a.example/o=\r\nne\r\nhttps://b.example/two=3Fx=3D1\r\n', [A, `${B}?x=1`]],
  ['brackets over lines', `<https://a.example/\n  one>\n<${B}>`, [A, B]],
  ['brackets with their name', `<URL:${A}>\nURL:${B}`, [A, B]],
  ['tasks', `- [ ] [One](${A}) #read ⏫ 📅 2024-01-01\n- [x] [Two](${B}) ✅ 2024-01-02`, [A, B]],
  ['AsciiDoc', `* ${A}[One]\n* link:${B}[Two titles]`, [A, B]],
  ['Textile', `* "One":${A}\n* "Two titles":${B}`, [A, B]],
  ['Gemini', `=> ${A} One title\n=> ${B}`, [A, B]],
  ['Jira', `[One|${A}]\n[Two titles|${B}|smart-link]`, [A, B]],
  ['a search in files', `urls.txt:12:${A}\nsub/urls.txt:13:${B}`, [A, B]],
  ['a list of Python', `['${A}', '${B}']`, [A, B]],
  ['a set of JavaScript', `{ "${A}", "${B}" }`.replace(/[{}]/g, (m) => (m === '{' ? '(' : ')')), [A, B]],
  ['a list of aria2', `${A}\n  out=one.html\n  dir=/tmp\n${B}`, [A, B]],
  [
    'backslashes of Markdown',
    '- https://a.example/one\\_x\\-y\n- [W](https://b.example/A_\\(b\\))',
    ['https://a.example/one_x-y', 'https://b.example/A_(b)'],
  ],
  ['two schemes', `http://https://a.example/one\nhttps://${B}`, [A, B]],
  ['tables with escaped bars', `| A | B |\n|---|---|\n| x | [[${A}\\|search]] |\n| [Two \\| x](${B}) | y |`, [A, B]],
  ['letters in front', `a. ${A}\nb) ${B}`, [A, B]],
  ['headings of Markdown', `# Reading\n\n## [One](${A})\n\n### [Two](${B})\n\n# [Three](https://c.example/)\n`, [A, B]],
  ['Japanese particles', `${A}を参照\n${B}です`, [A, B]],
  ['titles in Japanese behind letters', 'https://a.example/wiki/C言語', ['https://a.example/wiki/C%E8%A8%80%E8%AA%9E']],
  ['schemes in front', `view-source:${A}\nfeed:${B}`, [A, B]],
  ['ampersands of HTML', `${A}?a=1&amp;b=2`, [`${A}?a=1&b=2`]],
])('the addresses of %s', async (_, text, urls) => {
  expect(await read(text, 'list.txt')).toMatchObject({ kind: 'text', urls, problems: [] });
});

test('tables of TOML name their addresses', async () => {
  const text = `[[links]]\ntitle = "One"\nurl = "${A}"\n\n[[links]]\nurl = "${B}"\n`;

  expect(await read(text, 'links.toml')).toMatchObject({ kind: 'ini', urls: [A, B], problems: [] });
});

test('addresses over several lines are named by their first, and the others by their own', async () => {
  const text = 'https://a.example/o=\r\nne=3D\r\nhttps://b.example/=\r\ntwo\r\n';

  expect(await read(text, 'list.txt')).toMatchObject({ urls: ['https://a.example/one=', B], lines: [1, 3] });
  expect((await read(`<https://a.example/\none>\n${B}`, 'list.txt')).lines).toEqual([1, 3]);
});

const item = (url: string, title: string) => `<li><a href="${url}">${title}</a></li>`;
test.each<readonly [string, string]>([
  [
    'Instapaper',
    `<!DOCTYPE html>\n<html>\n<head>\n<title>Instapaper: Export</title>\n</head>\n<body>\n<h1>Unread</h1>\n<ol>\n${item(A, 'One')}\n</ol>\n<h1>Archive</h1>\n<ol>\n${item(B, 'Two')}\n</ol>\n</body>\n</html>`,
  ],
  [
    'tabs of a session',
    `<html><head><meta charset="utf-8"><title>Tabs</title><style>a { color: red }</style></head><body><h2>Window 1</h2><p><a href="${A}">One title of a page</a><br>\n<a href="${B}">Two titles of a page</a></p></body></html>`,
  ],
  ['lines without a document around', `${item(A, 'One')}\n${item(B, 'Two')}`],
  [
    'a table',
    `<table><tr><td>1</td><td><a href="${A}">One title of a page</a></td></tr><tr><td>2</td><td><a href="${B}">Two titles of a page</a></td></tr></table>`,
  ],
])('a document of links alone is a list: %s', async (_, text) => {
  expect(await read(text, 'export.html')).toMatchObject({ kind: 'bookmarks', urls: [A, B], problems: [] });
});

test.each<readonly [string, string]>([
  [
    'an article with links',
    `<html><body><h1>T</h1><p>We went to the <a href="${A}">harbour</a> and then by ferry to the <a href="${B}">island</a> for lunch.</p></body></html>`,
  ],
  [
    'a page whose text is drawn by scripts',
    `<html><body><nav>${item(A, 'Home page')}${item(B, 'All articles')}</nav><div id="app"></div><script src="/app.js"></script></body></html>`,
  ],
  [
    'plain words about an address',
    `The harbour of the town was rebuilt after the storm of last winter, and since then three ferries a day cross to the island again.\n\nRead more about it, and about the storm, on the page of the town, which has many pictures of it: ${A}\n\nThe next storm is expected for the autumn of this year, says the office for the weather on the coast.`,
  ],
])('%s stays a page', async (_, text) => {
  expect((await read(text, text.startsWith('<') ? 'a.html' : 'a.txt')).kind).toBe('page');
});
