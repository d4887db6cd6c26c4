/** How a vendor's batch ends, and what is said of posts that it leaves without an answer. */

import { BloggerError } from '../../../core/errors.ts';
import type { VendorBatch } from '../../../core/ports.ts';

export function isOver({ status }: VendorBatch): boolean {
  return status === 'completed' || status === 'failed' || status === 'expired' || status === 'cancelled';
}

export function pending({ id, counts }: VendorBatch): BloggerError {
  return new BloggerError(`The vendor's batch ${id} is not finished (${counts.done} of ${counts.total} done)`, {
    code: 'BATCH_PENDING',
    hint: 'Run `blogger collect` or the same command later; nothing is paid twice.',
  });
}

export function unanswered({ id, status, error }: VendorBatch): BloggerError {
  return new BloggerError(
    `The vendor's batch ${id} ended (${status}) without an answer to this post${error === undefined ? '' : `: ${error.message}`}`,
    {
      code: 'PROVIDER_OVERLOADED',
      hint: 'Run the same command again; only what is missing is sent.',
    },
  );
}
