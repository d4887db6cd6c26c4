import { expect, test } from 'vitest';
import { createBlockedTime } from '../../../src/util/async/blocked-time.ts';

function total(...waits: readonly (readonly [from: number, to: number])[]): number {
  const blocked = createBlockedTime();
  for (const [from, to] of waits) blocked.add(from, to);
  return blocked.ms;
}

test('waits one after the other add up', () => {
  expect(total([0, 250], [250, 500], [1000, 1100])).toBe(600);
});

test('waits side by side count once', () => {
  expect(total([0, 250], [10, 250], [100, 300])).toBe(300);
});

test('a long wait takes in the short ones that ended before it', () => {
  expect(total([100, 200], [300, 400], [0, 500])).toBe(500);
});

test('more waits than are remembered still add up', () => {
  expect(total(...Array.from({ length: 1000 }, (_, index) => [index * 10, index * 10 + 5] as const))).toBe(5000);
});
