import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PRIORITIES, type Priority } from '../../src/core/types.ts';
import { createFrontier } from '../../src/stages/crawl/queue/frontier.ts';
import { entryOf } from '../helpers/crawl-setup.ts';
import { fuzzed } from '../helpers/fuzz.ts';

const AGE_MS = 1000;
const LEVEL: Readonly<Record<Priority, number>> = { high: 0, medium: 1, low: 2 };
const arrival = fc.record({
  host: fc.integer({ min: 0, max: 4 }),
  priority: fc.constantFrom(...PRIORITIES),
  at: fc.integer({ min: 0, max: 5000 }),
});
const arrivals = fc.array(arrival, { maxLength: 40 }).map((list) => [...list].sort((a, b) => a.at - b.at));

/** The same rule in the plainest words: look at everything that waits, take the best whose host has room. */
function plainOrder(
  list: readonly { readonly host: number; readonly priority: Priority; readonly at: number }[],
): number[] {
  return list
    .map((one, order) => ({ order, rank: one.at + LEVEL[one.priority] * AGE_MS }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map(({ order }) => order);
}

it('hands out everything once, in the plain order, when each entry is released at once', () => {
  fc.assert(
    fc.property(arrivals, (list) => {
      const frontier = createFrontier({ perHost: 1, ageMs: AGE_MS });
      const entries = list.map((one, order) =>
        entryOf(`http://h${one.host}.example/${order}`, { priority: one.priority, index: order }),
      );
      for (const [order, entry] of entries.entries()) frontier.add(entry, list[order]?.at ?? 0);
      const taken: number[] = [];
      for (let entry = frontier.take(); entry !== undefined; entry = frontier.take()) {
        taken.push(entry.index);
        frontier.release(entry);
      }

      expect(taken).toEqual(plainOrder(list));
      expect(frontier.size).toBe(0);
    }),
    fuzzed(300),
  );
});

it('never lets a host have more than perHost, never holds back a host that has room, and takes the best of those', () => {
  fc.assert(
    fc.property(
      arrivals,
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.nat(), { maxLength: 120 }),
      (list, perHost, choices) => {
        const frontier = createFrontier({ perHost, ageMs: AGE_MS });
        const entries = list.map((one, order) =>
          entryOf(`http://h${one.host}.example/${order}`, { priority: one.priority, index: order }),
        );
        const waiting = new Set(entries);
        const out: typeof entries = [];
        const busy = (host: string) => out.filter((other) => new URL(other.url).host === host).length;
        const best = plainOrder(list);
        for (const [order, entry] of entries.entries()) frontier.add(entry, list[order]?.at ?? 0);
        for (const choice of choices) {
          if (choice % 3 === 0 && out.length > 0) {
            const [done] = out.splice(choice % out.length, 1);
            if (done !== undefined) frontier.release(done);
            continue;
          }
          const expected = best
            .map((order) => entries[order])
            .find((entry) => entry !== undefined && waiting.has(entry) && busy(new URL(entry.url).host) < perHost);
          const taken = frontier.take();
          expect(taken).toBe(expected);
          if (taken === undefined) continue;
          waiting.delete(taken);
          out.push(taken);
        }
        expect(frontier.size).toBe(waiting.size);
      },
    ),
    fuzzed(300),
  );
});

it('lets a LOW entry that waited long go before a HIGH one that came later', () => {
  const frontier = createFrontier({ perHost: 1, ageMs: AGE_MS });
  const [low, high] = [
    entryOf('http://a.example/', { priority: 'low' }),
    entryOf('http://b.example/', { priority: 'high' }),
  ];
  frontier.add(low, 0);
  frontier.add(high, 2 * AGE_MS + 1);

  expect(frontier.take()).toBe(low);
});
