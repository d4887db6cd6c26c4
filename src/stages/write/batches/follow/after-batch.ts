import type { BloggerError } from '../../../../core/errors.ts';
import type { VendorBatch } from '../../../../core/ports.ts';
import { ATTEMPTS } from '../shards.ts';
import { cancelledAtVendor, outOfCredit, unanswered } from './vendor-batch-ends.ts';

export interface AfterBatchFacts {
  readonly attempt: number;
  /** The batch was cancelled by this run. */
  readonly byUs: boolean;
  /** The deadline leaves no time for another batch. */
  readonly isTooLate: boolean;
  /** Every post of the batch was cancelled. */
  readonly isCancelled: boolean;
  /** False in a run of another tier, which makes no batches. */
  readonly makesBatches: boolean;
}

/** What to do with the requests that an ended batch did not answer. */
export type AfterBatch =
  | { readonly kind: 'refuse'; readonly error: BloggerError }
  | { readonly kind: 'live' | 'again' | 'with-less' };

export function afterBatch(batch: VendorBatch, facts: AfterBatchFacts): AfterBatch {
  const { attempt, byUs, isTooLate, isCancelled, makesBatches } = facts;
  if (batch.error?.kind === 'billing') return { kind: 'refuse', error: outOfCredit(batch) };
  if (batch.status === 'cancelled' && !byUs && !isTooLate) return { kind: 'refuse', error: cancelledAtVendor(batch) };
  if (isTooLate) return { kind: 'live' };
  if (isCancelled) return { kind: 'refuse', error: unanswered(batch) };
  if (!makesBatches) return { kind: 'live' };
  if (batch.error?.kind === 'invalid') return { kind: 'refuse', error: unanswered(batch) };
  if (batch.error?.kind === 'queue-full') return { kind: 'with-less' };
  return attempt >= ATTEMPTS ? { kind: 'refuse', error: unanswered(batch) } : { kind: 'again' };
}
