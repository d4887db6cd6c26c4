/** The features of a block. The trees were trained on exactly these, in this order: a change needs a new training. */

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

  addAll(values: ArrayLike<number>): void {
    for (let index = 0; index < values.length; index += 1) this.values[this.#at + index] = values[index] ?? 0;
    this.#at += values.length;
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
  const boxes = new BoxFeatures(facts);
  let headingAt = -1;
  blocks.forEach((block, index) => {
    addText(table, block);
    addPlace(table, facts, index, headingAt);
    addNames(table, facts, block, index);
    boxes.addTo(table, block.box);
    addNeighbours(table, facts, index);
    table.addAll(page);
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

/** What blocks share by the boxes around them: ancestors, and their siblings of the same kind. Computed once a box. */
class BoxFeatures {
  readonly #facts: PageFacts;
  readonly #flags = new Map<Box, readonly number[]>();
  /** A box as the outer one of another, or of itself. */
  readonly #inside = new Map<Box, readonly number[]>();
  readonly #alone = new Map<Box, readonly number[]>();
  readonly #kin = new Map<Kin, readonly number[]>();

  constructor(facts: PageFacts) {
    this.#facts = facts;
  }

  addTo(table: FeatureTable, box: Box): void {
    table.addAll(this.#flagsOf(box));
    table.add(box.depth);
    table.addAll(this.#ancestor(this.#alone, box, box));
    let inner = box;
    for (let level = 1; level < NEAREST; level += 1) {
      const outer = inner.parent;
      table.addAll(
        outer === undefined ? this.#ancestor(this.#alone, inner, inner) : this.#ancestor(this.#inside, outer, inner),
      );
      inner = outer ?? inner;
    }
    let member: Box | undefined = box;
    for (let level = 0; level < KIN_LEVELS; level += 1) {
      this.#addKin(table, member);
      member = member?.parent;
    }
  }

  /** For each test the distance to the nearest box that passes it, from 1 to 9; 0 where there is none. */
  #flagsOf(box: Box): readonly number[] {
    const known = this.#flags.get(box);
    if (known !== undefined) return known;
    const outer = box.parent === undefined ? undefined : this.#flagsOf(box.parent);
    const flags = FLAGS.map((test, at) => {
      const above = outer?.[at] ?? 0;
      return test(box) ? 1 : Math.min(9, above === 0 ? 0 : above + 1);
    });
    this.#flags.set(box, flags);
    return flags;
  }

  #ancestor(known: Map<Box, readonly number[]>, box: Box, inner: Box): readonly number[] {
    let values = known.get(inner);
    if (values === undefined) {
      values = describeAncestor(box, inner, this.#facts);
      known.set(inner, values);
    }
    return values;
  }

  #addKin(table: FeatureTable, box: Box | undefined): void {
    const kin = box === undefined ? undefined : this.#facts.kin.get(box);
    if (box === undefined || kin === undefined) {
      table.addAll(NO_KIN);
      return;
    }
    let values = this.#kin.get(kin);
    if (values === undefined) {
      values = describeKin(kin);
      this.#kin.set(kin, values);
    }
    table.addAll(values);
    table.add(box.first - kin.first);
  }
}

function describeAncestor(box: Box, inner: Box, facts: PageFacts): readonly number[] {
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

const NO_KIN = [0, 0, 0, 0, 0, 0];

function describeKin(kin: Kin): readonly number[] {
  return [
    kin.count,
    share(kin.weight, kin.count),
    share(kin.links, kin.weight),
    share(kin.prose, kin.weight),
    share(kin.evidence, kin.blocks),
  ];
}

const WINDOWS = [4, 12];

function addNeighbours(table: FeatureTable, facts: PageFacts, index: number): void {
  const { blocks } = facts.outline;
  for (let step = -2; step <= 2; step += 1)
    if (step !== 0) addNeighbour(table, facts, blocks[index + step], index + step);
  for (const size of WINDOWS) {
    addWindow(table, facts, index - size, index);
    addWindow(table, facts, index + 1, index + 1 + size);
  }
}

function addNeighbour(table: FeatureTable, facts: PageFacts, block: TextBlock | undefined, at: number): void {
  if (block === undefined) {
    table.addAll(NO_NEIGHBOUR);
    return;
  }
  table.add(log(block.line.weight));
  table.add(share(linkWeight(block), block.line.weight));
  table.add(block.heading * 100 + tagNumber(block.box));
  table.add(facts.evidenceOf[at] ?? 0);
}

const NO_NEIGHBOUR = [-1, -1, -1, 0];

function addWindow(table: FeatureTable, facts: PageFacts, first: number, end: number): void {
  const weight = facts.weight.between(first, end);
  table.add(share(weight, end - first));
  table.add(share(facts.links.between(first, end), weight));
  table.add(share(facts.prose.between(first, end), weight));
  table.add(share(facts.evidence.between(first, end), end - first));
}
