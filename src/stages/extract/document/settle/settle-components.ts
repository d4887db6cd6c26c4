/** Custom elements: browsers have no style for them, so their surroundings tell whether they are blocks. */

import type { ElementNode } from '../nodes.ts';
import { BLOCK_TAGS } from '../tags.ts';
import { closest, isBlank } from './tools.ts';

export function settleComponents(elements: readonly ElementNode[]): void {
  for (const element of elements) {
    if (element.localName === 'input') settleInput(element);
    if (element.hasAttribute('data-counts-to')) settleCounter(element);
    if (PLAIN.has(element.localName) && isPartOfSentence(element)) element.removeAttribute('class');
    if (!element.localName.includes('-') || element.parentNode === null) continue;
    const isInline = standsInText(element) || !BLOCK_TAGS.has(element.parentNode.localName);
    if (!isInline || holdsBlocks(element)) renameToBlock(element);
  }
}

/** Within a sentence a class is about looks: a drop cap of class `header-font` is no header. */
const PLAIN = new Set(['span', 'b', 'i', 'em', 'strong', 'small', 'big', 'mark', 'u', 'font']);

const MOST_LEVELS = 12;

/** Task lists: only the checkbox tells which items are done. A form that asks for an address is noted. */
function settleInput(input: ElementNode): void {
  const item = input.parentNode?.localName === 'label' ? input.parentNode.parentNode : input.parentNode;
  const isTask =
    input.getAttribute('type') === 'checkbox' && (item?.localName === 'li' || item?.parentNode?.localName === 'li');
  if (isTask) return;
  const asks = `${input.getAttribute('type') ?? ''} ${input.getAttribute('name') ?? ''}`;
  if (/e-?mail/i.test(asks))
    closest(input, MOST_LEVELS, ({ localName }) => localName === 'form')?.setAttribute('data-asks', 'mail');
  input.remove();
}

/** Scripts count figures up from 0 when a reader comes to them: the figure is what they count to. */
function settleCounter(counter: ElementNode): void {
  const { firstChild: text, lastChild } = counter;
  if (text === lastChild && text?.nodeType === 3 && /^\D{0,4}0\D{0,4}$/.test(text.data.trim()))
    text.data = text.data.replace('0', counter.getAttribute('data-counts-to') ?? '0');
}

function standsInText(element: ElementNode): boolean {
  const { previousSibling: before, nextSibling: after } = element;
  return [before, after].some((node) => node !== null && node.nodeType === 3 && !isBlank(node));
}

/** Between words, or inside one. */
function isPartOfSentence({ previousSibling: before, nextSibling: after }: ElementNode): boolean {
  const left = before?.nodeType === 3 ? before.data.slice(-20) : '';
  const right = after?.nodeType === 3 ? after.data.slice(0, 20) : '';
  return (left.trim() !== '' && right.trim() !== '') || /[\p{L}\p{N}]$/u.test(left) || /^[\p{L}\p{N}]/u.test(right);
}

function holdsBlocks(element: ElementNode): boolean {
  for (let child = element.firstElementChild; child !== null; child = child.nextElementSibling)
    if (BLOCK_TAGS.has(child.localName)) return true;
  return false;
}

function renameToBlock(element: ElementNode): void {
  const block = element.ownerDocument.createElement('div');
  block.attributes = element.attributes;
  for (let child = element.firstChild; child !== null; child = element.firstChild) block.appendChild(child);
  element.parentNode?.replaceChild(block, element);
}
