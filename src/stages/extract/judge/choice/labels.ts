/** A term goes with its definition, a summary with its details, a caption with its table. */

import type { Box } from '../outline.ts';
import type { Choice } from './choice.ts';

/** Element that names, and the one that holds it with what it names. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['summary', 'details'],
  ['caption', 'table'],
  ['legend', 'fieldset'],
]);
/** The judge is sure that such a label does not belong. */
const SURELY_NOT = 0.05;

export function settleLabels({ outline, kept, chances }: Choice): void {
  for (const box of outline.boxes) {
    const { tag, first: at, end } = box;
    const holder = LABELS.get(tag);
    const body = holder === undefined ? undefined : ancestor(box, holder);
    const named = tag === 'dt' ? outline.blocks[end] : undefined;
    const isNaming =
      (body !== undefined && kept.slice(end, body.end).includes(true)) ||
      (named !== undefined && kept[end] === true && ancestor(named.box, 'dd') !== undefined);
    if (isNaming) for (let index = at; index < end; index += 1) kept[index] ||= (chances[index] ?? 0) > SURELY_NOT;
  }
}

const REACH = 4;

/** The box itself or one around it. */
function ancestor(from: Box, tag: string): Box | undefined {
  let box: Box | undefined = from;
  for (let steps = 0; box !== undefined && steps < REACH; box = box.parent, steps += 1) if (box.tag === tag) return box;
  return undefined;
}
