import type { Clock } from '../../core/ports.ts';
import { timeoutError } from './fetch-errors.ts';

export interface Deadline {
  readonly url: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * Runs `fn` with a signal that fires when `signal` does or when the time is up. Own wiring instead of `AbortSignal.any`, which on Node 20
 * keeps every derived signal alive as long as its source: a run of 20,000 pages would hold them all.
 */
export async function withDeadline<T>(
  fn: (signal: AbortSignal) => Promise<T>,
  { url, timeoutMs, clock }: Deadline,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  const call = new AbortController();
  const timer = new AbortController();
  const stop = () => call.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  clock.sleep(timeoutMs, timer.signal).then(
    () => call.abort(timeoutError(url, timeoutMs)),
    () => {}, // the call ended first
  );
  try {
    return await fn(call.signal);
  } finally {
    timer.abort();
    signal.removeEventListener('abort', stop);
  }
}
