import { expect, test } from 'vitest';
import type { Brief, Priority } from '../../../src/core/types.ts';
import { cheapestFirst } from '../../../src/stages/plan/cheapest-first.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { makeBrief } from '../../helpers/make-brief.ts';

const brief = (key: string, priority: Priority = 'medium') => makeBrief({ key, priority });

async function order(briefs: readonly Brief[], costs: Record<string, number>, leftUsd: number, window = 500) {
  async function* source() {
    yield* briefs;
  }
  const keys: string[] = [];
  const options = { costOf: ({ key }: Brief) => costs[key], leftUsd: () => leftUsd, clock: systemClock, window };
  for await (const { key } of cheapestFirst(source(), { ...options, expected: briefs.length })) keys.push(key);
  return keys.join('');
}

const COSTS = { a: 5, b: 1, c: 4, d: 2, e: 3 };
const LIST = ['a', 'b', 'c', 'd', 'e'].map((key) => brief(key));

test('where the cap pays for all, briefs pass in their order', async () => {
  expect(await order(LIST, COSTS, 100)).toBe('abcde');
});

test('where it does not, the cheapest come first', async () => {
  expect(await order(LIST, COSTS, 6)).toBe('bdeca');
});

test('a more urgent post comes first whatever it costs', async () => {
  expect(await order([brief('a', 'high'), brief('b', 'low'), brief('c'), brief('d', 'high')], COSTS, 3)).toBe('dacb');
});

test('a full window releases its cheapest', async () => {
  expect(await order(LIST, COSTS, 6, 2)).toBe('bcdea');
});

test('costs that are not known keep the order', async () => {
  expect(await order(LIST, {}, 0)).toBe('abcde');
});
