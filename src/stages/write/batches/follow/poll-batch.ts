/** Polls one vendor batch until it has ended and its answers are in the ledger. */

import { BloggerError } from '../../../../core/errors.ts';
import type { BatchRow, ShardRecord, VendorBatch } from '../../../../core/ports.ts';
import type { VendorBatchesOptions } from '../vendor-batches-options.ts';
import { closeShard, lookAt, settleShard } from './settle-shard.ts';
import { isOver, pending, withheld } from './vendor-batch-ends.ts';

/** Outcome of polling a batch. */
export type BatchOutcome =
  /** Ended; requests in `rest` have no answer and may be sent again. */
  | { readonly kind: 'over'; readonly batch: VendorBatch; readonly rest: readonly string[]; readonly byUs: boolean }
  /** Still in progress; a later run collects it. */
  | { readonly kind: 'pending'; readonly error: BloggerError }
  /** The vendor reports more answers than it delivers. */
  | { readonly kind: 'withheld'; readonly rest: readonly string[]; readonly error: BloggerError };

export interface PollOptions extends VendorBatchesOptions {
  readonly onStatus: (batch: VendorBatch) => void;
  readonly onRow: (requestId: string, row: BatchRow) => void;
  /** True when the batch must be cancelled: its posts were cancelled, or its deadline passed. */
  readonly isUnwanted: (shard: ShardRecord) => boolean;
}

/** Download attempts when the vendor reports more answers than its files contain. */
const SHORT_READS = 10;
/** Maximum wait between two polls, in poll intervals. */
const MAX_WAIT_FACTOR = 40;

export async function pollBatch(shard: ShardRecord, options: PollOptions): Promise<BatchOutcome> {
  const { model, clock, leaving, pollMs, wait } = options;
  const { batchId } = shard;
  if (batchId === undefined) return { kind: 'pending', error: notConfirmed() };
  const onRow = once(options.onRow);
  let byUs = false;
  let shortReads = 0;
  let unknownStates = 0;
  for (;;) {
    const batch = await lookAt(shard, batchId, options, leaving);
    options.onStatus(batch);
    if (isOver(batch)) {
      const { rest, isShort } = await settleShard(shard, batch, options, onRow, leaving);
      if (!isShort) return { kind: 'over', batch, rest, byUs };
      shortReads += 1;
      if (wait && shortReads > SHORT_READS) {
        closeShard(shard, rest, options, 'unknown');
        return { kind: 'withheld', rest, error: withheld(batch) };
      }
    }
    if (!wait) return { kind: 'pending', error: pending(batch) };
    if (!isOver(batch) && options.isUnwanted(shard)) {
      await model.cancel(batchId, leaving);
      byUs = true;
    }
    unknownStates = batch.word === undefined ? 0 : unknownStates + 1;
    try {
      await clock.sleep(
        pollMs * Math.min(MAX_WAIT_FACTOR, 2 ** Math.max(0, shortReads - 1, unknownStates - 1)),
        leaving,
      );
    } catch {
      return { kind: 'pending', error: pending(batch) }; // the run ends; the batch stays at the vendor
    }
  }
}

/** Files may be read several times; each row counts once. */
function once(onRow: PollOptions['onRow']): PollOptions['onRow'] {
  const seen = new Set<string>();
  return (id, row) => {
    if (seen.has(id)) return;
    seen.add(id);
    onRow(id, row);
  };
}

function notConfirmed(): BloggerError {
  return new BloggerError('A batch is being made whose name is not known yet', {
    code: 'BATCH_PENDING',
    hint: 'Run `blogger collect` later.',
  });
}
