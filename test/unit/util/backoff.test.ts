import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffDelay } from '../../../src/util/async/backoff.ts';
import { fakeRandom } from '../../helpers/fakes.ts';
import { fuzzed } from '../../helpers/fuzz.ts';

test.each([
  ['the first wait is a share of the base', 1, 0.5, undefined, 50],
  ['each further one of twice as much', 4, 0.5, undefined, 400],
  ['never more than the cap', 20, 0.5, undefined, 2000],
  ['what the other side asks for is the least', 1, 0.5, 900, 900],
  ['but chance may be longer', 4, 1, 300, 800],
  ['and the cap holds against it', 1, 0.5, 99_999, 4000],
])('%s', (_what, attempt, chance, retryAfterMs, delayMs) => {
  expect(backoffDelay(attempt, fakeRandom([chance]), { baseMs: 100, capMs: 4000, retryAfterMs })).toBe(delayMs);
});

test('stays between the wish of the other side and the cap', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.nat(100_000),
      (attempt, chance, retryAfterMs) => {
        const delay = backoffDelay(attempt, fakeRandom([chance]), { baseMs: 100, capMs: 30_000, retryAfterMs });

        expect(delay).toBeLessThanOrEqual(30_000);
        expect(delay).toBeGreaterThanOrEqual(Math.min(30_000, retryAfterMs));
        expect(delay).toBeLessThanOrEqual(
          Math.max(Math.min(30_000, 100 * 2 ** (attempt - 1)), Math.min(30_000, retryAfterMs)),
        );
      },
    ),
    fuzzed(300),
  );
});
