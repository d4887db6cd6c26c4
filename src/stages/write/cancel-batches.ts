import type { BatchLanguageModel, Clock, ShardRecord, VendorBatch } from '../../core/ports.ts';
import { adoptLost, type SettleOptions, settleShard } from './settle-shard.ts';
import { isOver } from './vendor-batches.ts';

export interface CancelBatchesOptions extends SettleOptions {
  readonly model: BatchLanguageModel;
  /** True where nobody wants any answer of the batch. */
  readonly isUnwanted: (shard: ShardRecord) => boolean;
  readonly clock: Clock;
  readonly pollMs: number;
  /** How long the vendor is given to end a batch; what is not over by then is settled by the next run. */
  readonly waitMs: number;
}

export interface CancelledBatch {
  readonly id: string;
  /** Answers that were there already; they are paid for and kept for the next run. */
  readonly answered: number;
  readonly isOver: boolean;
}

/** Ends the batches that nobody wants any more, at the vendor as well, and takes what they had answered into the ledger. */
export async function cancelBatches(options: CancelBatchesOptions, signal: AbortSignal): Promise<readonly CancelledBatch[]> {
  const { model, journal, isUnwanted } = options;
  if (!journal.open().some(isUnwanted)) return [];
  await adoptLost(options, signal);
  const cancelled: CancelledBatch[] = [];
  for (const shard of journal.open().filter(isUnwanted)) {
    if (shard.batchId === undefined) continue;
    const seen = await model.poll(shard.batchId, signal);
    const batch = isOver(seen) ? seen : await untilOver(await model.cancel(shard.batchId, signal), options, signal);
    let answered = 0;
    if (isOver(batch)) {
      const count = (_id: string, { kind }: { readonly kind: 'answer' | 'error' }) => {
        if (kind === 'answer') answered += 1;
      };
      await settleShard(shard, { id: batch.id, isEmpty: batch.status === 'failed' }, options, count, signal);
    }
    cancelled.push({ id: batch.id, answered, isOver: isOver(batch) });
  }
  return cancelled;
}

async function untilOver(batch: VendorBatch, { model, clock, pollMs, waitMs }: CancelBatchesOptions, signal: AbortSignal): Promise<VendorBatch> {
  const until = clock.now() + waitMs;
  let seen = batch;
  while (!isOver(seen) && clock.now() < until) {
    await clock.sleep(Math.min(pollMs, 2000), signal);
    seen = await model.poll(batch.id, signal);
  }
  return seen;
}
