/** Keeps a term with its definition, a summary with its details, a caption with its table. */

import type { Box } from '../outline.ts';
import { type Choice, fill, isProse, isRunningText, range } from './choice.ts';

/** The label element, and the element that holds both the label and its content. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['summary', 'details'],
  ['caption', 'table'],
  ['legend', 'fieldset'],
]);
/** The judge is sure that such a label does not belong. */
const SURELY_NOT = 0.05;

export function settleLabels(choice: Choice): void {
  const { outline, kept, chances } = choice;
  const isText = isRunningText(choice);
  for (const box of outline.boxes) {
    if (isText) keepFirstLine(choice, box);
    if (box.tag === 'hgroup' && (kept[box.end] === true || kept.slice(box.first, box.end).includes(true)))
      fill(choice, range(box.first, box.end));
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

/** Longer lines are text, which the judge knows. */
const LONGEST_LABEL = 40;

/** `Note`, `Warning`: the first line of a box between paragraphs, whose other lines are kept. */
function keepFirstLine(choice: Choice, { first, end }: Box): void {
  const { outline, kept, chances, weights } = choice;
  const [before, label] = [outline.blocks[first - 1], outline.blocks[first]];
  if (before === undefined || label === undefined || kept[first] === true || (chances[first] ?? 0) <= UNLIKELY) return;
  if (end - first < 2 || end - first > MOST_LINES || !isProse(before) || kept[first - 1] !== true) return;
  const isShort = label.linkChars === 0 && label.heading === 0 && (weights[first] ?? 0) <= LONGEST_LABEL;
  const isWord = /^\P{N}*$/u.test(label.text);
  if (isShort && isWord && range(first + 1, end + 1).every((index) => kept[index] === true)) fill(choice, [first]);
}

const MOST_LINES = 8;
const UNLIKELY = 0.2;
const REACH = 4;

/** The box itself or one around it. */
function ancestor(from: Box, tag: string): Box | undefined {
  let box: Box | undefined = from;
  for (let steps = 0; box !== undefined && steps < REACH; box = box.parent, steps += 1) if (box.tag === tag) return box;
  return undefined;
}
