/** The only Markdown parser: CommonMark with GitHub's tables and footnotes. A single `~` is not a strikethrough, and emphasis works next to Chinese, Japanese and Korean characters. */

import type { Nodes, Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { fencedLines } from './fences.ts';
import { parseOnce } from './parsed-trees.ts';

const strict = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).freeze();
const parser = strict().use(remarkCjkFriendly).freeze();
const parse = parseOnce((markdown) => parser.parse(markdown));

/** More markers in a block, and deeper nesting in a line, than a person writes. */
const MAX_MARKS = 2000;
const MAX_LEVELS = 40;

/** Undefined for a text with too many marks or too deep nesting: parsing it takes quadratic time. */
export function parseMarkdown(markdown: string): Root | undefined {
  return isTooComplex(markdown) ? undefined : parse(markdown);
}

const MIN_PIECE = 4000;

/**
 * Splits text into pieces of a few thousand characters that can be parsed separately: parsing a long text takes hundreds of times its size in memory.
 * A piece ends at an empty line outside of code, before a line that is not indented.
 */
export function* markdownPieces(markdown: string): Generator<string> {
  const lines = markdown.split('\n');
  const fenced = fencedLines(lines);
  let from = 0;
  let size = 0;
  for (const [index, line] of lines.entries()) {
    const isEnd = size >= MIN_PIECE && fenced[index] !== true && lines[index - 1]?.trim() === '' && /^\S/.test(line);
    if (isEnd) {
      yield lines.slice(from, index).join('\n');
      from = index;
      size = 0;
    }
    size += line.length + 1;
  }
  yield lines.slice(from).join('\n');
}

/** For a text that `boundedMarkdown` returned, or a piece of one. */
export function parseBounded(markdown: string): Root {
  return parse(markdown);
}

/** Parses as site generators do, without the rules for Chinese, Japanese and Korean. */
export function parseStrict(markdown: string): Root {
  return strict.parse(markdown);
}

export function isTooComplex(markdown: string): boolean {
  let marks = 0;
  for (const line of markdown.split('\n')) {
    if (line.trim() === '') marks = 0;
    marks += line.match(/[[\]*_`<>&~|!\\]/g)?.length ?? 0;
    if (
      marks > MAX_MARKS ||
      (/^[\s>*+\-\d.)]{0,400}/.exec(line)?.[0].match(/>|[*+-]\s|\d[.)]\s/g)?.length ?? 0) > MAX_LEVELS
    )
      return true;
  }
  return false;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Ranges of the wanted nodes in the text. Does not look inside them, nor inside nodes that `enter` refuses. */
export function rangesOf(
  node: Nodes,
  wanted: (node: Nodes) => boolean,
  enter: (node: Nodes) => boolean = () => true,
): (Range & { readonly node: Nodes })[] {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (wanted(node) && start !== undefined && end !== undefined) return [{ start, end, node }];
  return 'children' in node && enter(node) ? node.children.flatMap((child) => rangesOf(child, wanted, enter)) : [];
}

/** Replaces pieces of a text; everything between them stays unchanged. */
export function splice(text: string, pieces: readonly (Range & { readonly by: string })[]): string {
  let written = '';
  let from = 0;
  for (const { start, end, by } of [...pieces].sort((a, b) => a.start - b.start)) {
    written += text.slice(from, start) + by;
    from = end;
  }
  return written + text.slice(from);
}

/** Headings with their text, both `#` and underlined ones. */
export function headingsOf(root: Root): { readonly depth: number; readonly text: string; readonly line: number }[] {
  return rangesOf(root, ({ type }) => type === 'heading').flatMap(({ node }) =>
    node.type === 'heading' ? [{ depth: node.depth, text: plainText(node), line: node.position?.start.line ?? 1 }] : [],
  );
}

/** Visible text of a node. */
export function plainText(node: Nodes): string {
  if ('value' in node && node.type !== 'html') return node.value;
  if ('alt' in node && typeof node.alt === 'string') return node.alt;
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

const DEEPEST = 40;
const LONGEST_RUN = 200;

/**
 * Makes text parseable in linear time: removes nesting beyond 40 levels and escapes brackets that are never closed.
 * Ordinary text stays unchanged.
 */
export function boundedMarkdown(text: string): string {
  const lines = text.split('\n').map(boundedLine);
  return lines.join('\n').replace(/([`*_~[\](){}<>!|\\])\1{200,}/g, (run) => run.slice(0, LONGEST_RUN));
}

function boundedLine(line: string): string {
  const lead = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*)*/.exec(line)?.[0] ?? '';
  const deep = lead.replace(/[ \t]/g, '').length > DEEPEST || lead.length > DEEPEST * 4;
  const rest = line.slice(lead.length);
  return (deep ? `${lead.slice(0, DEEPEST)} ` : lead) + boundedBrackets(rest);
}

/** Escapes opening brackets that are nested too deep or never closed, if there are many. */
function boundedBrackets(line: string): string {
  if (line.length < LONGEST_RUN || line.split('[').length < DEEPEST) return line;
  const open: number[] = [];
  const unsafe = new Set<number>();
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (sign === '\\') at += 1;
    else if (sign === '[') {
      if (open.length >= DEEPEST) unsafe.add(at);
      else open.push(at);
    } else if (sign === ']') open.pop();
  }
  for (const at of open) unsafe.add(at);
  return unsafe.size === 0
    ? line
    : [...line.split('')].map((sign, at) => (unsafe.has(at) ? `\\${sign}` : sign)).join('');
}
