import { BloggerError } from '../../../core/errors.ts';
import type { BatchJournal, BatchLanguageModel, Clock, Ledger, ShardRecord, VendorBatch } from '../../../core/ports.ts';
import { closeShard, rowIdOf } from './settle-shard.ts';

export interface AdoptOptions {
  readonly model: Pick<BatchLanguageModel, 'list'>;
  readonly journal: BatchJournal;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Milliseconds between two looks at a batch. */
  readonly pollMs: number;
  /** Shards that are on their way to the vendor now, of which nothing is known yet. */
  readonly underWay?: ReadonlySet<string>;
}

/** Looks for a batch whose making is not known go on for so many times the poll interval: its request may still be under way at the vendor. */
const PATIENCE = 4;
/** A request of so long ago is not under way any more. */
const SETTLED_MS = 30 * 60_000;

/**
 * Finds batches that were made although their making was not confirmed, such as one that was intended when a run died. Only a batch that
 * the vendor's list does not name for a while was not made: a second one would be paid for as well.
 */
export async function adoptLost(options: AdoptOptions, signal: AbortSignal): Promise<void> {
  const { model, journal, ledger, clock, pollMs, underWay } = options;
  const begunAt = clock.now();
  let lost = journal.open().filter(({ id, batchId }) => batchId === undefined && underWay?.has(id) !== true);
  const isSettled = ({ intendedAt }: ShardRecord) =>
    clock.now() - begunAt >= PATIENCE * pollMs || begunAt - intendedAt >= SETTLED_MS;
  for (let delayMs = pollMs / 8; lost.length > 0; delayMs *= 2) {
    const known = new Map<string, string>();
    const nameless: VendorBatch[] = [];
    for await (const batch of model.list(signal)) {
      if (batch.shardId === '') nameless.push(batch);
      else known.set(batch.shardId, batch.id);
    }
    const unknown: ShardRecord[] = [];
    for (const shard of lost) {
      const batchId = known.get(shard.id) ?? knownByRow(shard, nameless);
      if (batchId !== undefined) journal.submitted(shard.id, batchId);
      else if (isSettled(shard)) closeShard(shard, shard.requestIds, { journal, ledger }, 'free');
      else unknown.push(shard);
    }
    lost = unknown;
    if (lost.length > 0) await clock.sleep(Math.min(delayMs, pollMs), signal);
  }
}

/** The batch that holds one of the requests, at a vendor whose batches have no name. Throws `BATCH_PENDING` while one runs that may: its rows are not known before it ends. */
function knownByRow({ requestIds }: ShardRecord, batches: readonly VendorBatch[]): string | undefined {
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
