/** From the chances of single blocks to a text that hangs together: tables whole, lists without holes, headings with what they head. */

import type { Outline, TextBlock } from '../outline.ts';
import type { Choice } from './choice.ts';
import { fillGaps } from './gaps.ts';
import { settleHeadings } from './headings.ts';
import { settleLabels } from './labels.ts';
import { fillCounted, fillKin, fillWholes, settleTables } from './lists.ts';
import { chooseThreshold } from './threshold.ts';

/** Each changes the choice; the order matters, because later ones look at what earlier ones kept. */
const RULES: readonly ((choice: Choice) => void)[] = [
  continueProse,
  settleTables,
  fillWholes,
  fillKin,
  fillCounted,
  fillGaps,
  settleLabels,
  settleHeadings,
];

export function chooseBlocks(outline: Outline, chances: readonly number[]): boolean[] {
  const weights = outline.blocks.map(({ line }) => line.weight);
  const threshold = chooseThreshold(chances, weights);
  const choice: Choice = { outline, chances, weights, kept: chances.map((chance) => chance > threshold) };
  for (const settle of RULES) settle(choice);
  return choice.kept;
}

/** A sentence after kept text stays down to this chance. */
const CONTINUES = 0.3;

/** A sentence that follows kept text is its continuation unless the judge says otherwise. */
function continueProse({ outline, chances, kept }: Choice): void {
  outline.blocks.forEach((block, index) => {
    kept[index] ||= isProse(block) && kept[index - 1] === true && (chances[index] ?? 0) > CONTINUES;
  });
}

function isProse({ line, linkChars, heading }: TextBlock): boolean {
  return heading === 0 && line.sentenceEnds > 0 && line.weight >= 60 && linkChars < line.chars * 0.3;
}
