/** Drops forms that ask for an address of mail, with the words that advertise them. */

import type { Box } from '../outline.ts';
import { RunningSum } from '../sums.ts';
import { type Choice, drop, isProse, isRunningText } from './choice.ts';

/** A form around a whole page is heavier. */
const HEAVIEST = 450;
/** Before that much running text a form belongs to what a front page is about. */
const LEAST_PARAGRAPHS = 2;
const PARTS: ReadonlySet<string> = new Set(['body', 'main', 'article']);

export function dropSignUps(choice: Choice): void {
  if (!isRunningText(choice)) return;
  const { outline, kept, weights } = choice;
  const weightOf = new RunningSum(weights);
  const paragraphs = new RunningSum(
    outline.blocks.map((block, index) => Number(kept[index] === true && isProse(block))),
  );
  const isLight = ({ first, end }: Box) => weightOf.between(first, end) <= HEAVIEST;
  for (const form of outline.boxes) {
    if (form.tag !== 'form' || form.element.getAttribute('data-asks') !== 'mail' || !isLight(form)) continue;
    if (paragraphs.between(0, form.first) < LEAST_PARAGRAPHS) continue;
    let box = form;
    while (box.parent !== undefined && !PARTS.has(box.parent.tag) && isLight(box.parent)) box = box.parent;
    drop(choice, box.first, box.end);
  }
}
