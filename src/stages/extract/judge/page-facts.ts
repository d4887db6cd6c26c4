/** Facts about a page as a whole, computed once for all its blocks. */

import { type Box, type Outline, type TextBlock, wordsIn } from './outline.ts';
import { RunningSum } from './sums.ts';

/** What the head of the page says. */
export interface PageHints {
  readonly url: string;
  readonly title: string;
  readonly ogType: string;
  readonly description: string;
  /** JSON-LD's copy of the text; empty where there is none. */
  readonly articleBody: string;
  readonly linkedTypes: readonly string[];
}

export interface PageFacts {
  readonly outline: Outline;
  readonly hints: PageHints;
  readonly weight: RunningSum;
  readonly links: RunningSum;
  readonly prose: RunningSum;
  readonly proseBlocks: RunningSum;
  readonly sentences: RunningSum;
  readonly headings: RunningSum;
  readonly evidence: RunningSum;
  /** The word evidence of each block. */
  readonly evidenceOf: Float64Array;
  readonly scores: ReadonlyMap<Box, number>;
  /** The box that reads most like an article, after Readability's way of scoring. */
  readonly best: Box;
  readonly bestScore: number;
  /** The deepest box that holds most of the prose. */
  readonly deepest: Box;
  readonly kin: ReadonlyMap<Box, Kin>;
  readonly titleAt: number;
  readonly titleShare: Float64Array;
  readonly copies: ReadonlyMap<string, number>;
  readonly bodyShare: Float64Array;
}

/** Siblings with the same tag and classes. */
export interface Kin {
  readonly count: number;
  readonly first: number;
  readonly weight: number;
  readonly links: number;
  readonly prose: number;
  readonly evidence: number;
  readonly blocks: number;
}

const MOST_OF_IT = 0.8;

export function readPageFacts(outline: Outline, hints: PageHints, evidenceOf: Float64Array): PageFacts {
  const { blocks } = outline;
  const weight = new RunningSum(blocks.map(({ line }) => line.weight));
  const links = new RunningSum(blocks.map((block) => linkWeight(block)));
  const isProse = blocks.map((block) => (readsAsProse(block) ? 1 : 0));
  const prose = new RunningSum(blocks.map(({ line }, index) => line.weight * (isProse[index] ?? 0)));
  const evidence = new RunningSum(evidenceOf);
  const scores = scoreBoxes(outline, isProse, weight, links);
  const best = [...scores].reduce((top, next) => (next[1] > top[1] ? next : top), [outline.root, 0] as const);
  const titleShare = shareOfTitle(blocks, hints.title);
  return {
    outline,
    hints,
    weight,
    links,
    prose,
    proseBlocks: new RunningSum(isProse),
    sentences: new RunningSum(blocks.map(({ line }) => line.sentenceEnds)),
    headings: new RunningSum(blocks.map(({ heading }) => (heading > 0 ? 1 : 0))),
    evidence,
    evidenceOf,
    scores,
    best: best[0],
    bestScore: best[1],
    deepest: deepestWithProse(outline.root, prose),
    kin: groupKin(outline, { weight, links, prose, evidence }),
    titleAt: titlePosition(blocks, titleShare),
    titleShare,
    copies: countCopies(blocks),
    bodyShare: shareOfBody(blocks, hints.articleBody),
  };
}

export function linkWeight({ line, linkChars }: TextBlock): number {
  return line.chars === 0 ? 0 : (line.weight * linkChars) / line.chars;
}

function readsAsProse({ line, linkChars, heading }: TextBlock): boolean {
  return heading === 0 && line.weight >= 60 && linkChars < line.chars * 0.5 && line.sentenceEnds + line.commas > 0;
}

function scoreBoxes(
  outline: Outline,
  isProse: readonly number[],
  weight: RunningSum,
  links: RunningSum,
): Map<Box, number> {
  const raw = new Map<Box, number>();
  outline.blocks.forEach((block, index) => {
    if (isProse[index] !== 1) return;
    const points = 1 + block.line.commas + Math.min(3, block.line.weight / 100);
    const owners = [block.box.parent, block.box.parent?.parent, block.box.parent?.parent?.parent];
    owners.forEach((owner, level) => {
      if (owner !== undefined) raw.set(owner, (raw.get(owner) ?? 0) + points / (level === 0 ? 1 : level * 2));
    });
  });
  for (const [box, points] of raw) {
    const density = links.between(box.first, box.end) / (weight.between(box.first, box.end) || 1);
    raw.set(box, points * (1 - Math.min(1, density)));
  }
  return raw;
}

function deepestWithProse(root: Box, prose: RunningSum): Box {
  let found = root;
  for (;;) {
    const inner = found.boxes.find(
      ({ first, end }) => prose.all > 0 && prose.between(first, end) >= prose.all * MOST_OF_IT,
    );
    if (inner === undefined) return found;
    found = inner;
  }
}

type Sums = Pick<PageFacts, 'weight' | 'links' | 'prose' | 'evidence'>;

function groupKin({ boxes }: Outline, sums: Sums): Map<Box, Kin> {
  const found = new Map<Box, Kin>();
  for (const parent of boxes) {
    if (parent.boxes.length === 0) continue;
    const groups = new Map<string, Box[]>();
    for (const box of parent.boxes) {
      const group = groups.get(box.kin);
      if (group === undefined) groups.set(box.kin, [box]);
      else group.push(box);
    }
    for (const group of groups.values()) {
      const kin = describeKin(group, sums);
      for (const box of group) found.set(box, kin);
    }
  }
  return found;
}

function describeKin(group: readonly Box[], { weight, links, prose, evidence }: Sums): Kin {
  const total = (sum: RunningSum) => group.reduce((all, { first, end }) => all + sum.between(first, end), 0);
  return {
    count: group.length,
    first: group[0]?.first ?? 0,
    weight: total(weight),
    links: total(links),
    prose: total(prose),
    evidence: total(evidence),
    blocks: group.reduce((all, { first, end }) => all + end - first, 0),
  };
}

/** For each short block the share of its words that stand in the title, by how much of the title it says. */
function shareOfTitle(blocks: readonly TextBlock[], title: string): Float64Array {
  const wanted = new Set(wordsIn(title.slice(0, 400)));
  return Float64Array.from(blocks, ({ words }) => {
    let shared = 0;
    for (const word of words) if (wanted.has(word)) shared += 1;
    return shared === 0 ? 0 : (shared / words.length) * Math.min(1, shared / (wanted.size * 0.5));
  });
}

function titlePosition(blocks: readonly TextBlock[], titleShare: Float64Array): number {
  let [at, most] = [-1, 0.4];
  blocks.forEach(({ heading }, index) => {
    const share = (titleShare[index] ?? 0) + (heading === 1 ? 0.6 : heading === 2 ? 0.2 : 0);
    if (share > most) [at, most] = [index, share];
  });
  return at;
}

function countCopies(blocks: readonly TextBlock[]): Map<string, number> {
  const copies = new Map<string, number>();
  for (const { text } of blocks) copies.set(text, (copies.get(text) ?? 0) + 1);
  return copies;
}

/** The share of a block's first words that stand in JSON-LD's copy of the text in this order; -1 where there is no copy. */
function shareOfBody(blocks: readonly TextBlock[], articleBody: string): Float64Array {
  if (articleBody.length < 200) return new Float64Array(blocks.length).fill(-1);
  const pairs = new Set(pairsOf(wordsIn(articleBody.slice(0, 400_000))));
  return Float64Array.from(blocks, ({ text }) => {
    const own = pairsOf(wordsIn(text.slice(0, 400)));
    return own.length === 0 ? -0.5 : own.filter((pair) => pairs.has(pair)).length / own.length;
  });
}

function pairsOf(tokens: readonly string[]): string[] {
  return tokens.slice(1).map((token, index) => `${tokens[index]} ${token}`);
}
