import type { Parameters } from 'fast-check';

/**
 * How long a property is tried: `runs` times in `npm test`; for BLOGGER_FUZZ_SECONDS each, or BLOGGER_FUZZ_RUNS times, under `npm run fuzz`,
 * with other values every time or those of BLOGGER_FUZZ_SEED; BLOGGER_FUZZ_SHARE of `runs` where every change of the code under test runs
 * all of them again (`npm run test:mutation`).
 */
export function fuzzed<T>(runs: number): Parameters<T> {
  const given = (name: string) => Number(process.env[`BLOGGER_FUZZ_${name}`] ?? 0);
  const seed = given('SEED') === 0 ? {} : { seed: given('SEED') };
  if (given('RUNS') > 0) return { ...seed, numRuns: given('RUNS') };
  if (given('SECONDS') > 0)
    return { ...seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: given('SECONDS') * 1000 };
  const share = Number(process.env['BLOGGER_FUZZ_SHARE'] ?? 1);
  return { ...seed, numRuns: Math.max(30, Math.round(runs * share)) };
}
