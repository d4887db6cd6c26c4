/** A block in numbers. The trees were learned on exactly these, in this order: a change here needs another training. */

import type { Box, TextBlock } from './outline.ts';
import { type Kin, linkWeight, type PageFacts } from './page-facts.ts';
import { describePage } from './page-features.ts';

/** Takes the features of one block after the other. */
export class FeatureTable {
  readonly width: number;
  readonly values: Float32Array;
  #at = 0;

  constructor(blocks: number, width: number) {
    this.width = width;
    this.values = new Float32Array(blocks * width);
  }

  add(value: number): void {
    this.values[this.#at] = value;
    this.#at += 1;
  }

  get filled(): number {
    return this.#at;
  }
}

export const FEATURES = 183;

export function tabulate(facts: PageFacts): FeatureTable {
  const { blocks } = facts.outline;
  const table = new FeatureTable(blocks.length, FEATURES);
  const page = describePage(facts);
  const boxes = describeBoxes(facts);
  let headingAt = -1;
  blocks.forEach((block, index) => {
    addText(table, block);
    addPlace(table, facts, index, headingAt);
    addNames(table, facts, block, index);
    const around = boxes.get(block.box);
    if (around !== undefined) for (const value of around) table.add(value);
    addNeighbours(table, facts, index);
    for (const value of page) table.add(value);
    if (block.heading > 0) headingAt = index;
  });
  return table;
}

const TAGS = [
  'p',
  'div',
  'li',
  'td',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'dd',
  'dt',
  'figcaption',
  'pre',
  'section',
  'article',
  'header',
  'footer',
  'aside',
  'nav',
  'ul',
  'summary',
  'button',
  'label',
  'body',
];
const TAG_NUMBERS: ReadonlyMap<string, number> = new Map(TAGS.map((tag, index) => [tag, index]));

function tagNumber(box: Box): number {
  return TAG_NUMBERS.get(box.tag) ?? TAGS.length;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function log(value: number): number {
  return Math.log2(1 + Math.max(0, value));
}

function addText(table: FeatureTable, { box, line, linkChars, links, boldChars, heading }: TextBlock): void {
  table.add(log(line.weight));
  table.add(line.words);
  table.add(line.sentenceEnds);
  table.add(share(line.commas * 100, line.weight));
  table.add(share(linkChars, line.chars));
  table.add(links);
  table.add(share(boldChars, line.chars));
  table.add(share(line.upper, line.chars));
  table.add(share(line.digits, line.chars));
  table.add(share(line.wide, line.chars));
  table.add(share(line.separators * 10, line.words));
  table.add(line.symbols);
  table.add(share(line.chars, line.words));
  table.add(line.start);
  table.add(line.end);
  table.add(tagNumber(box));
  table.add(heading);
}

function addPlace(table: FeatureTable, facts: PageFacts, index: number, headingAt: number): void {
  const { outline, weight, best, deepest, titleAt } = facts;
  const count = outline.blocks.length;
  table.add(index);
  table.add(share(index, count));
  table.add(count - index);
  table.add(share(weight.between(0, index), weight.all));
  table.add(titleAt < 0 ? -1000 : index - titleAt);
  table.add(titleAt < 0 ? -1 : log(weight.between(titleAt, index)));
  table.add(headingAt < 0 ? 1000 : index - headingAt);
  table.add(headingAt < 0 ? 0 : (outline.blocks[headingAt]?.heading ?? 0));
  table.add(headingAt < 0 ? -1 : (facts.evidenceOf[headingAt] ?? 0));
  for (const box of [best, deepest]) {
    table.add(index < box.first ? index - box.first : index >= box.end ? index - box.end + 1 : 0);
    table.add(share(index - box.first, box.end - box.first));
    table.add(levelsUpTo(outline.blocks[index]?.box, box));
  }
}

/** Levels from a block up to the first box that also holds all of `other`. */
function levelsUpTo(from: Box | undefined, other: Box): number {
  let levels = 0;
  for (let box = from; box !== undefined; box = box.parent, levels += 1)
    if (box.first <= other.first && box.end >= other.end) return levels;
  return levels;
}

function addNames(table: FeatureTable, facts: PageFacts, { text, box }: TextBlock, index: number): void {
  table.add(facts.evidenceOf[index] ?? 0);
  table.add(facts.copies.get(text) ?? 1);
  table.add(facts.titleShare[index] ?? 0);
  table.add(facts.bodyShare[index] ?? -1);
  table.add(share(facts.evidence.between(box.first, box.end), box.end - box.first));
}

const NEAREST = 6;
const KIN_LEVELS = 4;
const FLAGS: readonly ((box: Box) => boolean)[] = [
  ({ tag }) => tag === 'article',
  ({ tag, element }) => tag === 'main' || element.getAttribute('role') === 'main',
  ({ tag, element }) => tag === 'nav' || element.getAttribute('role') === 'navigation',
  ({ tag, element }) => tag === 'aside' || element.getAttribute('role') === 'complementary',
  ({ tag }) => tag === 'footer',
  ({ tag }) => tag === 'header',
  ({ tag }) => tag === 'form' || tag === 'label' || tag === 'button',
  ({ tag }) => tag === 'figure',
  ({ tag }) => tag === 'table',
  ({ tag }) => tag === 'ul' || tag === 'ol',
  ({ tag }) => tag === 'blockquote',
  ({ element }) => (element.getAttribute('itemprop') ?? '').includes('articleBody'),
  ({ tag }) => tag === 'section',
];

/** What blocks of one box share, computed once a box: its ancestors, and their siblings of the same kind. */
function describeBoxes(facts: PageFacts): Map<Box, Float64Array> {
  const described = new Map<Box, Float64Array>();
  const flags = new Map<Box, readonly number[]>();
  for (const box of facts.outline.boxes) {
    const outer = box.parent === undefined ? undefined : flags.get(box.parent);
    flags.set(
      box,
      FLAGS.map((test, at) => (test(box) ? 1 : Math.min(9, (outer?.[at] ?? 0) === 0 ? 0 : (outer?.[at] ?? 0) + 1))),
    );
  }
  for (const { box } of facts.outline.blocks) {
    if (!described.has(box))
      described.set(box, Float64Array.from([...(flags.get(box) ?? []), ...describeBox(box, facts)]));
  }
  return described;
}

function describeBox(box: Box, facts: PageFacts): number[] {
  const values: number[] = [box.depth];
  let inner = box;
  for (let level = 0; level < NEAREST; level += 1) {
    const outer: Box = level === 0 ? box : (inner.parent ?? inner);
    values.push(...describeAncestor(outer, inner, facts));
    inner = outer;
  }
  let member: Box | undefined = box;
  for (let level = 0; level < KIN_LEVELS; level += 1) {
    values.push(...describeKin(member, member === undefined ? undefined : facts.kin.get(member)));
    member = member?.parent;
  }
  return values;
}

function describeAncestor(box: Box, inner: Box, facts: PageFacts): number[] {
  const { first, end } = box;
  const weight = facts.weight.between(first, end);
  return [
    log(weight),
    share(facts.links.between(first, end), weight),
    share(facts.prose.between(first, end), weight),
    share(facts.weight.between(inner.first, inner.end), weight),
    log(end - first),
    share(weight, end - first),
    share(facts.scores.get(box) ?? 0, facts.bestScore),
    share(facts.evidence.between(first, end), end - first),
    share(weight, facts.weight.all),
  ];
}

function describeKin(box: Box | undefined, kin: Kin | undefined): number[] {
  if (box === undefined || kin === undefined) return [0, 0, 0, 0, 0, 0];
  return [
    kin.count,
    share(kin.weight, kin.count),
    share(kin.links, kin.weight),
    share(kin.prose, kin.weight),
    share(kin.evidence, kin.blocks),
    box.first - kin.first,
  ];
}

const WINDOWS = [4, 12];

function addNeighbours(table: FeatureTable, facts: PageFacts, index: number): void {
  const { blocks } = facts.outline;
  for (const step of [-2, -1, 1, 2]) addNeighbour(table, facts, blocks[index + step], index + step);
  for (const size of WINDOWS) {
    addWindow(table, facts, index - size, index);
    addWindow(table, facts, index + 1, index + 1 + size);
  }
}

function addNeighbour(table: FeatureTable, facts: PageFacts, block: TextBlock | undefined, at: number): void {
  table.add(block === undefined ? -1 : log(block.line.weight));
  table.add(block === undefined ? -1 : share(linkWeight(block), block.line.weight));
  table.add(block === undefined ? -1 : block.heading * 100 + tagNumber(block.box));
  table.add(facts.evidenceOf[at] ?? 0);
}

function addWindow(table: FeatureTable, facts: PageFacts, first: number, end: number): void {
  const weight = facts.weight.between(first, end);
  table.add(share(weight, end - first));
  table.add(share(facts.links.between(first, end), weight));
  table.add(share(facts.prose.between(first, end), weight));
  table.add(share(facts.evidence.between(first, end), end - first));
}
