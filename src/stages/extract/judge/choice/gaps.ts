/** What stands in a row of kept paragraphs belongs to them, unless the judge says otherwise. */

import type { Box } from '../outline.ts';
import type { Choice } from './choice.ts';

/** A longer gap is a part of its own. */
const LONGEST_GAP = 40;
/** Mean chance of what fills a gap. */
const PERHAPS = 0.25;

export function fillGaps({ outline: { blocks }, chances, kept, weights }: Choice): void {
  for (let before = 0; before < blocks.length; before += 1) {
    if (kept[before] !== true || kept[before + 1] === true) continue;
    let after = before + 1;
    while (after < blocks.length && kept[after] !== true && after - before <= LONGEST_GAP) after += 1;
    if (kept[after] !== true || !areNear(blocks[before]?.box, blocks[after]?.box)) continue;
    let [sum, all] = [0, 0];
    for (let index = before + 1; index < after; index += 1) {
      sum += (chances[index] ?? 0) * (weights[index] ?? 0);
      all += weights[index] ?? 0;
    }
    if (sum > all * PERHAPS) kept.fill(true, before + 1, after);
  }
}

const NEAR = 2;

/** In one box, or in boxes that one box holds at most two levels above. */
function areNear(one: Box | undefined, other: Box | undefined): boolean {
  const around = ancestors(one);
  return ancestors(other).some((box) => around.includes(box));
}

function ancestors(from: Box | undefined): Box[] {
  const boxes: Box[] = [];
  for (let box = from; box !== undefined && boxes.length <= NEAR; box = box.parent) boxes.push(box);
  return boxes;
}
