/** Reads a text once that is in the page twice, for the eye and for screen readers; text for screen readers alone is not read. */

import type { ElementNode, TreeNode } from '../nodes.ts';
import { neighbour, shortText } from './tools.ts';

const MAX_COPY = 200;

export function settleCopies(elements: readonly ElementNode[]): void {
  for (const element of elements) if (element.getAttribute('data-copy') === 'read') settleRead(element);
  for (const element of elements) {
    if (element.getAttribute('data-copy') !== 'seen' || element.parentNode === null) continue;
    if (isWorthReading(element)) element.removeAttribute('data-copy');
    else element.remove();
  }
}

/** The copy for screen readers is the better text (`$12.99` beside a `$12` with raised cents), if it matches the visible one. */
function settleRead(copy: ElementNode): void {
  if (isSignBetweenNumbers(copy)) {
    copy.removeAttribute('data-copy');
    return;
  }
  const read = letters(shortText(copy, MAX_COPY));
  for (const side of ['nextSibling', 'previousSibling'] as const) {
    const seen = seenBeside(copy, side);
    const text = letters(seen.map((element) => shortText(element, MAX_COPY)).join(''));
    if (text === '' || read.length > MAX_COPY) continue;
    if (read !== text && !(read.startsWith(text) && /^\p{L}{1,24}$/u.test(read))) continue;
    for (const element of seen) element.remove();
    copy.removeAttribute('data-copy');
    return;
  }
  copy.remove();
}

/** The stroke of a fraction, a decimal point: what the layout shows and a screen reader has to be told. */
function isSignBetweenNumbers(copy: ElementNode): boolean {
  if (!/^[./,:+×÷−–-]$/.test(shortText(copy, 3))) return false;
  const [before, after] = [neighbour(copy, 'previousSibling'), neighbour(copy, 'nextSibling')];
  return /\d$/.test(textOf(before).trimEnd()) && /^\d/.test(textOf(after).trimStart());
}

function textOf(node: TreeNode | null): string {
  if (node === null) return '';
  return node.nodeType === 3 ? node.data : shortText(node, MAX_COPY);
}

function seenBeside(copy: ElementNode, side: 'previousSibling' | 'nextSibling'): ElementNode[] {
  const seen: ElementNode[] = [];
  let node = neighbour(copy, side);
  while (node !== null && node.nodeType === 1 && node.getAttribute('data-copy') === 'seen' && seen.length < 8) {
    if (side === 'nextSibling') seen.push(node);
    else seen.unshift(node);
    node = neighbour(node, side);
  }
  return seen;
}

function letters(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Signs that count: stars out of five. */
const RATING = /^(?:[★☆⭐✩✭✪●○◐♥♡]\ufe0f?\s?){2,12}$/u;

/** The visible copy is text, unless it is the name of an icon, a symbol or a drawn formula. */
function isWorthReading(element: ElementNode): boolean {
  const text = shortText(element, MAX_COPY);
  if (!/[\p{L}\p{N}]/u.test(text)) return RATING.test(text);
  const isIcon = element.localName === 'i' || /icon|symbol|glyph|(?:^|\s)fa[srlbd]?(?:-|\s)/i.test(element.className);
  if (isIcon && /^[a-z_ ]{2,40}$|^[\ue000-\uf8ff]+$/.test(text)) return false;
  return [neighbour(element, 'previousSibling'), neighbour(element, 'nextSibling')].every(
    (node) => node?.nodeType !== 1 || (node.localName !== 'math' && !node.className.includes('mathml')),
  );
}
