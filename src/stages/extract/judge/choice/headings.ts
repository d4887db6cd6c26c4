/** Keeps or drops headings with their text. */

import type { Choice } from './choice.ts';

/** A heading of kept text is dropped only if the judge is this sure. */
const SURELY_NOT = 0.08;
/** A heading after the last text is dropped, unless the judge is this sure. */
const SURELY = 0.85;

/** From the end, so that a heading is settled before the one above it. */
export function settleHeadings({ outline: { blocks }, chances, kept, dropped }: Choice): void {
  const lastText = blocks.findLastIndex(({ heading }, index) => heading === 0 && kept[index] === true);
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
    if (dropped[index] === true) continue;
    const headsText = level < inner || (textBelow && !followsHeading);
    if (headsText) kept[index] ||= (chances[index] ?? 0) > SURELY_NOT;
    else if (index > lastText) kept[index] = kept[index] === true && (chances[index] ?? 0) > SURELY;
    if (kept[index] === true) inner = level;
    else if (level <= inner) inner = 0;
    followsHeading = true;
  }
}
