/**
 * Words as evidence: class names, ids, tags and short lines, each hashed into one of a fixed number of buckets whose weights were learned.
 * No word decides alone; each changes the estimate slightly.
 */

import { remember } from '../../../util/remember.ts';
import { type Box, NAMING, type Outline, type TextBlock, wordsIn } from './outline.ts';

export const BUCKETS = 1 << 15;

/** What a name of an element (its tag, or its classes, id and role) says of its block: as the owner of it, as one of the two boxes around it, and as any ancestor. */
interface Said<T> {
  readonly own: T;
  readonly near: T;
  readonly any: T;
}

const LONGEST_LABEL = 100;
/** A heading stands for at most this many blocks after it. */
const HEADING_REACH = 30;
/** Evidence comes from a box and the boxes around it, together at most this many: deeper nesting says nothing more about a text. */
const BOX_REACH = 32;

/**
 * For each block the buckets of its evidence. Only training needs the whole lists; see `EvidenceScale`.
 *
 * @public
 */
export function listEvidence(outline: Outline): number[][] {
  const lists = outline.blocks.map((): number[] => []);
  readLines(outline, (index, bucket) => lists[index]?.push(bucket));
  outline.blocks.forEach(({ box }, index) => {
    const buckets = lists[index] ?? [];
    buckets.push(...namesOf(box).flatMap((name) => bucketsOf(name).own));
    for (
      let outer: Box | undefined = box, level = 0;
      outer !== undefined && level < BOX_REACH;
      outer = outer.parent, level += 1
    ) {
      const said = namesOf(outer).map(bucketsOf);
      if (level === 1 || level === 2) buckets.push(...said.flatMap(({ near }) => near));
      buckets.push(...said.flatMap(({ any }) => any));
    }
  });
  return lists;
}

/** Weighs the evidence of pages; keeps the result for each name, because the pages of a site share names. */
export class EvidenceScale {
  readonly #weights: Int8Array;
  readonly #scale: number;
  readonly #readName: (name: string) => Said<number>;

  constructor(weights: Int8Array, scale: number) {
    this.#weights = weights;
    this.#scale = scale;
    this.#readName = remember((name) => this.#weighName(name), MAX_KNOWN);
  }

  /** For each block the sum of its evidence's weights. The sums of ancestors are carried down, so depth costs nothing. */
  weigh(outline: Outline): Float64Array {
    const totals = new Float64Array(outline.blocks.length);
    readLines(outline, (index, bucket) => {
      totals[index] = (totals[index] ?? 0) + (this.#weights[bucket] ?? 0);
    });
    const ofBoxes = this.#weighBoxes(outline);
    outline.blocks.forEach(({ box }, index) => {
      totals[index] = ((totals[index] ?? 0) + (ofBoxes.get(box) ?? 0)) / this.#scale;
    });
    return totals;
  }

  #weighBoxes({ boxes }: Outline): Map<Box, number> {
    const found = new Map<Box, number>();
    /** By depth, of the last box seen there, what it says of blocks near it, and the sum from the outermost box to it: boxes come in document order. */
    const [near, sums]: [number[], number[]] = [[], []];
    for (const box of boxes) {
      if (box.end === box.first) continue;
      const { depth } = box;
      const said = this.#readBox(box);
      near[depth] = said.near;
      sums[depth] = said.any + (sums[depth - 1] ?? 0);
      const inherited = sums[depth] - (sums[depth - BOX_REACH] ?? 0);
      found.set(box, said.own + inherited + (near[depth - 1] ?? 0) + (near[depth - 2] ?? 0));
    }
    return found;
  }

  #readBox(box: Box): Said<number> {
    let [own, near, any] = [0, 0, 0];
    for (const name of namesOf(box)) {
      const said = this.#readName(name);
      own += said.own;
      near += said.near;
      any += said.any;
    }
    return { own, near, any };
  }

  #weighName(name: string): Said<number> {
    const { own, near, any } = bucketsOf(name);
    return { own: this.#sum(own), near: this.#sum(near), any: this.#sum(any) };
  }

  #sum(buckets: readonly number[]): number {
    let total = 0;
    for (const bucket of buckets) total += this.#weights[bucket] ?? 0;
    return total;
  }
}

const MAX_KNOWN = 20_000;
/** A tag is marked, so that it is not read as a class. */
const TAG_MARK = '<';
const LONGEST_NAME = 500;

function namesOf({ element, tag }: Box): string[] {
  let names = '';
  for (const attribute of NAMING) {
    const name = element.getAttribute(attribute);
    if (name !== null && name !== '') names += `${names === '' ? '' : ' '}${name.slice(0, LONGEST_NAME)}`;
  }
  return names === '' ? [`${TAG_MARK}${tag}`] : [`${TAG_MARK}${tag}`, names];
}

function bucketsOf(name: string): Said<readonly number[]> {
  if (name.startsWith(TAG_MARK)) {
    const tag = name.slice(TAG_MARK.length);
    return { own: [bucketOf('T', tag)], near: [bucketOf('N', tag)], any: [bucketOf('A', tag)] };
  }
  const words = [...new Set(nameWords(name))].slice(0, 40);
  const as = (kind: string) => words.map((word) => bucketOf(kind, word));
  return { own: as('o'), near: as('a'), any: as('u') };
}

/** `relatedPosts-list_2` says related, posts and list. */
function nameWords(name: string): string[] {
  return (
    name
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]{2,24}/g) ?? []
  );
}

/** Buckets of the words in the lines, block by block. */
function readLines({ blocks }: Outline, tell: (index: number, bucket: number) => void): void {
  let heading: readonly number[] = [];
  let headingAt = Number.NEGATIVE_INFINITY;
  const words = blocks.map(({ words, line }) => (line.chars <= LONGEST_LABEL ? labelOf(words) : []));
  const labels = words.map((own) => own.join(' '));
  blocks.forEach((block, index) => {
    const label = words[index] ?? [];
    tell(index, bucketOf('t', shapeOf(block)));
    const [first, second] =
      block.line.chars <= FIRST_CHARS ? label : labelOf(wordsIn(block.text.slice(0, FIRST_CHARS)));
    if (first !== undefined) tell(index, bucketOf('f', first));
    if (first !== undefined && second !== undefined) tell(index, bucketOf('f', `${first} ${second}`));
    for (const word of label) tell(index, bucketOf('w', word));
    if (label.length > 0) tell(index, bucketOf('l', labels[index] ?? ''));
    if (index - headingAt <= HEADING_REACH) for (const bucket of heading) tell(index, bucket);
    if (isShort(blocks[index - 1])) tell(index, bucketOf('p', labels[index - 1] ?? ''));
    if (isShort(blocks[index + 1])) tell(index, bucketOf('n', labels[index + 1] ?? ''));
    if (block.heading > 0) [heading, headingAt] = [label.map((word) => bucketOf('h', word)), index];
  });
}

const FIRST_CHARS = 60;

function isShort(block: TextBlock | undefined): boolean {
  return block !== undefined && block.line.chars <= 40;
}

/** The first words of a line, with each number as 0. */
function labelOf(words: readonly string[]): string[] {
  return words.slice(0, 20).map((word) => (HAS_NUMBER.test(word) ? word.replace(/\p{N}+/gu, '0') : word));
}

const HAS_NUMBER = /\p{N}/u;

function shapeOf({ box, line, linkChars }: TextBlock): string {
  const length = Math.min(12, Math.floor(Math.log2(line.weight + 1)));
  return `${box.tag} ${length} ${Math.round((4 * linkChars) / line.chars)}`;
}

/** FNV-1a. */
function bucketOf(kind: string, word: string): number {
  let hash = 0x811c9dc5 ^ kind.charCodeAt(0);
  for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
}
