import { setFlagsFromString } from 'node:v8';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const A = 'https://a.example/one';
const LAUGHS = Array.from(
  { length: 12 },
  (_, at) => `a${at}: &a${at} [${Array(9).fill(at === 0 ? A : `*a${at - 1}`)}]`,
);
const ENTITIES = Array.from(
  { length: 12 },
  (_, at) => `<!ENTITY e${at} "${at === 0 ? 'x' : `&e${at - 1};`.repeat(9)}">`,
);

// A process that has compiled 16 MB of expressions compiles the later ones without optimization; such an expression keeps a place to go back
// to for each character, and throws "Maximum call stack size exceeded" at some millions.
beforeAll(() => setFlagsFromString('--no-regexp-optimization'));
afterAll(() => setFlagsFromString('--regexp-optimization'));

/** A list from the web: it may name no file. */
async function read(text: string, name: string) {
  const { entries, problems, lists } = await parseList({ name, text }, { priority: 'medium', keywords: [] });
  return { urls: [...entries, ...lists].map(({ url }) => url), problems: problems.map(({ message }) => message) };
}

test.each<readonly [string, string, () => string]>([
  ['aliases of aliases in YAML', 'a.yaml', () => `${LAUGHS.join('\n')}\n`],
  ['ten thousand sequences in each other', 'a.yaml', () => `${'- '.repeat(10_000)}x`],
  ['ten thousand flows in each other', 'a.yaml', () => `a: ${'['.repeat(10_000)}`],
  ['a function of JavaScript in YAML', 'a.yaml', () => 'a: !!js/function "function () { return 1 }"\n'],
  ['200,000 brackets of JSON', 'a.json', () => '['.repeat(200_000)],
  ['100,000 arrays in each other', 'a.json', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  [
    'entities of entities in a property list',
    'a.webloc',
    () => `<!DOCTYPE plist [${ENTITIES.join('')}]><plist><dict><key>URL</key><string>&e11;</string></dict></plist>`,
  ],
  [
    'entities of entities in a sitemap',
    's.xml',
    () => `<!DOCTYPE urlset [${ENTITIES.join('')}]><urlset><url><loc>&e11;</loc></url></urlset>`,
  ],
  [
    'entities of entities in a feed',
    'f.xml',
    () => `<!DOCTYPE rss [${ENTITIES.join('')}]><rss><channel><item><link>&e11;</link></item></channel></rss>`,
  ],
  [
    'a file of the machine in a property list',
    'a.webloc',
    () => '<plist><dict><key>URL</key><string>file:///etc/passwd</string></dict></plist>',
  ],
  ['a file of the machine in a shortcut', 'a.url', () => '[InternetShortcut]\nURL=file:///etc/passwd\n'],
  ['a path in YAML', 'a.yaml', () => '- url: ../../etc/hosts.txt\n'],
  ['a path in a table', 'a.md', () => '| a | b |\n|---|---|\n| x | ../../notes.md |\n'],
  ['a program in a link', 'a.html', () => '<a href="javascript:alert(1)" add_date=1>x</a>'],
  ['a command in a table', 'urls.txt', () => '| ::add-mask::x | \u001b[31m |\n'],
  ['a formula that calls out', 'a.csv', () => 'url\n"=WEBSERVICE(A1)"\n'],
])('%s names no page', async (_, name, text) => {
  const { urls, problems } = await read(text(), name);

  expect(urls).toEqual([]);
  expect(problems.join('')).not.toMatch(/[\u0000-\u0008\u001b]/);
});

test.each<readonly [string, string, () => string]>([
  ['a member __proto__ of JSON', 'a.json', () => `[{"__proto__":{"polluted":1},"url":"${A}"}]`],
  ['a member __proto__ of YAML', 'a.yaml', () => `- __proto__: {polluted: 1}\n  url: ${A}\n`],
  ['a column __proto__', 'a.csv', () => `url,__proto__,constructor\n${A},polluted,x\n`],
  ['a cell of 10 MB', 'a.csv', () => `url,title\n${A},"${'x'.repeat(10_000_000)}"\n`],
  ['a comment of 1 MB', 'a.json', () => `["${A}" /*${'*'.repeat(1_000_000)}*/ ]`],
  ['a million commas', 'a.json', () => `["${A}"${','.repeat(1)}${' '.repeat(1_000_000)}]`],
  ['5,000 objects in each other', 'a.json', () => `${'{"a":'.repeat(5000)}{"url":"${A}"}${'}'.repeat(5000)}`],
  ['a value of 1 MB in a shortcut', 'a.url', () => `[InternetShortcut]\nIcon=${'x'.repeat(1_000_000)}\nURL=${A}\n`],
])('%s costs the page beside it nothing', async (_, name, text) => {
  expect((await read(text(), name)).urls).toEqual([A]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
