import { BloggerError } from '../../../core/errors.ts';
import type {
  BatchJournal,
  BatchLanguageModel,
  BatchRow,
  Ledger,
  ShardRecord,
  VendorBatch,
} from '../../../core/ports.ts';
import { hashText } from '../../../util/stable-hash.ts';
import type { Prices } from '../calls/charged-model.ts';
import { answersDue } from './vendor-batch-ends.ts';

export interface SettleOptions {
  readonly model: Pick<BatchLanguageModel, 'collect'>;
  readonly journal: BatchJournal;
  readonly ledger: Ledger;
  readonly prices: Prices;
}

export interface SettledShard {
  /** Requests without an answer, which may be sent again. */
  readonly rest: readonly string[];
  /** True when the vendor counts more answers than its files held: the shard stays open, and the files are read again. */
  readonly isShort: boolean;
}

/** Vendors bound the length of a line's id. */
export function rowIdOf(id: string): string {
  return id.length <= 64 ? id : hashText(id);
}

/**
 * Takes what a batch that is over has answered into the ledger, each answer once however often this is called, and frees the rest.
 * Throws `BATCH_GONE` where the vendor has the batch and no longer its answers.
 */
export async function settleShard(
  shard: ShardRecord,
  batch: Pick<VendorBatch, 'id' | 'status' | 'counts'>,
  options: SettleOptions,
  onRow: (requestId: string, row: BatchRow) => void,
  signal: AbortSignal,
): Promise<SettledShard> {
  const { ledger, prices } = options;
  const rest = new Set(shard.requestIds);
  const byRow = new Map(shard.requestIds.map((id) => [rowIdOf(id), id]));
  const rows = batch.status === 'failed' ? [] : await rowsOf(shard, batch.id, options, signal);
  const mine = new Map(rows.flatMap((row) => (byRow.has(row.id) ? [[row.id, row] as const] : [])));
  for (const row of mine.values()) {
    const id = byRow.get(row.id) ?? row.id;
    if (row.kind === 'answer' || !row.retryable) rest.delete(id);
    if (row.kind === 'error') ledger.release(id, 'free');
    else if (ledger.find(id)?.reply === undefined) ledger.settle(id, row.reply, prices.costUsd(row.reply));
    onRow(id, row);
  }
  const answers = [...mine.values()].filter(({ kind }) => kind === 'answer').length;
  if (answers < answersDue(batch, shard.requestIds.length, [...mine.values()]))
    return { rest: [...rest], isShort: true };
  closeShard(shard, rest, options, 'free');
  return { rest: [...rest], isShort: false };
}

/** Nothing more will come of the shard: what it left without an answer was free, or may have been paid for. */
export function closeShard(
  { id }: ShardRecord,
  rest: Iterable<string>,
  { journal, ledger }: Pick<SettleOptions, 'journal' | 'ledger'>,
  outcome: 'free' | 'unknown',
): void {
  for (const requestId of rest) if (ledger.find(requestId)?.reply === undefined) ledger.release(requestId, outcome);
  journal.close(id);
}

async function rowsOf(
  shard: ShardRecord,
  batchId: string,
  options: SettleOptions,
  signal: AbortSignal,
): Promise<readonly BatchRow[]> {
  const rows: BatchRow[] = [];
  try {
    for await (const row of options.model.collect(batchId, signal)) rows.push(row);
  } catch (error) {
    throw isNotFound(error) ? giveUpShard(shard, batchId, options) : error;
  }
  return rows;
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
    // A wrong address does not know the batch either; but it has no list of batches, and that error is thrown.
    for await (const batch of options.model.list(signal)) if (batch.id === batchId) return batch;
    throw giveUpShard(shard, batchId, options);
  }
}

/** What a vendor answers to the name of something that it does not have. */
function isNotFound(error: unknown): boolean {
  return BloggerError.is(error) && error.code === 'PROVIDER_MODEL';
}

/** The batch may have been made and paid for, so its money stays spent, and the user decides whether its posts are asked for again. */
function giveUpShard(
  shard: ShardRecord,
  batchId: string,
  options: Pick<SettleOptions, 'journal' | 'ledger'>,
): BloggerError {
  closeShard(shard, shard.requestIds, options, 'unknown');
  return new BloggerError(
    `The vendor no longer has the batch ${batchId} or its answers: deleted, kept too long, or made with the key of another project`,
    {
      code: 'BATCH_GONE',
      hint: 'Run the same command again to have its posts written again. What the batch may have cost counts as spent.',
    },
  );
}
