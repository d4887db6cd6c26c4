/** Turns every code listing into one `<pre>` with its text and language, whatever markup the highlighter used. */

import { type ElementNode, nextInside } from '../../nodes.ts';
import { closest, neighbour, replaceByText, shortText } from '../tools.ts';
import { codeLanguage } from './code-language.ts';
import { codeText, isNumbersOnly } from './code-text.ts';
import { isListing } from './listing-box.ts';

export function settleCode(elements: readonly ElementNode[]): void {
  const settled = new Set<ElementNode>();
  for (const element of elements) {
    const isTable = element.localName === 'table';
    if (
      !(isTable ? isListingTable(element) : LISTINGS.has(element.localName) || isListing(element)) ||
      element.parentNode === null ||
      closest(element, 12, (node) => settled.has(node)) !== undefined
    )
      continue;
    const table = isTable ? element : tableAround(element);
    const listing = (table === undefined ? undefined : settleTable(table)) ?? settleListing(element);
    settled.add(element);
    if (table !== undefined) settled.add(table);
    if (listing !== undefined) settled.add(listing);
  }
}

/** `xmp` and `listing` are older names of `pre`. */
const LISTINGS: ReadonlySet<string> = new Set(['pre', 'xmp', 'listing']);

/** Line numbers beside code, without a `pre` around it. */
function isListingTable(table: ElementNode): boolean {
  if (linesOf(table) !== undefined) return true;
  const code = codeCell(table);
  if (code === undefined || code.getElementsByTagName('pre').length > 0) return false;
  return IS_CODE.test(code.className) || firstCode(code) !== undefined;
}

function settleListing(pre: ElementNode): ElementNode | undefined {
  const [table] = pre.getElementsByTagName('table');
  const lines = table === undefined ? undefined : linesOf(table);
  if (lines !== undefined) return put(pre, textOf(lines), codeLanguage(pre, firstCode(pre)));
  const inner = innermost(pre);
  return put(pre, codeText(inner ?? pre), codeLanguage(pre, firstCode(pre)));
}

function tableAround(pre: ElementNode): ElementNode | undefined {
  return closest(pre, 7, ({ localName }) => localName === 'table');
}

/** A table of one row with a gutter cell and a code cell is the listing. */
function settleTable(table: ElementNode): ElementNode | undefined {
  const lines = linesOf(table);
  if (lines !== undefined) return put(table, textOf(lines), codeLanguage(lines[0] ?? table, firstCode(table)));
  const code = codeCell(table);
  if (code === undefined) return undefined;
  const listing = code.getElementsByTagName('pre')[0] ?? code;
  return put(table, codeText(listing), codeLanguage(listing, firstCode(listing)));
}

/** The code cells of a table with one row a line: a gutter that is empty or counts, and a cell that is called code. */
function linesOf(table: ElementNode): ElementNode[] | undefined {
  const lines: ElementNode[] = [];
  for (let row = firstRow(table); row !== null; row = row.nextElementSibling) {
    const [gutter, code, more] = row.children;
    if (gutter === undefined || code === undefined || more !== undefined || !IS_CODE.test(code.className))
      return undefined;
    const number = gutter.textContent.trim();
    if (number !== '' && number !== String(lines.length + 1)) return undefined;
    lines.push(code);
  }
  return lines.length < 2 ? undefined : lines;
}

function textOf(lines: readonly ElementNode[]): string {
  return lines.map(codeText).join('\n');
}

const IS_CODE = /(?:^|[\s_-])code(?:$|[\s_-])/i;

function firstRow(table: ElementNode): ElementNode | null {
  let row = table.firstElementChild;
  for (let steps = 0; row !== null && row.localName !== 'tr' && steps < 3; steps += 1)
    row = row.localName === 'tbody' ? row.firstElementChild : row.nextElementSibling;
  return row;
}

function codeCell(table: ElementNode): ElementNode | undefined {
  const row = firstRow(table);
  if (row?.localName !== 'tr' || row.nextElementSibling !== null) return undefined;
  const gutter = row.firstElementChild;
  const code = gutter?.nextElementSibling;
  if (gutter === null || code === null || code === undefined || code.nextElementSibling !== null) return undefined;
  return isNumbersOnly(gutter.textContent) ? code : undefined;
}

/** The listing inside of a `pre` that holds a table of gutter and code. */
function innermost(pre: ElementNode): ElementNode | undefined {
  const [table] = pre.getElementsByTagName('table');
  const code = table === undefined ? undefined : codeCell(table);
  return code === undefined ? undefined : (code.getElementsByTagName('pre')[0] ?? code);
}

function firstCode(pre: ElementNode): ElementNode | undefined {
  for (let node = nextInside(pre, pre); node !== null; node = nextInside(node, pre))
    if (node.nodeType === 1 && node.localName === 'code') return node;
  return undefined;
}

function put(target: ElementNode, text: string, language: string): ElementNode | undefined {
  if (target.parentNode === null) return undefined;
  if (text.trim() === '') {
    target.remove();
    return undefined;
  }
  const pre = replaceByText(target, 'pre', text);
  if (language !== '') pre.setAttribute('data-language', language);
  dropLabel(pre, language);
  dropFrame(pre);
  return pre;
}

/** A box that holds only the listing is its frame, whatever its name. */
function dropFrame(pre: ElementNode): void {
  for (let step = 0; step < 4; step += 1) {
    const frame = pre.parentNode;
    if (frame === null || !/^(?:div|figure|span)$/.test(frame.localName) || frame.parentNode === null) return;
    if (neighbour(pre, 'previousSibling') !== null || neighbour(pre, 'nextSibling') !== null) return;
    frame.parentNode.replaceChild(pre, frame);
  }
}

/** The bar above a listing repeats its language and offers to copy it. */
function dropLabel(pre: ElementNode, language: string): void {
  const before = neighbour(pre, 'previousSibling');
  if (before === null || before.nodeType !== 1 || before.localName === 'pre' || /^h\d$/.test(before.localName)) return;
  const buttons = before
    .getElementsByTagName('*')
    .filter((node) => node.localName === 'button' || node.getAttribute('role') === 'button');
  const label = buttons
    .slice(0, 4)
    .reduce((text, button) => text.replace(shortText(button), ''), shortText(before, 80))
    .trim();
  const isLabel = label === '' ? buttons.length > 0 : language !== '' && label.toLowerCase() === language;
  if (isLabel) before.remove();
}
