import type { BatchLanguageModel, Clock, ShardRecord, VendorBatch } from '../../../core/ports.ts';
import { adoptLost } from './follow/adopt-lost.ts';
import { giveUpShard, isGone, lookAt, type SettleOptions, settleShard } from './follow/settle-shard.ts';
import { isOver } from './follow/vendor-batch-ends.ts';

export interface CancelBatchesOptions extends SettleOptions {
  readonly model: BatchLanguageModel;
  /** True where no answer of the batch is needed. */
  readonly isUnwanted: (shard: ShardRecord) => boolean;
  readonly clock: Clock;
  readonly pollMs: number;
  /** Time limit for the vendor to cancel a batch; the next run settles those still open. */
  readonly waitMs: number;
}

export interface CancelledBatch {
  readonly id: string;
  /** Answers that were already finished; they are billed and kept for the next run. */
  readonly answered: number;
  readonly isOver: boolean;
}

/** Cancels unneeded batches at the vendor and stores their finished answers in the ledger. */
export async function cancelBatches(
  options: CancelBatchesOptions,
  signal: AbortSignal,
): Promise<readonly CancelledBatch[]> {
  const { journal, isUnwanted } = options;
  if (!journal.open().some(isUnwanted)) return [];
  await adoptLost(options, signal);
  const cancelled: CancelledBatch[] = [];
  for (const shard of journal.open().filter(isUnwanted)) {
    if (shard.batchId !== undefined) cancelled.push(await cancelOne(shard, shard.batchId, options, signal));
  }
  return cancelled;
}

async function cancelOne(
  shard: ShardRecord,
  batchId: string,
  options: CancelBatchesOptions,
  signal: AbortSignal,
): Promise<CancelledBatch> {
  let answered = 0;
  const count = (_id: string, { kind }: { readonly kind: 'answer' | 'error' }) => {
    if (kind === 'answer') answered += 1;
  };
  try {
    const seen = await lookAt(batchId, options.model, signal);
    const batch = isOver(seen) ? seen : await untilOver(await options.model.cancel(batchId, signal), options, signal);
    if (!isOver(batch)) return { id: batchId, answered, isOver: false };
    const { isShort } = await settleShard(shard, batch, options, count, signal);
    return { id: batchId, answered, isOver: !isShort };
  } catch (error) {
    if (!isGone(error)) throw error;
    giveUpShard(shard, options);
    return { id: batchId, answered, isOver: true }; // nothing left to cancel
  }
}

async function untilOver(
  batch: VendorBatch,
  { model, clock, pollMs, waitMs }: CancelBatchesOptions,
  signal: AbortSignal,
): Promise<VendorBatch> {
  const until = clock.monotonic() + waitMs;
  let seen = batch;
  while (!isOver(seen) && clock.monotonic() < until) {
    await clock.sleep(Math.min(pollMs, 2000), signal);
    seen = await model.poll(batch.id, signal);
  }
  return seen;
}
