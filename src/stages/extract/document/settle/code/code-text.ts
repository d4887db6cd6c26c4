/** The text of a code listing as a reader would copy it: white space and lines kept, without line numbers, prompts and buttons. */

import { type ElementNode, nextInside, type TreeNode } from '../../nodes.ts';
import { BLOCK_TAGS } from '../../tags.ts';
import { shortText } from '../tools.ts';

/** A piece of a listing with an element of its own. */
interface Piece {
  readonly text: string;
  readonly element: ElementNode;
}

export function codeText(pre: ElementNode): string {
  const text = textOf(pre, isLeftOut);
  return text === '' ? textOf(pre, isNumbering) : text;
}

/** What a reader does not copy. */
function isLeftOut(element: ElementNode): boolean {
  return isButton(element) || isNumbering(element) || isBar(element) || element.getAttribute('data-select') === 'none';
}

function textOf(pre: ElementNode, isOut: (element: ElementNode) => boolean): string {
  const lines = linesApart(pre);
  const pieces: Piece[] = [];
  let endsLine = true;
  const add = (text: string, element: ElementNode) => {
    if (text === '') return;
    pieces.push({ text, element });
    endsLine = text.endsWith('\n');
  };
  const visit = (node: TreeNode, owner: ElementNode): void => {
    if (node.nodeType === 3) {
      add(node.data.replace(/\r\n?/g, '\n'), owner);
      return;
    }
    if (node.localName === 'br') add('\n', owner);
    if (node !== pre && isOut(node)) return;
    const isLine = node !== pre && (lines.has(node) || BLOCK_TAGS.has(node.localName));
    if (isLine && pieces.length > 0 && !endsLine) add('\n', owner);
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child, node);
    if (isLine && !endsLine) add('\n', owner);
  };
  visit(pre, pre);
  return withoutMargin(pieces)
    .replace(/\u00a0/g, ' ')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

function isButton(element: ElementNode): boolean {
  const { localName, className, firstElementChild } = element;
  if (localName === 'button' || element.getAttribute('role') === 'button') return true;
  // `copy-code-btn`
  return firstElementChild === null && /copy/i.test(className) && /btn|button/i.test(className);
}

const LABEL = /^[\p{L}\p{N}_+#./ -]{0,24}$/u;
const LONGEST_BAR = 100;

/** A bar inside of the listing: buttons, and at most a label. */
export function isBar(element: ElementNode): boolean {
  if (!BLOCK_TAGS.has(element.localName) || element.getElementsByTagName('button').length === 0) return false;
  return LABEL.test(labelOf(element));
}

/** The text of a bar without its buttons. */
export function labelOf(bar: ElementNode): string {
  const buttons = bar.getElementsByTagName('button').slice(0, MOST_BUTTONS);
  return buttons.reduce((text, button) => text.replace(shortText(button), ''), shortText(bar, LONGEST_BAR)).trim();
}

const MOST_BUTTONS = 6;

/** A list of nothing but 1, 2, 3 beside the lines. */
function isNumbering(list: ElementNode): boolean {
  if (list.localName !== 'ul' && list.localName !== 'ol') return false;
  const items = list.children;
  return items.length > 0 && items.every((item, index) => item.textContent.trim() === String(index + 1));
}

/** Elements that are one line of code each, where only the style sheet breaks the lines. */
function linesApart(pre: ElementNode): ReadonlySet<ElementNode> {
  const holder =
    pre.firstElementChild?.localName === 'code' && pre.firstElementChild.nextElementSibling === null
      ? pre.firstElementChild
      : pre;
  const lines: ElementNode[] = [];
  for (let node = holder.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === 3) {
      if (node.data.trim() !== '' || node.data.includes('\n')) return NONE;
    } else lines.push(node);
  }
  const [first] = lines;
  if (first === undefined || lines.length < 2) return NONE;
  const isSame = (line: ElementNode) =>
    line.localName === first.localName &&
    (line.localName === 'code' || line.hasAttribute('data-line') || /line|row/i.test(line.className));
  return lines.every(isSame) && !holdsLineEnd(holder) ? new Set(lines) : NONE;
}

const NONE: ReadonlySet<ElementNode> = new Set();

function holdsLineEnd(root: ElementNode): boolean {
  for (let node = nextInside(root, root); node !== null; node = nextInside(node, root))
    if (node.nodeType === 3 ? node.data.includes('\n') : node.localName === 'br') return true;
  return false;
}

const NUMBER = /^[ \t]*\d{1,6}[ \t]*\n?$/;
/** Prompts of shells and interpreters. */
const PROMPT =
  /^[ \t]*(?:\$|%|>>>|\.\.\.|❯|➜|In \[\d*\]:|PS [^>\n]{0,60}>|[A-Z]:\\[^>\n]{0,60}>|[\w.@:~/-]{0,40}[$#])[ \t]*$/;

/** Removes line numbers and prompts at the start of lines. */
function withoutMargin(pieces: readonly Piece[]): string {
  const atStart = pieces.map((_, index) => index === 0 || (pieces[index - 1]?.text.endsWith('\n') ?? false));
  const numbers = pieces.flatMap((piece, index) => (atStart[index] === true && NUMBER.test(piece.text) ? [index] : []));
  const counted = countUp(numbers.map((index) => Number(pieces[index]?.text))) && isGutter(numbers, pieces);
  const numbered = new Set(counted ? numbers : []);
  let text = '';
  pieces.forEach((piece, index) => {
    const begins =
      atStart[index] === true || (numbered.has(index - 1) && !(pieces[index - 1]?.text.endsWith('\n') ?? false));
    if (numbered.has(index)) return;
    if (begins && piece.element.localName !== 'pre' && piece.element.localName !== 'code' && PROMPT.test(piece.text))
      return;
    text += text.endsWith('\n') && numbered.has(index - 1) ? piece.text.replace(/^[ \t]?(?=\S)/, '') : piece.text;
  });
  return text;
}

function countUp(numbers: readonly number[]): boolean {
  return (
    numbers.length >= 2 && numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1)
  );
}

/** Line numbers have an element of their own on every line; numbers that belong to the code are part of its text. */
function isGutter(numbers: readonly number[], pieces: readonly Piece[]): boolean {
  const elements = new Set(numbers.map((index) => pieces[index]?.element));
  if (elements.size !== numbers.length || [...elements].some((element) => element?.className === '')) return false;
  const lines = pieces.reduce((count, { text }) => count + (text.match(/\n/g)?.length ?? 0), 0);
  return numbers.length >= lines * 0.5;
}

/** True for the line numbers beside a listing: one number per line, counting up. */
export function isNumbersOnly(text: string): boolean {
  const lines = text.trim().split(/\s+/);
  return (
    lines.length > 0 &&
    lines.every((line) => /^\d{1,6}$/.test(line)) &&
    (lines.length === 1 || countUp(lines.map(Number)))
  );
}
