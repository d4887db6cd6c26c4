/** Inline boxes that a style sheet separates: names and values, chips, cards. Without style they would be read as one word or number. */

import type { ElementNode, TreeNode } from '../document/nodes.ts';
import { shortText } from '../document/settle/tools.ts';
import { BLOCK_TAGS } from '../document/tags.ts';
import type { Apart } from './inline/runs.ts';

/** Each of these is a separate item. */
const THINGS = new Set(['a', 'label', 'button', 'kbd', 'time', 'output', 'summary']);
const MAX_BOXES = 60;

/** Probability that an element is visually separated from the adjacent one before it. */
export function apartness(before: ElementNode, element: ElementNode): Apart {
  const isThing = before.localName === element.localName && THINGS.has(element.localName);
  if (isThing && !(element.localName === 'a' && isRunOfLinks(before, element))) return 'surely';
  return KNOWN.get(element) ?? judgeRow(element);
}

const KNOWN = new WeakMap<ElementNode, Apart>();

/** Judges all that touch each other at once, so that a long row costs no more than its length. */
function judgeRow(element: ElementNode): Apart {
  const row = rowOf(element);
  const apart = isRun(row) ? 'run' : areBoxes(row) ? 'likely' : 'unlikely';
  for (const one of row) KNOWN.set(one, apart);
  return apart;
}

/** Scripts that write no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Words of a sentence that are links each, in a script without spaces. */
function isRunOfLinks(before: ElementNode, element: ElementNode): boolean {
  if (!UNSPACED.test(shortText(before, 40).slice(-1))) return false;
  const touches = isTextEnding(before.previousSibling, UNSPACED, -1) || isTextEnding(element.nextSibling, UNSPACED, 1);
  return touches || isSentence(element);
}

/** Pieces of a text that an editor styled one by one: `In 20` `26 it was`. They are in a sentence, and no class sets one of them apart. */
function isRun(row: readonly ElementNode[]): boolean {
  const [first] = row;
  if (first === undefined || row.some(({ localName }) => THINGS.has(localName) || localName === 'code')) return false;
  const names = row.map(({ className }) => className.split(/\s+/).filter((name) => name !== ''));
  const isAlike =
    names.every((own) => own.length === 0) || names[0]?.some((name) => names.every((own) => own.includes(name)));
  if (isAlike !== true) return false;
  return isSentence(first) || (names[0]?.length === 0 && row.every((one) => UNSPACED.test(shortText(one, 40))));
}

const SENTENCE_END = /[\p{L}\p{N}%)\]][.!?…][”"’')\]]?(?:\s|$)|[。！？]/u;
const LEAST_SENTENCE = 10;
const SENTENCES = new WeakMap<ElementNode, boolean>();

/** In a block that is running text. */
function isSentence(element: ElementNode): boolean {
  let block = element.parentNode;
  while (block !== null && !BLOCK_TAGS.has(block.localName)) block = block.parentNode;
  if (block === null) return false;
  let known = SENTENCES.get(block);
  if (known === undefined) {
    const text = shortText(block);
    known = text.length >= LEAST_SENTENCE && SENTENCE_END.test(text);
    SENTENCES.set(block, known);
  }
  return known;
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

/** `Speed: 1` and `4 knots`: of two numbers in boxes one stands alone. */
function isMixed(before: string, after: string): boolean {
  return (
    /\p{L}[^\p{L}\d]{1,3}[\d.,]{1,20}$/u.test(before.slice(-30)) && /^[\d.,]{1,20}\s\p{L}/u.test(after.slice(0, 30))
  );
}

/** Separator of two adjacent boxes: nothing or a space. */
export function between(before: string, after: string, apart: Apart): '' | ' ' {
  const left = before.at(-1) ?? ' ';
  const right = after.at(0) ?? ' ';
  if (/\s/.test(left) || /\s/.test(right)) return '';
  if (apart === 'run' && !(/[.!?:;]/.test(left) || (/\p{Ll}/u.test(left) && /\p{Lu}/u.test(right)))) return '';
  if (apart !== 'surely' && /\d/.test(left) && /\d/.test(right) && isMixed(before, after)) return '';
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
