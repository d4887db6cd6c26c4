import { BloggerError } from '../../core/errors.ts';
import type { Clock, Random } from '../../core/ports.ts';
import { backoffDelay } from './backoff.ts';

export interface RetryOptions {
  /** Total attempts, including the first. */
  readonly attempts: number;
  readonly baseMs: number;
  readonly capMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Which errors to retry. @default retryable ones */
  readonly isWorthIt?: (error: BloggerError) => boolean;
  /** True to retry an error beyond `attempts`, given the time since the first attempt. */
  readonly isPatient?: (error: BloggerError, elapsedMs: number) => boolean;
  /** Called before each wait. */
  readonly onRetry?: (error: BloggerError, next: { readonly attempt: number; readonly delayMs: number }) => void;
}

/** Calls `fn` until it succeeds, its error is not retryable, or the attempts are used up; waits with full jitter between attempts. `attempt` is 1-based. */
export async function retry<T>(
  fn: (attempt: number) => Promise<T>,
  options: RetryOptions,
  signal: AbortSignal,
): Promise<T> {
  const { isWorthIt = ({ retryable }) => retryable, isPatient = () => false } = options;
  const startedAt = options.clock.monotonic();
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await fn(attempt);
    } catch (error) {
      if (!BloggerError.is(error) || !isWorthIt(error)) throw error;
      if (attempt >= options.attempts && !isPatient(error, options.clock.monotonic() - startedAt)) throw error;
      const delayMs = backoffDelay(attempt, options.random, { ...options, retryAfterMs: error.retryAfterMs });
      options.onRetry?.(error, { attempt: attempt + 1, delayMs });
      await options.clock.sleep(delayMs, signal);
    }
  }
}
