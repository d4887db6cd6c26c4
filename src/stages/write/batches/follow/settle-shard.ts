import { BloggerError } from '../../../../core/errors.ts';
import type {
  BatchJournal,
  BatchLanguageModel,
  BatchRow,
  Ledger,
  PromptOf,
  ShardRecord,
  VendorBatch,
} from '../../../../core/ports.ts';
import { hashText } from '../../../../util/stable-hash.ts';
import type { Prices } from '../../calls/charged-model.ts';
import { placedRows } from './placed-rows.ts';
import { answersDue } from './vendor-batch-ends.ts';

export interface SettleOptions {
  readonly model: Pick<BatchLanguageModel, 'collect'>;
  readonly journal: BatchJournal;
  readonly ledger: Ledger;
  readonly prices: Prices;
  readonly promptOf?: PromptOf;
}

export interface SettledShard {
  /** Requests without an answer, which may be sent again. */
  readonly rest: readonly string[];
  /** True when the vendor reports more answers than its files contain: the shard stays open, and the files are read again. */
  readonly isShort: boolean;
}

/** Vendors limit the length of a row id. */
export function rowIdOf(id: string): string {
  return id.length <= 64 ? id : hashText(id);
}

/**
 * Stores the answers of an ended batch in the ledger and releases the other requests; idempotent. A failed batch may have answers, too.
 * Throws `BATCH_GONE` when the vendor has the batch but does not find its answers.
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
  const rows = placedRows(await rowsOf(batch.id, options, signal), options.promptOf ?? (() => undefined));
  const mine = new Map<string, BatchRow>();
  // A row may stand in both files: an answer was paid for, whatever stands beside it.
  for (const row of rows) if (byRow.has(row.id) && mine.get(row.id)?.kind !== 'answer') mine.set(row.id, row);
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

/** Closes the shard: requests without an answer were free, or are possibly billed. */
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
  batchId: string,
  { model, promptOf }: Pick<SettleOptions, 'model' | 'promptOf'>,
  signal: AbortSignal,
): Promise<readonly BatchRow[]> {
  const rows: BatchRow[] = [];
  try {
    for await (const row of model.collect(batchId, signal, promptOf)) rows.push(row);
  } catch (error) {
    throw isNotFound(error) ? gone(batchId) : error;
  }
  return rows;
}

/** Gets the status of a batch. Throws `BATCH_GONE` when the vendor does not find it. */
export async function lookAt(
  batchId: string,
  model: Pick<BatchLanguageModel, 'poll' | 'list'>,
  signal: AbortSignal,
): Promise<VendorBatch> {
  try {
    return await model.poll(batchId, signal);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    // A wrong address does not know the batch either; but it has no list of batches, and that error is thrown.
    for await (const batch of model.list(signal)) if (batch.id === batchId) return batch;
    throw gone(batchId);
  }
}

/** True for a vendor's "not found" response; one without further words reads like a wrong address. */
function isNotFound(error: unknown): boolean {
  if (!BloggerError.is(error)) return false;
  return error.code === 'PROVIDER_MODEL' || (error.code === 'PROVIDER_ADDRESS' && error.details['status'] === 404);
}

export function isGone(error: unknown): boolean {
  return BloggerError.is(error) && error.code === 'BATCH_GONE';
}

/** The batch may have been made and paid for, so its money stays spent, and the user decides whether its posts are asked for again. */
export function giveUpShard(shard: ShardRecord, options: Pick<SettleOptions, 'journal' | 'ledger'>): void {
  closeShard(shard, shard.requestIds, options, 'unknown');
}

function gone(batchId: string): BloggerError {
  return new BloggerError(
    `The vendor no longer has the batch ${batchId} or its answers: deleted, kept too long, or made with the key of another project`,
    {
      code: 'BATCH_GONE',
      hint: 'Run the same command again to have its posts written again. What the batch may have cost counts as spent.',
    },
  );
}
