/** What `blogger jobs cancel` does beyond this machine: batches whose posts are all cancelled end at the vendor too. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Secrets, Settings } from '../config/schema.ts';
import { BloggerError } from '../core/errors.ts';
import type { Clock, ShardRecord } from '../core/ports.ts';
import { JobQueue } from '../services/jobs/job-queue.ts';
import { isFinished } from '../services/jobs/job-state.ts';
import { openBatchJournal, ownersOfShards } from '../services/ledger/batch-journal.ts';
import { openLedger } from '../services/ledger/ledger.ts';
import { chooseProvider } from '../services/models/choose-provider.ts';
import { findProvider } from '../services/models/providers.ts';
import { lockFolder } from '../services/runs/folder-lock.ts';
import { openStateFile, type StateFile } from '../services/sqlite/open-state-file.ts';
import { type CancelledBatch, cancelBatches } from '../stages/write/batches/cancel-batches.ts';
import { postOf } from '../stages/write/request-id.ts';
import { systemClock } from '../util/clock.ts';
import { systemRandom } from '../util/random.ts';
import { openBatchModel } from '../wiring/open-writer.ts';
import { pricesOf } from '../wiring/plan-writing.ts';

export type { CancelledBatch };

export interface CancelAtVendorOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly cwd: string;
  /** True where a run was told to stop: it is over in a moment. A run that goes on ends its batches itself. */
  readonly runEnds: boolean;
}

/** A run that was told to stop has 25 seconds for what is in flight. */
const RUN_ENDS_MS = 30_000;
const LOOK_MS = 200;
/** The vendors end a batch within minutes; a person who cancels does not wait for that. */
const WAIT_MS = 15_000;
const ATTEMPTS = 3;

/** Ends the batches that nobody wants any more; empty where there are none, or where a run is on that does it. Throws `PROVIDER_…`. */
export async function cancelAtVendor(
  { settings, secrets, cwd, runEnds }: CancelAtVendorOptions,
  signal: AbortSignal,
): Promise<readonly CancelledBatch[]> {
  const folder = resolve(cwd, settings.state);
  if (!existsSync(join(folder, 'state.db'))) return [];
  using state = openStateFile(folder, { checkpoint: false });
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
      ledger: openLedger({ db: state.db, runId: '', clock: systemClock }), // it settles what other runs reserved
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

/** Some of its posts were cancelled, and of the others none waits for it. */
function isUnwanted({ requestIds }: ShardRecord, jobs: JobQueue): boolean {
  const states = requestIds.map((id) => jobs.get(postOf(id))?.status);
  return states.includes('CANCELLED') && states.every((status) => status === undefined || isFinished(status));
}

/** No run may adopt a batch while it is being ended; undefined where one is on. */
async function lockWhenFree(
  { db }: StateFile,
  waitMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Disposable | undefined> {
  const until = clock.now() + waitMs;
  for (;;) {
    try {
      return lockFolder(db, `cancel-${systemRandom.uuid()}`, clock);
    } catch (error) {
      if (!BloggerError.is(error) || error.code !== 'STATE_LOCKED') throw error;
      if (clock.now() >= until) return undefined;
      await clock.sleep(LOOK_MS, signal);
    }
  }
}
