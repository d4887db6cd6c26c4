import type { BatchJournal, BatchLanguageModel, BatchRow, Ledger, ShardRecord } from '../../core/ports.ts';
import { hashText } from '../../util/stable-hash.ts';
import type { Prices } from './charged-model.ts';

export interface SettleOptions {
  readonly model: Pick<BatchLanguageModel, 'collect'>;
  readonly journal: BatchJournal;
  readonly ledger: Ledger;
  readonly prices: Prices;
}

/** Vendors bound the length of a line's id. */
export function rowIdOf(id: string): string {
  return id.length <= 64 ? id : hashText(id);
}

/**
 * Takes what a batch that is over has answered into the ledger, each answer once however often this is asked, and frees the rest.
 * Returns the requests that may be sent again.
 */
export async function settleShard(
  shard: ShardRecord,
  batch: { readonly id: string; readonly isEmpty: boolean },
  { model, journal, ledger, prices }: SettleOptions,
  onRow: (requestId: string, row: BatchRow) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const missing = new Set(shard.requestIds);
  const byRow = new Map(shard.requestIds.map((id) => [rowIdOf(id), id]));
  if (!batch.isEmpty) {
    for await (const row of model.collect(batch.id, signal)) {
      const id = byRow.get(row.id);
      if (id === undefined) continue;
      if (row.kind === 'answer' || !row.retryable) missing.delete(id);
      if (row.kind === 'error') ledger.release(id, 'free');
      else if (ledger.find(id)?.reply === undefined) ledger.settle(id, row.reply, prices.costUsd(row.reply));
      onRow(id, row);
    }
  }
  for (const id of missing) if (ledger.find(id)?.reply === undefined) ledger.release(id, 'free');
  journal.close(shard.id);
  return [...missing];
}

/** Finds out whether batches that were intended when a run died were made after all. */
export async function adoptLost(
  { model, journal, ledger }: { readonly model: Pick<BatchLanguageModel, 'list'>; readonly journal: BatchJournal; readonly ledger: Ledger },
  signal: AbortSignal,
): Promise<void> {
  const lost = journal.open().filter(({ batchId }) => batchId === undefined);
  if (lost.length === 0) return;
  const known = new Map<string, string>();
  for await (const { shardId, id } of model.list(signal)) known.set(shardId, id);
  for (const { id, requestIds } of lost) {
    const batchId = known.get(id);
    if (batchId !== undefined) journal.submitted(id, batchId);
    else {
      journal.close(id);
      for (const requestId of requestIds) ledger.release(requestId, 'free');
    }
  }
}
