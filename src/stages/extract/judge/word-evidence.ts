/**
 * Words as evidence: class names, ids, tags and short lines, each hashed into one of a fixed number of buckets whose weights were learned.
 * No word decides; each moves the estimate a little.
 */

import type { Box, Outline, TextBlock } from './outline.ts';

export const BUCKETS = 1 << 15;

/** Buckets of one box: as the owner of a block, as one of the two boxes around it, and as any ancestor. */
interface BoxBuckets {
  readonly own: readonly number[];
  readonly near: readonly number[];
  readonly any: readonly number[];
}

const LONGEST_LABEL = 100;
/** A heading stands for at most this many blocks after it. */
const HEADING_REACH = 30;
/** Evidence comes from a box and the boxes around it, together at most this many: deeper nesting says nothing more about a text. */
const BOX_REACH = 32;

/**
 * For each block the buckets of its evidence. Only training needs the whole lists; see `weighEvidence`.
 *
 * @public
 */
export function listEvidence(outline: Outline): number[][] {
  const namesOf = createBoxReader();
  const lines = lineBuckets(outline);
  return outline.blocks.map(({ box }, index) => {
    const buckets = [...namesOf(box).own, ...(lines[index] ?? [])];
    for (
      let outer: Box | undefined = box, level = 0;
      outer !== undefined && level < BOX_REACH;
      outer = outer.parent, level += 1
    ) {
      const { near, any } = namesOf(outer);
      if (level === 1 || level === 2) buckets.push(...near);
      buckets.push(...any);
    }
    return buckets;
  });
}

/** For each block the sum of its evidence's weights. The sums of ancestors are carried down, so depth costs nothing. */
export function weighEvidence(outline: Outline, weights: Int8Array, scale: number): Float64Array {
  const namesOf = createBoxReader();
  const sum = (buckets: readonly number[]) => {
    let total = 0;
    for (const bucket of buckets) total += weights[bucket] ?? 0;
    return total;
  };
  const inherited = new Map<Box, number>();
  const near = new Map<Box, number>();
  const own = new Map<Box, number>();
  /** By depth, the sum from the outermost box to the last one seen there: boxes come in document order, so lower depths hold ancestors. */
  const sums: number[] = [];
  for (const box of outline.boxes) {
    const names = namesOf(box);
    const { depth } = box;
    sums[depth] = sum(names.any) + (sums[depth - 1] ?? 0);
    inherited.set(box, sums[depth] - (sums[depth - BOX_REACH] ?? 0));
    near.set(box, sum(names.near));
    own.set(box, sum(names.own));
  }
  const lines = lineBuckets(outline);
  return Float64Array.from(outline.blocks, ({ box }, index) => {
    const around = [box.parent, box.parent?.parent].reduce(
      (total, outer) => total + (outer === undefined ? 0 : (near.get(outer) ?? 0)),
      0,
    );
    return ((own.get(box) ?? 0) + (inherited.get(box) ?? 0) + around + sum(lines[index] ?? [])) / scale;
  });
}

/** Elements of one kind are read once. */
function createBoxReader(): (box: Box) => BoxBuckets {
  const known = new Map<string, BoxBuckets>();
  return (box) => {
    const { element, kin } = box;
    const key = `${kin}#${element.id}#${element.getAttribute('role') ?? ''}#${element.getAttribute('itemprop') ?? ''}`;
    let buckets = known.get(key);
    if (buckets === undefined) {
      buckets = readBox(box);
      known.set(key, buckets);
    }
    return buckets;
  };
}

function readBox({ element, tag }: Box): BoxBuckets {
  const names = [
    element.className,
    element.id,
    element.getAttribute('role') ?? '',
    element.getAttribute('itemprop') ?? '',
  ];
  const words = [...new Set(names.flatMap(nameWords))].slice(0, 40);
  return {
    own: [bucketOf('T', tag), ...words.map((word) => bucketOf('o', word))],
    near: [bucketOf('N', tag), ...words.map((word) => bucketOf('a', word))],
    any: [bucketOf('A', tag), ...words.map((word) => bucketOf('u', word))],
  };
}

/** `relatedPosts-list_2` says related, posts and list. */
function nameWords(name: string): string[] {
  if (name === '') return [];
  return (
    name
      .slice(0, 500)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]{2,24}/g) ?? []
  );
}

function lineBuckets({ blocks }: Outline): number[][] {
  let heading: readonly string[] = [];
  let headingAt = Number.NEGATIVE_INFINITY;
  const words = blocks.map(({ text, line }) => (line.chars <= LONGEST_LABEL ? labelWords(text) : []));
  return blocks.map((block, index) => {
    const label = words[index] ?? [];
    const buckets = [bucketOf('t', shapeOf(block))];
    addFirstWords(buckets, block.line.chars <= FIRST_CHARS ? label : labelWords(block.text.slice(0, FIRST_CHARS)));
    for (const word of label) buckets.push(bucketOf('w', word));
    if (label.length > 0) buckets.push(bucketOf('l', label.join(' ')));
    if (index - headingAt <= HEADING_REACH) for (const word of heading) buckets.push(bucketOf('h', word));
    if (isShort(blocks[index - 1])) buckets.push(bucketOf('p', (words[index - 1] ?? []).join(' ')));
    if (isShort(blocks[index + 1])) buckets.push(bucketOf('n', (words[index + 1] ?? []).join(' ')));
    if (block.heading > 0) [heading, headingAt] = [label, index];
    return buckets;
  });
}

const FIRST_CHARS = 60;

function addFirstWords(buckets: number[], [first, second]: readonly string[]): void {
  if (first === undefined) return;
  buckets.push(bucketOf('f', first));
  if (second !== undefined) buckets.push(bucketOf('f', `${first} ${second}`));
}

function isShort(block: TextBlock | undefined): boolean {
  return block !== undefined && block.line.chars <= 40;
}

/** The first words of a line, with each number as 0. */
function labelWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length > 20) words.length = 20;
  return /\p{N}/u.test(text) ? words.map((word) => word.replace(/\p{N}+/gu, '0')) : words;
}

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
