import { expect, test } from 'vitest';
import { isSpent } from '../../../src/util/threads/threads.ts';

test.each([
  ['an idle machine before the time', 19_000, 19_000, false],
  ['an idle machine', 20_000, 20_000, true],
  ['a machine that others keep busy', 60_000, 3000, false],
  ['a busy machine, when the work is done', 60_000, 20_000, true],
  ['a machine of several threads before the time', 10_000, 40_000, false],
  ['a thread that waits for ever', 200_000, 10, true],
])('a task of 20 s on %s', (_, wallMs, cpuMs, spent) => {
  expect(isSpent({ wallMs, cpuMs }, 20_000)).toBe(spent);
});
