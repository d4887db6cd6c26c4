/** From the chances of single blocks to a text that hangs together: tables whole, lists without holes, headings with what they head. */

import type { Box, Outline } from './outline.ts';
import { RunningSum } from './sums.ts';
import { chooseThreshold } from './threshold.ts';

/** A list of which this share is kept has no holes, save items that surely do not belong. */
const MOST_OF_A_LIST = 0.7;
const SURELY_NOT = 0.05;
/** A sentence after kept text stays down to this chance. */
const CONTINUES = 0.3;
/** A heading of kept text goes only where the judge is this sure. */
const HEADING_SURELY_NOT = 0.08;
/** A heading above nothing stays only where the judge is this sure. */
const HEADING_SURELY = 0.85;

export function chooseBlocks(outline: Outline, chances: readonly number[]): boolean[] {
  const weights = outline.blocks.map(({ line }) => line.weight);
  const threshold = chooseThreshold(chances, weights);
  const kept = chances.map((chance) => chance > threshold);
  continueProse(outline, chances, kept);
  for (const box of outline.boxes) if (box.tag === 'table') settleTable(box, outline, kept, weights);
  for (const box of outline.boxes) if (LISTS.has(box.tag)) fillList(box, chances, kept, weights);
  settleHeadings(outline, chances, kept);
  return kept;
}

/** A sentence that follows kept text is its continuation unless the judge says otherwise. */
function continueProse({ blocks }: Outline, chances: readonly number[], kept: boolean[]): void {
  blocks.forEach(({ line, linkChars, heading }, index) => {
    const isProse = heading === 0 && line.sentenceEnds > 0 && line.weight >= 60 && linkChars < line.chars * 0.3;
    kept[index] ||= isProse && kept[index - 1] === true && (chances[index] ?? 0) > CONTINUES;
  });
}

const LISTS: ReadonlySet<string> = new Set(['ul', 'ol', 'dl']);

/** Rows of data are kept or dropped together. */
function settleTable(table: Box, { blocks }: Outline, kept: boolean[], weights: readonly number[]): void {
  const rows = blocks.slice(table.first, table.end).filter(({ box }) => box.tag === 'tr').length;
  if (rows < 2 || rows < (table.end - table.first) * 0.7) return;
  const share = shareKept(table, kept, weights);
  kept.fill(share > 0.5, table.first, table.end);
}

function fillList(list: Box, chances: readonly number[], kept: boolean[], weights: readonly number[]): void {
  if (list.end - list.first < 3 || shareKept(list, kept, weights) < MOST_OF_A_LIST) return;
  for (let index = list.first; index < list.end; index += 1) kept[index] ||= (chances[index] ?? 0) > SURELY_NOT;
}

function shareKept({ first, end }: Box, kept: readonly boolean[], weights: readonly number[]): number {
  let [held, all] = [0, 0];
  for (let index = first; index < end; index += 1) {
    all += weights[index] ?? 0;
    held += kept[index] === true ? (weights[index] ?? 0) : 0;
  }
  return all === 0 ? 0 : held / all;
}

/** From the end, so that a heading is settled before the one above it. */
function settleHeadings({ blocks }: Outline, chances: readonly number[], kept: boolean[]): void {
  let textBelow = false;
  let followsHeading = false;
  /** Level of the next kept heading that one of a higher rank would head; 0 where there is none. */
  let inner = 0;
  for (let index = blocks.length - 1; index >= 0; index -= 1) {
    const level = blocks[index]?.heading ?? 0;
    if (level === 0) {
      textBelow = (textBelow && !followsHeading) || kept[index] === true;
      followsHeading = false;
      continue;
    }
    const chance = chances[index] ?? 0;
    if (level < inner || (textBelow && !followsHeading)) kept[index] ||= chance > HEADING_SURELY_NOT;
    else if (!textBelow) kept[index] = kept[index] === true && chance > HEADING_SURELY;
    if (kept[index] === true) inner = level;
    else if (level <= inner) inner = 0;
    followsHeading = true;
  }
}

export function keptBetween(kept: readonly boolean[]): RunningSum {
  return new RunningSum(kept.map(Number));
}
