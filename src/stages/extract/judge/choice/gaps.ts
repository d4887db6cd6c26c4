/** Fills gaps in a row of kept paragraphs, unless the judge is sure that they do not belong. */

import type { Box } from '../outline.ts';
import { linkWeight } from '../page-facts.ts';
import type { Choice } from './choice.ts';

/** A longer gap is a separate part. */
const LONGEST_GAP = 40;
/** Mean probability above which a gap is filled, for text and for links, which belong less often. */
const PERHAPS = 0.35;
const LIKELY = 0.45;
const LINKED = 0.3;
/** Lower threshold under a heading that surely belongs. */
const SURE_HEADING = 0.8;
const UNDER_HEADING = 0.2;

export function fillGaps({ outline: { blocks }, chances, kept, weights }: Choice): void {
  for (let before = 0; before < blocks.length; before += 1) {
    if (kept[before] !== true || kept[before + 1] === true) continue;
    let after = before + 1;
    while (after < blocks.length && kept[after] !== true && after - before <= LONGEST_GAP) after += 1;
    if (kept[after] !== true) continue;
    const isList = blocks.slice(before + 1, after).every(({ box, linkChars }) => box.tag === 'li' && linkChars === 0);
    if (!areNear(blocks[before]?.box, blocks[after]?.box, { isList })) continue;
    let [sum, all, links] = [0, 0, 0];
    for (let index = before + 1; index < after; index += 1) {
      const block = blocks[index];
      const weight = weights[index] ?? 0;
      sum += (chances[index] ?? 0) * weight;
      all += weight;
      links += block === undefined ? 0 : linkWeight(block);
    }
    const isHeaded = (blocks[before]?.heading ?? 0) > 0 && (chances[before] ?? 0) > SURE_HEADING;
    const needed = isHeaded ? UNDER_HEADING : links > all * LINKED ? LIKELY : PERHAPS;
    if (sum > all * needed) kept.fill(true, before + 1, after);
  }
}

const NEAR = 1;

/**
 * In the same box, or in sibling boxes. For a list without links boxes around one part only, which page builders set, are no boxes,
 * and one of the two may stand in a box beside the other.
 */
function areNear(one: Box | undefined, other: Box | undefined, { isList }: { readonly isList: boolean }): boolean {
  if (meet(ancestors(one), ancestors(other))) return true;
  return isList && (meet(around(one, 1), around(other, 2)) || meet(around(one, 2), around(other, 1)));
}

function meet(some: readonly Box[], others: readonly Box[]): boolean {
  return some.some((box) => others.includes(box));
}

function ancestors(from: Box | undefined): Box[] {
  const boxes: Box[] = [];
  for (let box = from; box !== undefined && boxes.length <= NEAR; box = box.parent) boxes.push(box);
  return boxes;
}

/** The boxes around a block that hold more than the block, and more than the box inside, up to some. */
function around(from: Box | undefined, most: number): Box[] {
  const boxes: Box[] = [];
  let inner = from;
  for (let box = from; box !== undefined; box = box.parent) {
    if (inner !== undefined && (box.first !== inner.first || box.end !== inner.end)) {
      if (boxes.length === most) break;
      boxes.push(box);
    }
    inner = box;
  }
  return boxes;
}
