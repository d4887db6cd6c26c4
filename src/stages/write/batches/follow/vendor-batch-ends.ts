/** Outcomes of vendor batches, and the errors of posts left without an answer. */

import { BloggerError } from '../../../../core/errors.ts';
import type { BatchRow, VendorBatch } from '../../../../core/ports.ts';

export function isOver({ status }: VendorBatch): boolean {
  return status === 'completed' || status === 'failed' || status === 'expired' || status === 'cancelled';
}

/**
 * Answers that the vendor must hand over by its own counts; without counts, every request of a completed batch has a row.
 * A request whose row is a failure has no answer, although vendors have counted some of them as done. A failed batch without a file has none.
 */
export function answersDue(
  { status, counts }: Pick<VendorBatch, 'status' | 'counts'>,
  requests: number,
  rows: readonly BatchRow[],
): number {
  const withoutFailures = requests - rows.filter(({ kind }) => kind === 'error').length;
  if (status === 'failed' && rows.length === 0) return 0;
  if (counts.done + counts.failed > 0) return Math.min(counts.done, withoutFailures);
  return status === 'completed' ? withoutFailures : 0;
}

export function pending({ id, counts }: VendorBatch): BloggerError {
  return new BloggerError(`The vendor's batch ${id} is not finished (${counts.done} of ${counts.total} done)`, {
    code: 'BATCH_PENDING',
    hint: 'Run `blogger collect` or the same command later; nothing is paid twice.',
  });
}

/** The vendor does not find a batch that it made a short time ago, or its answers. */
export function missing(batchId: string): BloggerError {
  return new BloggerError(`The vendor does not find its batch ${batchId} or its answers at the moment`, {
    code: 'BATCH_PENDING',
    hint: 'Run `blogger collect` or the same command later; nothing is paid twice.',
  });
}

export function unanswered({ id, status, error }: VendorBatch): BloggerError {
  const isInvalid = error?.kind === 'invalid';
  return new BloggerError(
    `The vendor's batch ${id} ended (${status}) without an answer to this post${error === undefined ? '' : `: ${error.message}`}`,
    {
      code: isInvalid ? 'PROVIDER_REQUEST' : 'PROVIDER_OVERLOADED',
      hint: isInvalid
        ? 'Take --tier flex or standard, or another model.'
        : 'Run the same command again; only what is missing is sent.',
    },
  );
}

/** The vendor reports an answer but does not deliver it. */
export function withheld({ id, counts }: VendorBatch): BloggerError {
  return new BloggerError(
    `The vendor counts ${counts.done} answers in its batch ${id}, but its files do not hold the one of this post`,
    {
      code: 'PROVIDER_UNKNOWN_OUTCOME',
      hint: 'What it may have cost counts as spent. Ask the vendor, or run the same command again to have the post written again.',
    },
  );
}

export function cancelledAtVendor({ id }: VendorBatch): BloggerError {
  return new BloggerError(`The batch ${id} was cancelled at the vendor`, {
    code: 'JOB_CANCELLED',
    hint: 'Run the same command again to have its posts written.',
  });
}

export function outOfCredit({ id, error }: VendorBatch): BloggerError {
  return new BloggerError(`The vendor did not run the batch ${id}: ${error?.message ?? 'a billing limit is reached'}`, {
    code: 'PROVIDER_QUOTA',
    hint: 'Add credit or raise the limit at the provider, then run the same command again.',
  });
}
