import type { Parameters } from 'fast-check';

/**
 * How long a property is tried: `runs` times in `npm test`; for BLOGGER_FUZZ_SECONDS each under `npm run fuzz`, with other values every time;
 * BLOGGER_FUZZ_SHARE of `runs` where every change of the code under test runs all of them again (`npm run test:mutation`).
 */
export function fuzzed<T>(runs: number): Parameters<T> {
  const seconds = Number(process.env['BLOGGER_FUZZ_SECONDS'] ?? 0);
  if (seconds > 0) return { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000 };
  const share = Number(process.env['BLOGGER_FUZZ_SHARE'] ?? 1);
  return { numRuns: Math.max(30, Math.round(runs * share)) };
}
