import type { Random } from '../../core/ports.ts';

export interface BackoffOptions {
  /** Longest wait before the second attempt. */
  readonly baseMs: number;
  /** Upper bound of every wait, `retryAfterMs` included. */
  readonly capMs: number;
  /** Wait requested by the server (Retry-After); a lower bound, still capped. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * Wait before the attempt that follows `attempt` (1-based): exponential with full jitter, never below `retryAfterMs`, never above `capMs`.
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog (full jitter).
 */
export function backoffDelay(attempt: number, random: Random, { baseMs, capMs, retryAfterMs }: BackoffOptions): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** (attempt - 1));
  const jittered = random.next() * ceiling;
  return Math.min(capMs, Math.max(jittered, retryAfterMs ?? 0));
}
