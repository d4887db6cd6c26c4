/** Listings that stand in no `pre`: only the style sheet keeps their lines. */

import { type ElementNode, nextInside } from '../../nodes.ts';
import { BLOCK_TAGS } from '../../tags.ts';
import { neighbour } from '../tools.ts';
import { languageOf } from './code-language.ts';

export function isListing(element: ElementNode): boolean {
  if (element.localName === 'code') return isCodeBlock(element);
  return element.localName === 'div' && element.className !== '' && (isNamedBox(element) || isRowOfLines(element));
}

const BLOCK_CLASS = /(?:^|\s)(?:block|d-block|whitespace-pre(?:-wrap)?)(?:\s|$)/;

/** A `code` that is displayed as a block and has lines. */
function isCodeBlock(code: ElementNode): boolean {
  if (!BLOCK_CLASS.test(code.className) && !code.hasAttribute('data-lines')) return false;
  const isAlone = (['previousSibling', 'nextSibling'] as const).every((side) => neighbour(code, side)?.nodeType !== 3);
  return isAlone && code.parentNode?.localName !== 'pre' && hasLines(code.textContent);
}

function hasLines(text: string): boolean {
  return /\S[^\S\n]*\n\s*\S/.test(text);
}

const IS_CODE = /(?:^|[\s_-])(?:code|source|snippet)(?:$|[\s_-])/i;

/** A box with the name of a language, in a box that is called code, with nothing but lines in it. */
function isNamedBox(box: ElementNode): boolean {
  if (!IS_CODE.test(box.className) || languageOf(box) === undefined || !hasLines(box.textContent)) return false;
  for (let node = nextInside(box, box); node !== null; node = nextInside(node, box))
    if (node.nodeType === 1 && (BLOCK_TAGS.has(node.localName) || node.localName === 'code')) return false;
  return true;
}

const LINE = /(?:^|\s)line(?:\s|$)/;
/** Elements of highlighters; the lines of a poem have none. */
const TOKEN = /(?:^|\s)(?:lineno|keyword\w{0,10}|comment|preprocessor|stringliteral|charliteral)(?:\s|$)/;

/** As of Doxygen: each line is a box, and has a number or coloured words. */
function isRowOfLines(box: ElementNode): boolean {
  const first = box.firstElementChild;
  if (first === null || !LINE.test(first.className)) return false;
  const lines = box.children;
  return (
    lines.every(({ localName, className }) => localName === 'div' && LINE.test(className)) &&
    lines.some((line) => line.getElementsByTagName('span').some(({ className }) => TOKEN.test(className)))
  );
}
