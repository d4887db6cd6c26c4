/** The judge: estimates which blocks of a page are its text. */

import { readFileSync } from 'node:fs';
import { FEATURES, tabulate } from './features.ts';
import type { Outline } from './outline.ts';
import { type PageFacts, type PageHints, readPageFacts } from './page-facts.ts';
import { type StoredTrees, sumTrees, type TreeModel, unpackTrees } from './trees.ts';
import { EvidenceScale } from './word-evidence.ts';

export interface Judgement {
  readonly facts: PageFacts;
  /** For each block the probability that it belongs to the text. */
  readonly chances: readonly number[];
}

interface Weights {
  readonly evidence: EvidenceScale;
  readonly trees: TreeModel;
}

/** The trees see the position, the word evidence does not: pages unlike the training pages need some weight on words alone. */
const TREE_SHARE = 0.85;

/** Written by scripts/train-judge.js; origin and licence stand beside it. The same place from `src` and from `dist`. */
const WEIGHTS = new URL('../../../../weights/main-text.json', import.meta.url);
let loaded: Weights | undefined;

export function judgePage(outline: Outline, hints: PageHints): Judgement {
  loaded ??= loadWeights();
  const { evidence, trees } = loaded;
  const facts = readPageFacts(outline, hints, evidence.weigh(outline));
  const { values } = tabulate(facts);
  const chances = outline.blocks.map((_, index) => {
    const odds =
      sumTrees(trees, values, index * FEATURES) * TREE_SHARE + (facts.evidenceOf[index] ?? 0) * (1 - TREE_SHARE);
    return 1 / (1 + Math.exp(-odds));
  });
  return { facts, chances };
}

function loadWeights(): Weights {
  const stored = JSON.parse(readFileSync(WEIGHTS, 'utf8')) as {
    features: number;
    wordScale: number;
    words: string;
    trees: StoredTrees;
  }; // a file of this package
  if (stored.features !== FEATURES)
    throw new Error(`The weights know ${stored.features} features, the judge ${FEATURES}: run scripts/train-judge.js`);
  const words = new Int8Array(Buffer.from(stored.words, 'base64'));
  return { evidence: new EvidenceScale(words, stored.wordScale), trees: unpackTrees(stored.trees) };
}
