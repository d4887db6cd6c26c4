/** Whether a failed model call is billed. One table for every HTTP status; the ledger uses it. */

import { BloggerError } from './errors.ts';

/**
 * - `free`: the model provably did not run (refused, not reachable, limited before work).
 * - `paid`: an answer with its usage arrived, also one that reports a failure. It is a `ModelReply`, never an error.
 * - `unknown`: work may have begun. The worst case counts against the cap.
 */
export type Bill = 'free' | 'paid' | 'unknown';

/** The only statuses below 500 that mean a timeout instead of a refusal: 408 from the server, 460 and 499 from a proxy. */
const ENDED_WAITS: ReadonlySet<number> = new Set([408, 460, 499]);
/** Failures before any work: not implemented, no server behind the gateway, overloaded (529 is Anthropic's). */
const NOT_BEGUN: ReadonlySet<number> = new Set([501, 503, 505, 511, 521, 522, 523, 525, 526, 529, 530]);
/** Failures during the work. A vendor that returns its own error does not charge for it; an error page of a gateway proves nothing. */
const BROKEN_OFF: ReadonlySet<number> = new Set([500, 502, 520]);

export interface StatusFacts {
  /** The body is an API error, not a gateway page. */
  readonly ownWords: boolean;
  /** Part of the answer arrived before the error. */
  readonly hasBegun?: boolean | undefined;
  /** The error says that the model ran: of what it wrote, or of a connection behind a gateway that broke meanwhile. */
  readonly hasRun?: boolean | undefined;
}

/** Any status missing from the table counts as possibly paid. */
export function billOfStatus(
  status: number,
  { ownWords, hasBegun = false, hasRun = false }: StatusFacts,
): 'free' | 'unknown' {
  if (hasBegun || hasRun) return 'unknown';
  if (status >= 400 && status < 500) return ENDED_WAITS.has(status) ? 'unknown' : 'free';
  return NOT_BEGUN.has(status) || (ownWords && BROKEN_OFF.has(status)) ? 'free' : 'unknown';
}

/** Whether a call that threw is billed. An abort or a foreign error is `unknown`. */
export function billOf(error: unknown): Exclude<Bill, 'paid'> {
  if (!BloggerError.is(error)) return 'unknown';
  const { bill } = error.details;
  if (bill === 'free' || bill === 'unknown') return bill;
  return error.code === 'PROVIDER_UNKNOWN_OUTCOME' ? 'unknown' : 'free';
}
