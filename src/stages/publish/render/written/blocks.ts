/** Lines that editors and generators know and CommonMark does not: boxes, lists of terms, names of headings, tables of contents. Pure. */

import { fencedLines } from '../../../../util/text/fences.ts';
import { boxed, isBox } from './meanings.ts';

/** Lines outside of fenced code; what a line becomes may be several, and undefined leaves it as it is. */
type Reader = (lines: readonly Line[]) => readonly string[];

interface Line {
  readonly text: string;
  readonly isCode: boolean;
}

export function settleBlocks(markdown: string): string {
  return [settleContainers, settleAdmonitions, settleLines, settleTerms].reduce(
    (text, read) => read(linesOf(text)).join('\n'),
    markdown,
  );
}

function linesOf(markdown: string): Line[] {
  const lines = markdown.split('\n');
  const fenced = fencedLines(lines);
  // Code by indent, as far as it can be told without its surroundings.
  return lines.map((text, at) => ({ text, isCode: fenced[at] === true || /^(?: {4}|\t)/.test(text) }));
}

/** `:::tip Title` up to `:::`: a box, or only what stands in it. */
const settleContainers: Reader = (lines) => {
  const open: string[] = [];
  const written = lines.map(({ text, isCode }) => {
    const line = text.trim();
    if (isCode || !line.startsWith(':::')) return text;
    const rest = line.replace(/^:+/, '').trim();
    if (rest === '') return open.pop() ?? text;
    const kind = /^[\w-]*/.exec(rest)?.[0] ?? '';
    const title = rest
      .slice(kind.length)
      .replace(/\{[^{}]*\}/g, '')
      .trim()
      .replace(/^\[|\]$/g, '');
    const box = isBox(kind) ? boxed(kind, title) : { before: '\n', after: '\n' };
    open.push(box.after);
    return box.before;
  });
  return open.length > 0 ? lines.map(({ text }) => text) : written;
};

/** `!!! note "Title"` and the lines that are indented below it, which would be code. */
const settleAdmonitions: Reader = (lines) => {
  let after: string | undefined;
  const written: string[] = [];
  for (const { text } of lines) {
    const isInside = after !== undefined && (text.trim() === '' || /^(?: {4}|\t)/.test(text));
    if (after !== undefined && !isInside) {
      written.push(after);
      after = undefined;
    }
    const kind = /^(?:!!!|\?\?\?\+?) ([\w-]+)/.exec(text)?.[1];
    if (!isInside && kind !== undefined && isBox(kind)) {
      const box = boxed(kind, /"([^"]*)"/.exec(text)?.[1] ?? '');
      written.push(box.before);
      after = box.after;
    } else written.push(isInside ? text.replace(/^(?: {4}|\t)/, '') : text);
  }
  return after === undefined ? written : [...written, after];
};

/** What a line says by itself. */
const settleLines: Reader = (lines) =>
  lines.map(({ text, isCode }, at) => {
    if (isCode) return text;
    const line = text.trim();
    const next = lines[at + 1]?.text.trim() ?? '';
    const isContents = /^(?:\[\[_?toc_?\]\]|\[toc\]|\$\{toc\}|\{:\s?toc\b.*\})$/i.test(line);
    if (isContents || (/^[-*+] /.test(line) && /^\{:\s?toc\b/.test(next))) return '';
    if (/^\*\[[^\]]+\]:/.test(line)) return ''; // what an abbreviation means
    if (line.startsWith('#') && line.endsWith('}')) return withName(text);
    if (line.startsWith('>')) return callout(text);
    return withoutBlockName(text);
  });

/** `## Heading {#name .class}` */
function withName(text: string): string {
  const at = text.lastIndexOf('{');
  const name = /^\{:?\s?#([\w-]+)/.exec(text.slice(at))?.[1];
  return at === -1 || name === undefined ? text : `${text.slice(0, at).trimEnd()} <a id="${name}"></a>`;
}

/** `> [!NOTE] Title` */
function callout(text: string): string {
  const lead = /^[ \t>]*/.exec(text)?.[0] ?? '';
  const [mark, inner = ''] = /^\[!([^\]]+)\][+-]?/.exec(text.slice(lead.length)) ?? [];
  const kind = /^[\w-]+/.exec(inner)?.[0];
  if (mark === undefined || kind === undefined) return text;
  const title = text.slice(lead.length + mark.length).trim();
  if (title === '' && !isBox(kind)) return text;
  return `${lead}**${title || `${kind.slice(0, 1).toUpperCase()}${kind.slice(1).toLowerCase()}`}**\n${lead.trimEnd()}`;
}

/** `The end of a block. ^1a2b3c`, for links of its editor. */
function withoutBlockName(text: string): string {
  const name = / \^([\w-]+)$/.exec(text.trimEnd())?.[1];
  return name === undefined || name.length < 4 || /^[\d-]+$/.test(name) ? text : text.slice(0, text.lastIndexOf(' ^'));
}

/** A term, and below it `: its meaning`. */
const settleTerms: Reader = (lines) => {
  const written: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const { text = '', isCode = false } = lines[at] ?? {};
    const first = lines[at + 1]?.text === '' ? at + 2 : at + 1;
    const meanings: string[] = [];
    while (/^:[ \t]/.test(lines[first + meanings.length]?.text ?? ''))
      meanings.push((lines[first + meanings.length]?.text ?? '').slice(1).trim());
    if (isCode || meanings.length === 0 || text.trim() === '' || /^[\s>#:|*+-]|^\d+[.)]/.test(text)) {
      written.push(text);
      continue;
    }
    const parts = meanings.map((meaning) => `<dd>\n\n${meaning}\n\n</dd>`);
    written.push('', '<dl>', `<dt>\n\n${text}\n\n</dt>`, ...parts, '</dl>', '');
    at = first + meanings.length - 1;
  }
  return written;
};
