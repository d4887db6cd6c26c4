/** Polls one vendor batch until it has ended and its answers are in the ledger. */

import { BloggerError } from '../../../../core/errors.ts';
import type { BatchRow, PromptOf, ShardRecord, VendorBatch } from '../../../../core/ports.ts';
import type { VendorBatchesOptions } from '../vendor-batches-options.ts';
import { closeShard, giveUpShard, isGone, lookAt, settleShard } from './settle-shard.ts';
import { isOver, missing, pending, withheld } from './vendor-batch-ends.ts';

/** Outcome of polling a batch. */
export type BatchOutcome =
  /** Ended; requests in `rest` have no answer and may be sent again. */
  | { readonly kind: 'over'; readonly batch: VendorBatch; readonly rest: readonly string[]; readonly byUs: boolean }
  /** Still in progress; a later run collects it. */
  | { readonly kind: 'pending'; readonly error: BloggerError }
  /** The vendor reports more answers than it delivers. */
  | { readonly kind: 'withheld'; readonly rest: readonly string[]; readonly error: BloggerError };

export interface PollOptions extends VendorBatchesOptions {
  readonly promptOf: PromptOf;
  readonly onStatus: (batch: VendorBatch) => void;
  readonly onRow: (requestId: string, row: BatchRow) => void;
  /** True when the batch must be cancelled: its posts were cancelled, or its deadline passed. */
  readonly isUnwanted: (shard: ShardRecord) => boolean;
}

/** Download attempts when the vendor reports more answers than its files contain. */
const SHORT_READS = 10;
/** Looks that do not find the batch or its files before they count as gone: vendors answer "not found" for a while without a reason. */
const MISSING_LOOKS = 5;
/** A run that does not wait looks once; a batch that is younger than this is only not found yet. */
const LAG_MS = 3_600_000;
/** Maximum wait between two polls, in poll intervals. */
const MAX_WAIT_FACTOR = 40;

/** What one look at a batch found. */
type Look =
  | { readonly kind: 'over'; readonly batch: VendorBatch; readonly rest: readonly string[] }
  | { readonly kind: 'short'; readonly batch: VendorBatch; readonly rest: readonly string[] }
  | { readonly kind: 'running'; readonly batch: VendorBatch }
  | { readonly kind: 'missing'; readonly error: unknown };

export async function pollBatch(shard: ShardRecord, options: PollOptions): Promise<BatchOutcome> {
  const { clock, leaving, pollMs, wait } = options;
  const { batchId } = shard;
  if (batchId === undefined) return { kind: 'pending', error: notConfirmed() };
  const once = { ...options, onRow: onceEach(options.onRow) };
  let byUs = false;
  let shortReads = 0;
  let unknownStates = 0;
  let missingLooks = 0;
  for (;;) {
    const look = await lookOnce(shard, batchId, once);
    if (look.kind === 'over') return { ...look, byUs };
    missingLooks = look.kind === 'missing' ? missingLooks + 1 : 0;
    if (look.kind === 'missing' && isGoneForGood(shard, missingLooks, options)) {
      giveUpShard(shard, options);
      throw look.error;
    }
    if (look.kind === 'short') shortReads += 1;
    if (look.kind === 'short' && wait && shortReads > SHORT_READS) {
      closeShard(shard, look.rest, options, 'unknown');
      return { kind: 'withheld', rest: look.rest, error: withheld(look.batch) };
    }
    const error = look.kind === 'missing' ? missing(batchId) : pending(look.batch);
    if (!wait) return { kind: 'pending', error };
    if (look.kind === 'running' && options.isUnwanted(shard)) byUs = (await isCancelled(batchId, options)) || byUs;
    unknownStates = look.kind === 'running' && look.batch.word !== undefined ? unknownStates + 1 : 0;
    const doublings = Math.max(0, shortReads - 1, unknownStates - 1, missingLooks - 1);
    try {
      await clock.sleep(pollMs * Math.min(MAX_WAIT_FACTOR, 2 ** doublings), leaving);
    } catch {
      return { kind: 'pending', error }; // the run ends; the batch stays at the vendor
    }
  }
}

async function lookOnce(shard: ShardRecord, batchId: string, options: PollOptions): Promise<Look> {
  const { model, leaving, onStatus, onRow } = options;
  try {
    const batch = await lookAt(batchId, model, leaving);
    onStatus(batch);
    if (!isOver(batch)) return { kind: 'running', batch };
    const { rest, isShort } = await settleShard(shard, batch, options, onRow, leaving);
    return isShort ? { kind: 'short', batch, rest } : { kind: 'over', batch, rest };
  } catch (error) {
    if (isGone(error)) return { kind: 'missing', error };
    throw error;
  }
}

/** False where the vendor refuses, as it does of a batch that has just ended: the next look tells. */
async function isCancelled(batchId: string, { model, leaving }: PollOptions): Promise<boolean> {
  try {
    await model.cancel(batchId, leaving);
    return true;
  } catch (error) {
    const status = BloggerError.is(error) ? error.details['status'] : undefined;
    if (status !== 400 && status !== 404 && status !== 409) throw error;
    return false;
  }
}

function isGoneForGood(shard: ShardRecord, looks: number, { wait, clock }: PollOptions): boolean {
  return wait ? looks >= MISSING_LOOKS : clock.now() - shard.intendedAt > LAG_MS;
}

/** Files may be read several times; each row counts once. */
function onceEach(onRow: PollOptions['onRow']): PollOptions['onRow'] {
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
