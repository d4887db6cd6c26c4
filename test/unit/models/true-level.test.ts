import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSentCalls } from '../../../src/services/models/limits/sent-calls.ts';
import { trueLevel } from '../../../src/services/models/limits/true-level.ts';

const counts = { own: 500, remaining: 1000, notLeft: 0, uncounted: 0, step: 0 };

test.each([
  ['more than ours is left and nothing is on its way: the vendor has seen less than we thought', {}, 1000],
  ['all that is missing in our count may be on its way: our count stays', { uncounted: 500 }, 500],
  ['a part of it may be on its way: the rest is ours', { uncounted: 300 }, 700],
  ['less is left than we thought, for others use the key: theirs counts', { remaining: 200 }, 200],
  ['what is taken and has not left is never in the vendor’s count', { remaining: 600, notLeft: 250 }, 350],
  ['what we refill at once may be counted twice', { step: 30 }, 970],
  ['of a part of the vendor’s limit there can be less, never more', { uncounted: Number.POSITIVE_INFINITY }, 500],
])('%s', (_what, change, expected) => {
  expect(trueLevel({ ...counts, ...change })).toBe(expected);
});

/**
 * A vendor with a bucket of its own, calls that arrive late and in any order, and headers that are written at any time between a call's
 * arrival and its answer: what our count says is there must be there.
 */
test('however calls and answers overtake each other, no call is let out that the vendor has no room for', () => {
  const call = fc.record({
    tokens: fc.integer({ min: 50, max: 400 }),
    gap: fc.nat({ max: 50 }),
    travel: fc.nat({ max: 900 }),
    work: fc.nat({ max: 3000 }),
  });
  fc.assert(
    fc.property(
      fc.array(call, { minLength: 20, maxLength: 60 }),
      fc.boolean(),
      fc.nat({ max: 900 }),
      (calls, headersAtArrival, unknownRoom) => {
        const sentCalls = createSentCalls();
        const vendor = { level: 3000 };
        let own = 3000 - unknownRoom;
        let now = 0;
        let refused = 0;
        const events: { readonly at: number; run(): void }[] = [];
        const runUntil = (time: number) => {
          for (let next = first(events, time); next !== undefined; next = first(events, time)) next.run();
          now = time;
        };
        calls.forEach(({ tokens, gap, travel, work }, index) => {
          runUntil(now + gap);
          if (own < tokens) return;
          own -= tokens;
          const call = { id: `${index}`, tokens, at: now };
          sentCalls.sent(call);
          let said = 0;
          events.push({
            at: now + travel,
            run() {
              if (vendor.level < tokens) refused += 1;
              else vendor.level -= tokens;
              said = vendor.level;
            },
          });
          events.push({
            at: now + travel + work,
            run() {
              if (!headersAtArrival) said = vendor.level;
              const uncounted = sentCalls.uncountedBy(call.id).tokens;
              own = trueLevel({ own, remaining: said, notLeft: 0, uncounted, step: 0 });
              sentCalls.answered(call);
            },
          });
        });
        runUntil(Number.MAX_SAFE_INTEGER);
        expect(refused).toBe(0);
        expect(own).toBeLessThanOrEqual(vendor.level);
      },
    ),
    { numRuns: 500 },
  );
});

/** Takes out the earliest event that is due. */
function first<T extends { readonly at: number }>(events: T[], until: number): T | undefined {
  const due = events.reduce<number>(
    (best, { at }, index) => (at <= until && at < (events[best]?.at ?? Number.POSITIVE_INFINITY) ? index : best),
    -1,
  );
  return due === -1 ? undefined : events.splice(due, 1)[0];
}
