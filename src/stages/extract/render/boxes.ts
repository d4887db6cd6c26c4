/** Inline boxes that a style sheet separates: names and values, chips, cards. Without style they would be read as one word or number. */

import type { ElementNode, TreeNode } from '../document/nodes.ts';
import { shortText } from '../document/settle/tools.ts';
import type { Apart } from './inline/runs.ts';

/** Each of these is a separate item. */
const THINGS = new Set(['a', 'label', 'button', 'kbd', 'time', 'output', 'summary']);
const MAX_BOXES = 60;

/** Probability that an element is visually separated from the adjacent one before it. */
export function apartness(before: ElementNode, element: ElementNode): Apart {
  if (before.localName === element.localName && THINGS.has(element.localName)) return 'surely';
  let known = KNOWN.get(element);
  if (known === undefined) {
    known = isOneOfBoxes(element) ? 'likely' : 'unlikely';
    KNOWN.set(element, known);
  }
  return known;
}

const KNOWN = new WeakMap<ElementNode, Apart>();

/** Judges all that touch each other at once, so that a long row costs no more than its length. */
function isOneOfBoxes(element: ElementNode): boolean {
  const row = rowOf(element);
  const isBoxes = areBoxes(row);
  for (const one of row) KNOWN.set(one, isBoxes ? 'likely' : 'unlikely');
  return isBoxes;
}

/** The elements that touch each other around this one. */
function rowOf(element: ElementNode): ElementNode[] {
  const row = [element];
  for (let node = element.previousSibling; node?.nodeType === 1 && row.length < MAX_BOXES; node = node.previousSibling)
    row.unshift(node);
  for (let node = element.nextSibling; node?.nodeType === 1 && row.length < MAX_BOXES * 2; node = node.nextSibling)
    row.push(node);
  return row;
}

/** Short texts without white space at their ends; in prose some would have it. */
function areBoxes(row: readonly ElementNode[]): boolean {
  const texts: string[] = [];
  for (const element of row) {
    if (/^\s|\s$/.test(edges(element))) return false;
    const text = shortText(element, 90);
    if (text.length > 80) return false;
    if (text !== '') texts.push(text);
  }
  if (texts.length < 2 || isSpelledOut(texts)) return false;
  const [before, after] = [row[0]?.previousSibling, row.at(-1)?.nextSibling];
  if (isTextEnding(before, /[\p{L}\p{N}]$/u, -1) || isTextEnding(after, /^[\p{L}\p{N}]/u, 1)) return false;
  const isInText = [before, after].some((node) => node?.nodeType === 3 && node.data.trim() !== '');
  // Within a sentence only boxes of one kind are believed to be boxes.
  const kinds = new Set(row.map(({ localName, className }) => `${localName} ${className}`));
  return !isInText || (kinds.size === 1 && row[0]?.className !== '');
}

function isTextEnding(node: TreeNode | null | undefined, pattern: RegExp, side: 1 | -1): boolean {
  return node?.nodeType === 3 && pattern.test(side === 1 ? node.data.slice(0, 2) : node.data.slice(-2));
}

function edges(element: ElementNode): string {
  const [first, last] = [element.firstChild, element.lastChild];
  return `${first?.nodeType === 3 ? first.data.slice(0, 1) : '.'}${last?.nodeType === 3 ? last.data.slice(-1) : '.'}`;
}

/** One word whose letters move one by one. */
function isSpelledOut(texts: readonly string[]): boolean {
  return (
    texts.length >= 3 && texts.every((text) => [...text].length === 1) && texts.some((text) => /\p{Ll}/u.test(text))
  );
}

const WORD = /[\p{L}\p{N}]/u;

/** Separator of two adjacent boxes: nothing or a space. */
export function between(before: string, after: string, apart: Apart): '' | ' ' {
  const left = before.at(-1) ?? ' ';
  const right = after.at(0) ?? ' ';
  if (/\s/.test(left) || /\s/.test(right)) return '';
  if (/\d/.test(left) && /\d/.test(right)) return ' ';
  if (
    /[.!?。！？]/.test(left) &&
    /\p{Lu}|[가-힣一-龥ぁ-ヿ]/u.test(right) &&
    /[\p{Ll}\p{Lo}]/u.test(before.at(-2) ?? '')
  )
    return ' ';
  if (/[:;]/.test(left) && WORD.test(right)) return /\d/.test(before.at(-2) ?? '') && /\d/.test(right) ? '' : ' ';
  if (apart === 'unlikely') return '';
  const isClosed = WORD.test(left) || /[)\]%°€£+]/.test(left);
  const opens = WORD.test(right) || /[([$€£₩#]/.test(right);
  return isClosed && opens ? ' ' : '';
}
