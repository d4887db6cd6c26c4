/** Rewrites code blocks into the form that every generator's parser reads as code. Text that one parser reads as code could be active HTML for another. */

import type { Code, Nodes } from 'mdast';
import { parseBounded, type Range, splice } from '../../../../util/text/markdown.ts';

export interface CodeOptions {
  /** The generator reads fences at the left margin only: code in lists and quotations becomes inline code. */
  readonly atMarginOnly: boolean;
}

/** Closed fences with at most one word as info; code by indent, unclosed fences and other info strings are written again as such fences. */
export function settleCode(markdown: string, { atMarginOnly }: CodeOptions): string {
  const pieces: (Range & { readonly by: string })[] = [];
  const visit = (node: Nodes, isRoot: boolean): void => {
    if (node.type === 'code') {
      const { start, end } = node.position ?? {};
      if (start?.offset === undefined || end?.offset === undefined) return;
      const source = markdown.slice(start.offset, end.offset);
      const from = markdown.lastIndexOf('\n', start.offset - 1) + 1;
      const prefix = isRoot ? '' : markdown.slice(from, start.offset).replace(/[^>\s]/g, ' ');
      if (atMarginOnly && !isRoot)
        pieces.push({ start: start.offset, end: end.offset, by: asInlineCode(node.value, prefix) });
      else if (!isPlainFence(source, prefix) || (isRoot && from !== start.offset))
        pieces.push({ start: isRoot ? from : start.offset, end: end.offset, by: fenced(node, prefix) });
      return;
    }
    if ('children' in node) for (const child of node.children) visit(child, node.type === 'root');
  };
  visit(parseBounded(markdown), true);
  return splice(markdown, pieces);
}

/** Opening and closing fence are the same, and the info is one word; `js-vue` would run what stands in the code. */
function isPlainFence(source: string, prefix: string): boolean {
  const opening = /^(`{3,}|~{3,})[ ]{0,9}(?![\w#.+-]{0,99}-vue\b)[\w#.+-]{0,99}[ ]{0,9}\n/.exec(source);
  if (opening === null) return false;
  const last = source.slice(source.lastIndexOf('\n') + 1);
  return last.slice(Math.min(prefix.length, /^[>\s]*/.exec(last)?.[0].length ?? 0)).trim() === opening[1];
}

function fenced({ value, lang }: Code, prefix: string): string {
  const longest = Math.max(2, ...[...value.matchAll(/`+/g)].map(({ 0: run }) => run.length));
  const fence = '`'.repeat(longest + 1);
  const info = /^[\w#.+-]+$/.test(lang ?? '') ? (lang ?? '').replace(/-vue$/, '') : '';
  const lines = value === '' ? [] : value.split('\n');
  return [`${fence}${info}`, ...lines.map((line) => prefix + line), prefix + fence].join('\n');
}

/** A line of inline code for each line of code, with hard line breaks. */
function asInlineCode(code: string, prefix: string): string {
  return code
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(({ 0: run }) => run.length));
      const marks = '`'.repeat(longest + 1);
      const pad = longest > 0 ? ' ' : '';
      return `${marks}${pad}${line.trim()}${pad}${marks}`;
    })
    .join(`  \n${prefix}`);
}
