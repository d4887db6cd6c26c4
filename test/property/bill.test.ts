import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runBillCase } from '../helpers/bill-model.ts';
import { fuzzed } from '../helpers/fuzz.ts';

const anyCase = fc.record({
  posts: fc.integer({ min: 1, max: 7 }),
  capUsd: fc.double({ min: 0.01, max: 0.6, noNaN: true }),
  useBatches: fc.boolean(),
  kills: fc.array(fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }), { minLength: 1, maxLength: 5 }),
  seed: fc.integer(),
});

test('whatever the vendor answers and wherever a run is killed, the cap holds, nothing is paid twice, and the ledger knows the bill', {
  timeout: Number(process.env['BLOGGER_FUZZ_TIMEOUT'] ?? 120_000),
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ seed, ...one }) => {
      const { vendor, workUsd, statsUsd, knownUsd, peakUsd } = await runBillCase({ ...one, chance: mulberry(seed) });

      expect(vendor.violations).toEqual([]);
      expect(vendor.billUsd).toBeLessThanOrEqual(one.capUsd + 1e-6);
      expect(peakUsd).toBeLessThanOrEqual(one.capUsd + 1e-6);
      // The ledger's total is the bill but for calls that it names as unknown, and those count at their worst.
      expect(vendor.billUsd).toBeLessThanOrEqual(workUsd + 1e-6);
      expect(knownUsd).toBeLessThanOrEqual(vendor.billUsd + 1e-6);
      expect(statsUsd).toBeCloseTo(workUsd, 9);
    }),
    fuzzed(150),
  );
});

function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
