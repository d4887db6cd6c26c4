import { BloggerError } from '../../../core/errors.ts';
import type { BatchJournal, BatchLanguageModel, BatchRow, Ledger, ShardRecord, VendorBatch } from '../../../core/ports.ts';
import { hashText } from '../../../util/stable-hash.ts';
import type { Prices } from '../calls/charged-model.ts';

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
 * Returns the requests that may be sent again. Throws `BATCH_GONE` where the vendor has the batch and no longer its answers.
 */
export async function settleShard(
  shard: ShardRecord,
  batch: { readonly id: string; readonly isEmpty: boolean },
  options: SettleOptions,
  onRow: (requestId: string, row: BatchRow) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { journal, ledger, prices } = options;
  const missing = new Set(shard.requestIds);
  const byRow = new Map(shard.requestIds.map((id) => [rowIdOf(id), id]));
  if (!batch.isEmpty) {
    for await (const row of answersOf(shard, batch.id, options, signal)) {
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

async function* answersOf(
  shard: ShardRecord,
  batchId: string,
  options: SettleOptions,
  signal: AbortSignal,
): AsyncGenerator<BatchRow, void, undefined> {
  try {
    yield* options.model.collect(batchId, signal);
  } catch (error) {
    throw isNotFound(error) ? giveUpShard(shard, batchId, options) : error;
  }
}

/** Looks at the batch of a shard. Throws `BATCH_GONE` where the vendor no longer has it; its requests are not held back by it from then on. */
export async function lookAt(
  shard: ShardRecord,
  batchId: string,
  options: Pick<SettleOptions, 'journal' | 'ledger'> & { readonly model: Pick<BatchLanguageModel, 'poll' | 'list'> },
  signal: AbortSignal,
): Promise<VendorBatch> {
  try {
    return await options.model.poll(batchId, signal);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    // A wrong address does not know the batch either; but it has no list of batches, and that is thrown.
    for await (const batch of options.model.list(signal)) if (batch.id === batchId) return batch;
    throw giveUpShard(shard, batchId, options);
  }
}

/** What a vendor answers to the name of something that it does not have. */
function isNotFound(error: unknown): boolean {
  return BloggerError.is(error) && error.code === 'PROVIDER_MODEL';
}

/** The batch may have been made and paid for, so its money stays spent, and it is for the user to say whether its posts are asked for again. */
function giveUpShard(
  { id, requestIds }: ShardRecord,
  batchId: string,
  { journal, ledger }: Pick<SettleOptions, 'journal' | 'ledger'>,
): BloggerError {
  for (const requestId of requestIds) ledger.release(requestId, 'unknown');
  journal.close(id);
  return new BloggerError(
    `The vendor no longer has the batch ${batchId} or its answers: deleted, kept too long, or made with the key of another project`,
    {
      code: 'BATCH_GONE',
      hint: 'Run the same command again to have its posts written anew. What the batch may have cost counts as spent.',
    },
  );
}

export interface AdoptOptions {
  readonly model: Pick<BatchLanguageModel, 'list'>;
  readonly journal: BatchJournal;
  readonly ledger: Ledger;
  /** Shards that are on their way to the vendor now, of which nothing is known yet. */
  readonly underWay?: ReadonlySet<string>;
}

/** Finds out whether batches were made after all whose making was not heard of, such as those that were intended when a run died. */
export async function adoptLost(
  { model, journal, ledger, underWay }: AdoptOptions,
  signal: AbortSignal,
): Promise<void> {
  const lost = journal.open().filter(({ id, batchId }) => batchId === undefined && underWay?.has(id) !== true);
  if (lost.length === 0) return;
  const known = new Map<string, string>();
  const nameless: VendorBatch[] = [];
  for await (const batch of model.list(signal)) {
    if (batch.shardId === '') nameless.push(batch);
    else known.set(batch.shardId, batch.id);
  }
  for (const { id, requestIds } of lost) {
    const batchId = known.get(id) ?? knownByRow(requestIds, nameless);
    if (batchId !== undefined) journal.submitted(id, batchId);
    else {
      journal.close(id);
      for (const requestId of requestIds) ledger.release(requestId, 'free');
    }
  }
}

/** The batch that holds one of the requests. Throws `BATCH_PENDING` while one runs that may: its rows are not known before it ends. */
function knownByRow(requestIds: readonly string[], batches: readonly VendorBatch[]): string | undefined {
  const rows = new Set(requestIds.map(rowIdOf));
  const found = batches.find(({ rowId }) => rowId !== undefined && rows.has(rowId));
  if (found !== undefined) return found.id;
  const running = batches.find(({ status, counts }) => status === 'running' && counts.total === requestIds.length);
  if (running === undefined) return undefined;
  throw new BloggerError(`The batch ${running.id} may be one that an interrupted run made, and has not ended`, {
    code: 'BATCH_PENDING',
    hint: 'Run the same command again when it has ended; until then its posts are not requested a second time.',
  });
}
