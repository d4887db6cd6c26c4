/** What a call of a model means for the bill. One table for every HTTP status; the ledger acts on it. */

import { BloggerError } from './errors.ts';

/**
 * - `free`: the model provably did not run (refused, not reachable, limited before work).
 * - `paid`: an answer with its usage is in hand, also one that says it failed. It is a `ModelReply`, never an error.
 * - `unknown`: work may have begun. The worst case counts against the cap.
 */
export type Bill = 'free' | 'paid' | 'unknown';

/** Below 500 only these end a wait instead of refusing the work: timeouts of the server (408) and of a proxy (460, 499). */
const ENDED_WAITS: ReadonlySet<number> = new Set([408, 460, 499]);
/** Failures before any work: not implemented, no server behind the gateway, overloaded (529 is Anthropic's). */
const NOT_BEGUN: ReadonlySet<number> = new Set([501, 503, 505, 511, 521, 522, 523, 525, 526, 529, 530]);
/** Failures in the middle. A vendor that says so in an error of its own does not charge for it; a gateway in front of it does not know. */
const BROKEN_OFF: ReadonlySet<number> = new Set([500, 502, 520]);

/** `ownWords`: the body is an error of the API, not a page of a gateway. Every status that is not in the table may have been paid for. */
export function billOfStatus(status: number, { ownWords }: { readonly ownWords: boolean }): 'free' | 'unknown' {
  if (status >= 400 && status < 500) return ENDED_WAITS.has(status) ? 'unknown' : 'free';
  return NOT_BEGUN.has(status) || (ownWords && BROKEN_OFF.has(status)) ? 'free' : 'unknown';
}

/** What a call that threw means for the bill. An abort or an error that is not ours says nothing, so it is `unknown`. */
export function billOf(error: unknown): Exclude<Bill, 'paid'> {
  if (!BloggerError.is(error)) return 'unknown';
  const { bill } = error.details;
  if (bill === 'free' || bill === 'unknown') return bill;
  return error.code === 'PROVIDER_UNKNOWN_OUTCOME' ? 'unknown' : 'free';
}
