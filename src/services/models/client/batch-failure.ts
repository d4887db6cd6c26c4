import type { BatchFailure } from '../../../core/ports.ts';

const QUEUE_FULL =
  /token_limit_exceeded|enqueued|queue.{0,20}full|RESOURCE_EXHAUSTED|too many (?:batches|requests)|in_progress batches/i;
const BILLING = /billing|insufficient[_ ]quota|credit|payment|spend(?:ing)? limit|hard[_ ]limit/i;

/** Why a vendor did not run a batch, by its code and its words. */
export function batchFailure(code: string, message: string, { isOfLine = false } = {}): BatchFailure {
  const words = `${code} ${message}`;
  // First, since "exceeded your current quota, check your billing" is no queue.
  const kind = BILLING.test(words) ? 'billing' : QUEUE_FULL.test(words) ? 'queue-full' : isOfLine ? 'invalid' : 'other';
  return { kind, message };
}
