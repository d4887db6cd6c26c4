/** Emphasis beside Chinese, Japanese and Korean signs, written so that a strict CommonMark parser sees it too. */

import type { Nodes } from 'mdast';
import { parseBounded, parseStrict, type Range, splice } from '../../../../util/text/markdown.ts';
import { trimTail } from '../../../../util/text/trim-edges.ts';
import { hasCjk } from '../clean-text.ts';

const MARKS: Readonly<Record<string, string>> = { strong: '**', emphasis: '*', delete: '~~' };
/** Nested marks need a pass for each level. */
const MAX_PASSES = 3;

/**
 * In `**중요(important)**은` CommonMark does not close the emphasis: the mark stands between a punctuation sign and a letter. Punctuation at
 * the edge moves out of the emphasis: `**중요(important**)은`. Where that does not help, the marks are removed.
 */
export function withoutLostEmphasis(markdown: string): string {
  if (!hasCjk(markdown) || !/[*_~]/.test(markdown)) return markdown;
  let text = markdown;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const lost = lostIn(text);
    if (lost.length === 0) return text;
    text = splice(
      text,
      lost.map((node) => pieceFor(text, node, tightened)),
    );
  }
  return splice(
    text,
    lostIn(text).map((node) => pieceFor(text, node, (_node, inner) => inner)),
  );
}

/** Outermost marks that this project's parser sees and a strict one does not. */
function lostIn(markdown: string): Nodes[] {
  const strict = new Set(marksIn(parseStrict(markdown), ALL).map(placeOf));
  return marksIn(parseBounded(markdown), (node) => !strict.has(placeOf(node)));
}

function marksIn(node: Nodes, isWanted: (node: Nodes) => boolean): Nodes[] {
  const isMark = MARKS[node.type] !== undefined;
  const inner = 'children' in node ? node.children : [];
  if (isMark && isWanted(node))
    return [node, ...(isWanted === ALL ? inner.flatMap((one) => marksIn(one, isWanted)) : [])];
  return inner.flatMap((one) => marksIn(one, isWanted));
}

const ALL = () => true;

function placeOf({ type, position }: Nodes): string {
  return `${type} ${position?.start.offset} ${position?.end.offset}`;
}

function pieceFor(
  markdown: string,
  node: Nodes,
  rewrite: (node: Nodes, inner: string, mark: string) => string,
): Range & { readonly by: string } {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? start;
  const mark = MARKS[node.type] ?? '';
  return { start, end, by: rewrite(node, markdown.slice(start + mark.length, end - mark.length), mark) };
}

function tightened(node: Nodes, inner: string, mark: string): string {
  const children = 'children' in node ? node.children : [];
  const [only] = children;
  const link = children.length === 1 && only?.type === 'link' ? /^\[([^[\]\\]+)\](\(.*\))$/s.exec(inner) : null;
  if (link !== null) return `[${mark}${link[1]}${mark}]${link[2]}`;
  const lead = only?.type === 'text' ? (/^[\p{P}\p{S}\s]*/u.exec(inner)?.[0] ?? '') : '';
  const rest = inner.slice(lead.length);
  const tail = children.at(-1)?.type === 'text' ? rest.slice(trimTail(rest, /[\p{P}\p{S}\s]/u).length) : '';
  const core = inner.slice(lead.length, inner.length - tail.length);
  return core === '' ? inner : `${lead}${mark}${core}${mark}${tail}`;
}
