/**
 * Puts plain elements in the place of what pages build out of many: formulas, players, code with a gutter, buttons that are questions.
 * Everything later (which parts are the article, how they are written) then sees HTML that says what it means.
 */

import { type ElementNode, elementsInside, type TreeDocument } from '../nodes.ts';
import { settleButtons } from './settle-buttons.ts';
import { settleCode } from './settle-code.ts';
import { settleComponents } from './settle-components.ts';
import { settleCopies } from './settle-copies.ts';
import { settleFormulas } from './settle-formulas.ts';
import { settleHeadings } from './settle-headings.ts';
import { settleMedia } from './settle-media.ts';

/** Each takes the elements of the page in document order; what an earlier one took out is no longer attached. */
const STEPS: readonly ((elements: readonly ElementNode[]) => void)[] = [
  settleFormulas,
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
