/** Chooses a coherent text from the probabilities of blocks: whole tables, lists without gaps, headings with their text. */

import type { Outline } from '../outline.ts';
import { type Choice, isProse } from './choice.ts';
import { dropDialogs } from './dialogs.ts';
import { fillGaps } from './gaps.ts';
import { settleHeadings } from './headings.ts';
import { settleLabels } from './labels.ts';
import { fillCounted, fillKin, fillWholes, settleTables } from './lists.ts';
import { dropNeighbours } from './neighbours.ts';
import { keepNotes } from './notes.ts';
import { dropPointers } from './pointers.ts';
import { dropSignUps } from './sign-ups.ts';
import { chooseThreshold } from './threshold.ts';

/** Each changes the choice; the order matters, because later ones look at what earlier ones kept. */
const RULES: readonly ((choice: Choice) => void)[] = [
  continueProse,
  keepListings,
  settleTables,
  fillWholes,
  fillKin,
  fillCounted,
  fillGaps,
  settleLabels,
  dropPointers,
  dropNeighbours,
  dropSignUps,
  keepNotes,
  settleHeadings,
  dropDialogs,
];

export function chooseBlocks(outline: Outline, chances: readonly number[]): boolean[] {
  const weights = outline.blocks.map(({ line }) => line.weight);
  const threshold = chooseThreshold(chances, weights);
  const choice: Choice = {
    outline,
    chances,
    weights,
    kept: chances.map((chance) => chance > threshold),
    dropped: chances.map(() => false),
  };
  for (const settle of RULES) settle(choice);
  return choice.kept;
}

/** A sentence after kept text is kept down to this probability. */
const CONTINUES = 0.3;

/** A sentence that follows kept text is its continuation unless the judge says otherwise. */
function continueProse({ outline, chances, kept }: Choice): void {
  outline.blocks.forEach((block, index) => {
    kept[index] ||= isProse(block) && kept[index - 1] === true && (chances[index] ?? 0) > CONTINUES;
  });
}

/** Code is no boilerplate: between kept blocks it stays down to this chance. */
const LISTED = 0.2;

/** A listing goes with the text before and after it. */
function keepListings({ outline: { blocks }, chances, kept }: Choice): void {
  blocks.forEach(({ box }, index) => {
    if (box.tag === 'pre' && kept[index - 1] === true && kept.includes(true, index + 1))
      kept[index] ||= (chances[index] ?? 0) > LISTED;
  });
}
