/** Signs within lines that editors and generators know and CommonMark does not: links of wikis, attributes, marked text. Pure. */

import GithubSlugger from 'github-slugger';
import { parseBounded, rangesOf, splice } from '../../../../util/text/markdown.ts';
import { settleBlocks } from './blocks.ts';
import { codeTest } from './settle-calls.ts';

export function settleNotes(markdown: string): string {
  return ROWS.reduce((text, [pattern, by]) => rewriteOutside(text, pattern, by), settleBlocks(withPlainInfo(markdown)));
}

interface Found {
  readonly whole: string;
  readonly inner: string;
  readonly before: string;
  readonly after: string;
}

type By = (found: Found) => string;

/** In this order: what one makes of a text is read by the next. */
const ROWS: readonly (readonly [pattern: RegExp, by: By])[] = [
  // ![[boat.png|300]], ![[Note]], [[Note#Heading|words]]
  [/!?\[\[([^[\]\n]+)\]\]/g, wikiLink],
  // [Other]({filename}other.md), ![boat](|static|/boat.png), [other](@/blog/other.md)
  [/\]\(<?(?:[{|](?:filename|static|attach)[}|]|@\/)/g, ({ whole }) => (whole.includes('<') ? '](<' : '](')],
  // ![boat|300](boat.png), ![boat](boat.png =300x200)
  [/\[([^[\]\n]*)\]\(/g, ({ before, inner }) => `[${before.endsWith('!') ? withoutSize(inner) : inner}](`],
  [/\]\(([^()\s]+) =\d{0,5}x\d{0,5}\)/g, ({ inner }) => `](${inner})`],
  // ![boat](boat.png){width=50%}, {: .lead }
  [/\{([^{}\n]*)\}/g, attributes],
  // A claim^[Its source.]
  [/\^\[([^[\]\n]+)\]/g, ({ inner }) => ` (${inner})`],
  // ==marked==
  [/==([^=\n]+)==/g, marked],
];

function withoutSize(alt: string): string {
  return alt.replace(/\|\d{1,5}(?:x\d{1,5})?$/, '');
}

function wikiLink({ whole, inner, after }: Found): string {
  const [place = '', ...aliases] = inner.split('|');
  const [name = '', ...headings] = place.replace(/\\$/, '').split('#');
  const alias = aliases.join('|').trim();
  const path = name.trim();
  if (/^\s/.test(inner) || /^[([]/.test(after)) return whole; // a test of a shell, words of a link
  if (whole.startsWith('!') && /\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$/i.test(path))
    return `![${/^\d{1,5}(?:x\d{1,5})?$/.test(alias) ? '' : alias}](<${path}>)`;
  const heading = headings.join('#').trim();
  const words = alias || (path === '' ? heading : (path.split('/').at(-1) ?? path));
  const file = path === '' || /\.\w{1,5}$/.test(path) ? path : `${path}.md`;
  const anchor = heading === '' ? '' : `#${new GithubSlugger().slug(heading)}`;
  return words === '' ? whole : `[${words}](<${file}${anchor}>)`;
}

/** In braces behind what they are said of, alone in a line, or with the colon of kramdown. */
function attributes({ whole, inner, before, after }: Found): string {
  const isAlone = before.trim() === '' && after.trim() === '';
  if (/^::?(?:\/|nomarkdown|options)/.test(inner) || (isAlone && inner.startsWith(':'))) return '';
  const names = inner
    .replace(/^:/, '')
    .replace(/"[^"]*"|'[^']*'/g, 'x')
    .trim()
    .split(/\s+/);
  const isBehind = /[)\]`*_>]$/.test(before) || inner.startsWith(':');
  const areAll = names.every((name) => /^(?:[#.][A-Za-z][\w-]*|[A-Za-z][\w-]*=[\w.%-]+)$/.test(name));
  return areAll && (isBehind || isAlone) ? '' : whole;
}

function marked({ whole, inner, before, after }: Found): string {
  const isWord = /\w$|=$/.test(before) || /^[\w=]/.test(after);
  return isWord || inner.trim() !== inner ? whole : `<mark>${inner}</mark>`;
}

/** Replaces what a pattern finds, but for code. */
export function rewriteOutside(text: string, pattern: RegExp, by: By): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const isCode = codeTest(text);
  const pieces = found.flatMap(({ 0: whole, 1: inner = '', index: start }) => {
    const end = start + whole.length;
    if (isCode({ start, end })) return [];
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const after = text.slice(end).split('\n', 1)[0] ?? '';
    return [{ start, end, by: by({ whole, inner, before, after }) }];
  });
  return splice(text, pieces);
}

/** ```` ```{.python .lines} ```` and ```` ```js{1,3} ````: the language of a block of code without what else is said of it. */
function withPlainInfo(markdown: string): string {
  if (!markdown.includes('{')) return markdown;
  const blocks = rangesOf(parseBounded(markdown), ({ type }) => type === 'code');
  const pieces = blocks.flatMap(({ start }) => {
    const line = markdown.slice(start).split('\n', 1)[0] ?? '';
    const [fence = ''] = /^(?:`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === '' || !line.includes('{')) return [];
    const language = /[A-Za-z][\w#+-]*/.exec(line)?.[0] ?? '';
    return [{ start, end: start + line.length, by: fence + language }];
  });
  return splice(markdown, pieces);
}
