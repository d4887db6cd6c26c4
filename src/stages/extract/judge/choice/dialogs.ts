/** Drops dialogs between paragraphs: consent and offers are laid over the text and are no part of it. */

import { RunningSum } from '../sums.ts';
import { type Choice, isProse } from './choice.ts';

/** A larger share of the text is an article that is shown in a dialog. */
const MOST = 0.25;

export function dropDialogs({ outline: { boxes, blocks }, kept, weights }: Choice): void {
  const keptWeight = new RunningSum(weights.map((weight, index) => (kept[index] === true ? weight : 0)));
  const all = keptWeight.between(0, weights.length);
  const isText = (index: number): boolean => {
    const block = blocks[index];
    return block !== undefined && kept[index] === true && isProse(block);
  };
  for (const { element, first, end } of boxes)
    if (
      /^(?:alert)?dialog$/i.test(element.getAttribute('role') ?? '') &&
      isText(first - 1) &&
      isText(end) &&
      keptWeight.between(first, end) < all * MOST
    )
      kept.fill(false, first, end);
}
