/**
 * Replaces complex markup by plain elements: formulas, players, code with line numbers, buttons that are questions.
 * All later steps (choosing and rendering the article) then see semantic HTML.
 */

import { type ElementNode, elementsInside, type TreeDocument } from '../nodes.ts';
import { settleLines } from '../shown/shown-lines.ts';
import { settleButtons } from './settle-buttons.ts';
import { settleCode } from './settle-code.ts';
import { settleComponents } from './settle-components.ts';
import { settleCopies } from './settle-copies.ts';
import { settleFormulas } from './settle-formulas.ts';
import { settleHeadings } from './settle-headings.ts';
import { settleMedia } from './settle-media.ts';

/** Each gets the page's elements in document order; elements that an earlier step removed are detached. */
const STEPS: readonly ((elements: readonly ElementNode[]) => void)[] = [
  settleFormulas,
  settleLines,
  settleCopies,
  settleCode,
  settleHeadings,
  settleButtons,
  settleMedia,
  settleComponents,
];

export function settleDocument(document: TreeDocument): void {
  const elements = elementsInside(document.body, () => true);
  for (const settle of STEPS) settle(elements);
}
