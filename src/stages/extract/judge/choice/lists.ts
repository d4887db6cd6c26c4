/** Parts without holes: lists and quotations, rows of data, rows of like paragraphs, and blocks that count by themselves. */

import { type Choice, fill, range, shareKept } from './choice.ts';

/** Elements that are kept whole if this share of them belongs to the text. */
const WHOLES: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'blockquote']);
const HALF = 0.5;

export function fillWholes(choice: Choice): void {
  for (const { tag, first, end } of choice.outline.boxes) {
    if (!WHOLES.has(tag) || end - first < 2) continue;
    const indexes = range(first, end);
    if (shareKept(choice, indexes) >= HALF) fill(choice, indexes);
  }
}

/** Rows of data are kept or dropped together. */
export function settleTables(choice: Choice): void {
  const { boxes, blocks } = choice.outline;
  for (const { tag, first, end } of boxes) {
    if (tag !== 'table') continue;
    const rows = blocks.slice(first, end).filter(({ box }) => box.tag === 'tr').length;
    if (rows >= 2 && rows >= (end - first) * 0.7)
      choice.kept.fill(shareKept(choice, range(first, end)) > HALF, first, end);
  }
}

const LONG_ROW = 12;
const NEARLY_ALL = 0.9;

/** A long row of siblings of one kind, each a block, of which nearly all are kept, is a text without holes. */
export function fillKin(choice: Choice): void {
  for (const { boxes } of choice.outline.boxes) {
    if (boxes.length < LONG_ROW) continue;
    const groups = new Map<string, number[]>();
    for (const { first, end, kin } of boxes) {
      const block = choice.outline.blocks[first];
      if (end !== first + 1 || block === undefined || block.heading > 0 || block.linkChars > 0) continue;
      groups.set(kin, groups.get(kin) ?? []);
      groups.get(kin)?.push(first);
    }
    for (const indexes of groups.values())
      if (indexes.length >= LONG_ROW && shareKept(choice, indexes) >= NEARLY_ALL) fill(choice, indexes);
  }
}

/** Maximum distance of two steps. */
const REACH = 12;
const NUMBER = /^[([]?(\d{1,3})[.)\]．、]\s*\S/u;

/** Blocks that count up (`1. …`, `2. …`) are one list, whatever they are made of. */
export function fillCounted(choice: Choice): void {
  const runs: { next: number; readonly indexes: number[] }[] = [];
  choice.outline.blocks.forEach(({ text }, index) => {
    const number = Number(NUMBER.exec(text.slice(0, 12).normalize('NFKC'))?.[1] ?? Number.NaN);
    const run = runs.findLast(({ next, indexes }) => next === number && index - (indexes.at(-1) ?? 0) <= REACH);
    if (run !== undefined) {
      run.indexes.push(index);
      run.next += 1;
    } else if (number === 0 || number === 1) runs.push({ next: number + 1, indexes: [index] });
  });
  for (const { indexes } of runs) if (indexes.length >= 3 && shareKept(choice, indexes) >= HALF) fill(choice, indexes);
}
