/** Remote part of `blogger jobs cancel`: cancels vendor batches whose posts are all cancelled. */

import { resolve } from 'node:path';
import type { Secrets, Settings } from '../../config/schema.ts';
import { BloggerError } from '../../core/errors.ts';
import type { Clock, ShardRecord } from '../../core/ports.ts';
import { isFinished } from '../../services/jobs/job-state.ts';
import { JobQueue } from '../../services/jobs/local/job-queue.ts';
import { openBatchJournal, ownersOfShards } from '../../services/ledger/batch-journal.ts';
import { openLedger } from '../../services/ledger/ledger.ts';
import { chooseProvider } from '../../services/models/choose-provider.ts';
import { findProvider } from '../../services/models/providers.ts';
import { lockFolder } from '../../services/runs/folder-lock.ts';
import { openExistingState, type StateFile } from '../../services/sqlite/open-state-file.ts';
import { type CancelledBatch, cancelBatches } from '../../stages/write/batches/cancel-batches.ts';
import { postOf } from '../../stages/write/request-id.ts';
import { systemClock } from '../../util/clock.ts';
import { systemRandom } from '../../util/random.ts';
import { openBatchModel } from '../../wiring/open-writer.ts';
import { pricesOf } from '../../wiring/plan-writing.ts';

export type { CancelledBatch };

export interface CancelAtVendorOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly cwd: string;
  /** True when a run was told to stop and will end soon. A run that continues cancels its batches itself. */
  readonly runEnds: boolean;
}

/** A stopped run has 25 seconds for work in flight. */
const RUN_ENDS_MS = 30_000;
const LOOK_MS = 200;
/** Vendors take minutes to cancel a batch; the command does not wait for that. */
const WAIT_MS = 15_000;
const ATTEMPTS = 3;

/** Cancels batches without a waiting post; returns nothing when there are none or when an active run does it. Throws `PROVIDER_…`. */
export async function cancelAtVendor(
  { settings, secrets, cwd, runEnds }: CancelAtVendorOptions,
  signal: AbortSignal,
): Promise<readonly CancelledBatch[]> {
  using state = openExistingState(resolve(cwd, settings.state));
  if (state === undefined) return [];
  const owners = ownersOfShards(state.db);
  if (owners.length === 0) return [];
  using lock = await lockWhenFree(state, runEnds ? RUN_ENDS_MS : 0, systemClock, signal);
  if (lock === undefined) return [];
  await using jobs = new JobQueue({ db: state.db });
  const cancelled: CancelledBatch[] = [];
  for (const { provider: name, model } of owners) {
    const provider = findProvider(name);
    if (provider?.createBatch === undefined) continue;
    const choice = chooseProvider({ ...settings, provider: provider.name, model }, secrets);
    const options = {
      model: openBatchModel(settings, choice, {
        attempts: ATTEMPTS,
        clock: systemClock,
        random: systemRandom,
        emit() {},
      }),
      journal: openBatchJournal(state.db, choice),
      ledger: openLedger({ db: state.db, runId: '', clock: systemClock }), // settles reservations of other runs
      prices: await pricesOf(settings, choice, systemClock),
      isUnwanted: (shard: ShardRecord) => isUnwanted(shard, jobs),
      clock: systemClock,
      pollMs: settings.batch.pollMs,
      waitMs: WAIT_MS,
    };
    cancelled.push(...(await cancelBatches(options, signal)));
  }
  return cancelled;
}

/** True when some of its posts were cancelled and no other post waits for it. */
function isUnwanted({ requestIds }: ShardRecord, jobs: JobQueue): boolean {
  const states = requestIds.map((id) => jobs.get(postOf(id))?.status);
  return states.includes('CANCELLED') && states.every((status) => status === undefined || isFinished(status));
}

/** Locks the folder so that no run adopts a batch while it is cancelled; undefined when a run is active. */
async function lockWhenFree(
  { db }: StateFile,
  waitMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Disposable | undefined> {
  const until = clock.monotonic() + waitMs;
  for (;;) {
    try {
      return lockFolder(db, `cancel-${systemRandom.uuid()}`, clock);
    } catch (error) {
      if (!BloggerError.is(error) || error.code !== 'STATE_LOCKED') throw error;
      if (clock.monotonic() >= until) return undefined;
      await clock.sleep(LOOK_MS, signal);
    }
  }
}
