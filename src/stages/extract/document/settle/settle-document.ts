/**
 * Replaces complex markup by plain elements: formulas, players, code with line numbers, buttons that are questions.
 * All later steps (choosing and rendering the article) then see semantic HTML.
 */

import { type ElementNode, elementsInside, type TreeDocument } from '../nodes.ts';
import { settleLines } from '../shown/shown-lines.ts';
import { settleCode } from './code/settle-code.ts';
import { settleFormulas } from './formulas/settle-formulas.ts';
import { settleTexInText, type TexDelimiters } from './formulas/tex-in-text.ts';
import { settleButtons } from './settle-buttons.ts';
import { settleComponents } from './settle-components.ts';
import { settleCopies } from './settle-copies.ts';
import { settleHeadings } from './settle-headings.ts';
import { settleMedia } from './settle-media.ts';
import { settleNotes } from './settle-notes.ts';

/** Each gets the page's elements in document order; elements that an earlier step removed are detached. */
const STEPS: readonly ((elements: readonly ElementNode[]) => void)[] = [
  settleFormulas,
  settleLines,
  settleCopies,
  settleCode,
  settleNotes,
  settleHeadings,
  settleButtons,
  settleMedia,
  settleComponents,
];

/** `tex`: delimiters of formulas in the text. */
export function settleDocument(document: TreeDocument, tex: TexDelimiters | undefined): void {
  const elements = elementsInside(document.body, () => true);
  if (tex !== undefined) settleTexInText(elements, tex);
  for (const settle of STEPS) settle(elements);
}
