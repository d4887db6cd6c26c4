/** Evidence for a candidate as numbers, and its sum by learned weights. */

import { readFileSync } from 'node:fs';

/** Strength of each piece of evidence, by its name; mostly 0 or 1. */
export type Evidence = Readonly<Record<string, number>>;

export interface Candidate<T> {
  readonly value: T;
  readonly evidence: Evidence;
}

/** Weight of each piece of evidence, by its name. `none` is the sum that a candidate must reach. */
export type EvidenceWeights = Readonly<Record<string, number>>;

type Field = 'author' | 'date';

/** Written by scripts/train-metadata.js; origin and licence stand beside it. The same place from `src` and from `dist`. */
const WEIGHTS = new URL('../../../../weights/metadata.json', import.meta.url);
let loaded: Readonly<Record<Field, EvidenceWeights>> | undefined;

/** The candidate with the best sum; undefined if none reaches the threshold. */
export function likeliest<T>(field: Field, candidates: readonly Candidate<T>[]): T | undefined {
  loaded ??= JSON.parse(readFileSync(WEIGHTS, 'utf8')) as Record<Field, EvidenceWeights>; // a file of this package
  const weights = loaded[field];
  let [found, most] = [undefined as T | undefined, weights['none'] ?? Number.NEGATIVE_INFINITY];
  for (const { value, evidence } of candidates) {
    const sum = weigh(evidence, weights);
    if (sum > most) [found, most] = [value, sum];
  }
  return found;
}

export function weigh(evidence: Evidence, weights: EvidenceWeights): number {
  let sum = 0;
  for (const name in evidence) sum += (weights[name] ?? 0) * (evidence[name] ?? 0);
  return sum;
}

/** Statements of the same value count together: the strongest of each kind of evidence. */
export function gather<T extends { readonly evidence: Evidence }>(
  statements: readonly T[],
  keyOf: (statement: T) => string,
): { readonly statements: readonly T[]; readonly evidence: Evidence }[] {
  const groups = new Map<string, T[]>();
  for (const statement of statements) {
    const key = keyOf(statement);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [statement]);
    else group.push(statement);
  }
  return [...groups.values()].map((group) => ({ statements: group, evidence: strongest(group) }));
}

function strongest(group: readonly { readonly evidence: Evidence }[]): Evidence {
  const most: Record<string, number> = {};
  for (const { evidence } of group)
    for (const name in evidence) most[name] = Math.max(most[name] ?? Number.NEGATIVE_INFINITY, evidence[name] ?? 0);
  return most;
}
