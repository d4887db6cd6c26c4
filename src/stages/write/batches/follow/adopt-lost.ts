import { BloggerError } from '../../../../core/errors.ts';
import type {
  BatchJournal,
  BatchLanguageModel,
  Clock,
  Ledger,
  ShardRecord,
  VendorBatch,
} from '../../../../core/ports.ts';
import { closeShard, rowIdOf } from './settle-shard.ts';

export interface AdoptOptions {
  readonly model: Pick<BatchLanguageModel, 'list'>;
  readonly journal: BatchJournal;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Poll interval in milliseconds. */
  readonly pollMs: number;
  /** Shards whose creation request is in flight. */
  readonly underWay?: ReadonlySet<string>;
}

/** Poll intervals for which an unconfirmed batch is searched: its creation request may still be processed by the vendor. */
const PATIENCE = 4;
/** Age after which a creation request cannot be in flight. */
const SETTLED_MS = 30 * 60_000;

/**
 * Finds batches whose creation was not confirmed, for example because the run was killed. A batch counts as not created only when it stays
 * missing from the vendor's list for a while, because a second one would also be billed.
 */
export async function adoptLost(options: AdoptOptions, signal: AbortSignal): Promise<void> {
  const { model, journal, ledger, clock, pollMs, underWay } = options;
  const [begunAt, since] = [clock.now(), clock.monotonic()];
  let lost = journal.open().filter(({ id, batchId }) => batchId === undefined && underWay?.has(id) !== true);
  const isSettled = ({ intendedAt }: ShardRecord) =>
    clock.monotonic() - since >= PATIENCE * pollMs || begunAt - intendedAt >= SETTLED_MS;
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
