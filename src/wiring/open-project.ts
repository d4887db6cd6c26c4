import { resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import { BloggerError } from '../core/errors.ts';
import type { PostRecords } from '../core/post-records.ts';
import { Cache } from '../services/cache/cache.ts';
import { JobQueue } from '../services/jobs/local/job-queue.ts';
import { readSpending, type SpendingRow } from '../services/ledger/ledger-report.ts';
import { openPostTable } from '../services/runs/post-records.ts';
import { openRunStore, type RunStore } from '../services/runs/run-store.ts';
import { openSourceTable, type SourceTable } from '../services/sources/source-table.ts';
import { openExistingState } from '../services/sqlite/open-state-file.ts';
import { systemClock } from '../util/clock.ts';
import { Disposer } from '../util/disposer.ts';
import { cachePrefix } from './machines/open-shared.ts';
import { storeKindOf } from './machines/shared-stores.ts';

/** Longer than in a run, because a user waits for the result. */
const PATIENCE_MS = 5000;

/** Opens the state of a project for commands that inspect it, possibly during a run. */
export interface Project extends AsyncDisposable {
  readonly runs: RunStore;
  readonly jobs: JobQueue;
  readonly posts: PostRecords;
  readonly sources: SourceTable;
  /** The local tiers. */
  readonly cache: Cache;
  /** The cache with the shared store, if one is set; `away` is why the store is unreachable. */
  openSharedCache(): Promise<{ readonly cache: Cache; readonly away?: unknown }>;
  spending(options: { readonly since?: number; readonly runId?: string }): SpendingRow[];
  /** Compacts the file (VACUUM). */
  vacuum(): void;
}

/** Opens the state of an existing project; throws `NOT_FOUND` if there was no run yet. */
export function openProject(settings: Settings, cwd: string): Project {
  const folder = resolve(cwd, settings.state);
  const state = openExistingState(folder);
  if (state === undefined)
    throw new BloggerError(`No run in this folder yet: ${folder} has no state`, {
      code: 'NOT_FOUND',
      hint: 'Run `blogger generate` first, or name the state folder with --state.',
    });
  const disposer = new Disposer();
  const { db } = disposer.use(state);
  const { redisUrl } = settings;
  const sizes = { db, memoryBytes: settings.cache.memoryBytes, maxBytes: settings.cache.maxBytes };
  const cache = new Cache(sizes);
  return {
    runs: openRunStore(db),
    jobs: disposer.use(new JobQueue({ db, leaseMs: settings.jobs.leaseMs })),
    posts: openPostTable(db),
    sources: openSourceTable(db, systemClock),
    cache,
    async openSharedCache() {
      if (redisUrl === undefined) return { cache };
      const { store } = disposer.use(
        await storeKindOf(redisUrl).openCache(redisUrl, {
          prefix: cachePrefix(settings),
          timeoutMs: PATIENCE_MS,
          onError: () => {}, // the ping fails
        }),
      );
      try {
        await store.ping();
        return { cache: new Cache({ ...sizes, shared: store }) };
      } catch (away) {
        return { cache, away };
      }
    },
    spending: (options) => readSpending(db, options),
    vacuum: () => {
      db.exec('VACUUM');
    },
    [Symbol.asyncDispose]: () => disposer[Symbol.asyncDispose](),
  };
}
