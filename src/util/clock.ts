import type { Clock } from '../core/ports.ts';

/** System clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Math.floor(performance.now()),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error); // the reason is set by the owner of the signal
        return;
      }
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', abort, { once: true });
      function done() {
        signal.removeEventListener('abort', abort);
        resolve();
      }
      function abort() {
        clearTimeout(timer);
        reject(signal.reason as Error);
      }
    });
  },
};

/** Current time as an ISO string. */
export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}

/** Milliseconds since this call, with fractions; for figures, never for decisions. */
export function stopwatch(): () => number {
  const startedAt = performance.now();
  return () => performance.now() - startedAt;
}
