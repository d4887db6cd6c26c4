/** Opens the state of a run: its folder, ledger, jobs, shared store and workers. */

import { resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import { GOALS, type Goal } from '../core/goal.ts';
import type { Clock, EventSink, Ledger } from '../core/ports.ts';
import type { Workers } from '../run/active-run.ts';
import { createRetries, type Retries } from '../run/retries.ts';
import { createRun, type Run } from '../run/run.ts';
import { openRunLog, type RunLog, remember } from '../run/run-log.ts';
import type { RuntimeOptions } from '../run/runtime-options.ts';
import { JobQueue } from '../services/jobs/local/job-queue.ts';
import { requestsInBatches } from '../services/ledger/batch-journal.ts';
import { openAnswerRoom } from '../services/ledger/calls/answer-room.ts';
import { closeLostCalls } from '../services/ledger/calls/close-lost-calls.ts';
import { takeRescued } from '../services/ledger/calls/rescued-answers.ts';
import { openLedger } from '../services/ledger/ledger.ts';
import { type BeginWork, beginWork, type Work } from '../services/ledger/works.ts';
import { lockFolder } from '../services/runs/folder-lock.ts';
import { beginQueueRun, type QueueRun } from '../services/runs/queue-run.ts';
import { openRetrySalt, type RetryReason } from '../services/runs/retry-salts.ts';
import { openRunStore, type RunStore } from '../services/runs/run-store.ts';
import { openSourceTable, type SourceTable } from '../services/sources/source-table.ts';
import type { Db } from '../services/sqlite/db.ts';
import { openStateFile, type StateFile, stateError } from '../services/sqlite/open-state-file.ts';
import { createPostBudgets } from '../stages/write/calls/post-budgets.ts';
import { systemClock } from '../util/clock.ts';
import type { Disposer } from '../util/disposer.ts';
import { systemRandom } from '../util/random.ts';
import { stableHash } from '../util/stable-hash.ts';
import { openShared, type Shared } from './machines/open-shared.ts';
import { openWorkers } from './machines/open-workers.ts';
import { describeQueue } from './machines/shared-stores.ts';
import { createWorkersBook } from './machines/workers-book.ts';
import { openProcessMetrics } from './open-process-metrics.ts';
import { costOf, type WritingPlan } from './plan-writing.ts';
import { silentLogger } from './silent-logger.ts';

/** Owned by the runtime; the run uses it. */
export interface RunParts {
  readonly options: RuntimeOptions;
  readonly settings: Settings;
  readonly plan: WritingPlan;
  readonly db: Db;
  readonly statePath: string;
  readonly run: Run;
  /** Ledger of all payments of the run. */
  readonly ledger: Ledger;
  readonly log: RunLog;
  readonly runs: RunStore;
  /** The cache, and the state shared with other machines. */
  readonly shared: Shared;
  readonly jobs: JobQueue;
  readonly workers: Workers | undefined;
  readonly retries: Retries;
  readonly sources: SourceTable;
  /** Set to ignore finished answers (`--force`). */
  readonly salt: string | undefined;
  /** Set to request unusable answers again. */
  readonly retrySalt: string | undefined;
  /** Runs of the same list share a spending cap. Undefined for a run without paid calls. */
  readonly listWork: Work | undefined;
  /** Set if workers do the work. */
  readonly queueRun: QueueRun | undefined;
  readonly disposer: Disposer;
}

/** Time that work in flight gets after the first stop signal. */
const GRACE_MS = 25_000;
/** With `drain`: longer than any call may take. */
const DRAIN_MS = 86_400_000;

type Given = Pick<RunParts, 'settings' | 'plan' | 'disposer'>;

export async function openRunParts(options: RuntimeOptions, given: Given): Promise<RunParts> {
  const { settings, disposer } = given;
  const { cwd = process.cwd(), clock = systemClock, random = systemRandom, goal = 'posts' } = options;
  const runId = options.runId ?? random.uuid();
  const state = disposer.use(openStateFile(resolve(cwd, settings.state)));
  const { db } = state;
  const lock = disposer.use(lockFolder(db, runId, clock));
  closeLostCalls(db, new Set(requestsInBatches(db)));
  const listWork = SPENDING.has(goal) ? beginWork(db, workOf(options, settings, runId, clock)) : undefined;
  const recording = await openRecording(options, given, { db, runId, clock });
  const { run, log } = recording;
  void lock.lost.then((error) => run.stop(error)); // never rejects; resolves only if another run takes the folder
  const ledger = openRunLedger(options, given, { state, run, listWork });
  const retries = createRetries({ failed: log.failed, emit: run.emit, stopping: run.stopping });
  const shared = await openShared(settings, { db, clock, emit: run.emit, disposer, logger: run.logger });
  const jobs = disposer.use(new JobQueue({ db, leaseMs: settings.jobs.leaseMs, clock, random }));
  recording.listen(await openProcessMetrics(settings, { goal, jobs, cache: shared.cache, clock, disposer }));
  const saltFor = (reason: RetryReason) => openRetrySalt(db, reason, { now: clock.now(), newName: runId });
  const salt = options.force === true ? saltFor('force') : undefined;
  const retrySalt = options.retryFailed === true ? saltFor('retry') : undefined;
  const usesQueue = GOALS[goal].usesQueue && settings.queue !== 'local';
  const queueRun = usesQueue ? beginQueueRun(db, clock.now(), () => random.uuid()) : undefined;
  const workers =
    queueRun === undefined
      ? undefined
      : await openRunWorkers(given, { run, ledger, queueRun, listWork, salt, retrySalt, shared, jobs });
  const { runs, sources } = recording;
  const statePath = state.path;
  return {
    ...given,
    options,
    db,
    statePath,
    run,
    ledger,
    log,
    runs,
    shared,
    jobs,
    workers,
    retries,
    sources,
    salt,
    retrySalt,
    listWork,
    queueRun,
  };
}

/** The run's log, its history and its event bus. */
async function openRecording(
  options: RuntimeOptions,
  { settings, plan, disposer }: Given,
  { db, runId, clock }: { readonly db: Db; readonly runId: string; readonly clock: Clock },
) {
  const { cwd = process.cwd(), random = systemRandom, logger = silentLogger, goal = 'posts' } = options;
  const runs = openRunStore(db);
  const sources = openSourceTable(db, clock);
  let listener: EventSink | undefined;
  const log = await openRunLog({
    runId,
    goal,
    settings,
    queue: goal === 'serve' ? describeQueue(settings) : undefined,
    choice: plan.choice,
    cwd,
    runs,
    onEvent(event) {
      remember(() => sources.note(event), logger);
      listener?.(event);
      options.onEvent?.(event);
    },
    clock,
    logger,
    disposer,
  });
  const run = disposer.use(
    createRun({
      id: runId,
      emit: log.emit,
      clock,
      random,
      logger,
      stop: options.stop ?? new AbortController().signal,
      graceMs: options.drain === true ? DRAIN_MS : GRACE_MS,
    }),
  );
  return {
    runs,
    sources,
    log,
    run,
    /** Adds a listener that needs the run's services. */
    listen(sink: EventSink | undefined) {
      listener = sink;
    },
  };
}

function openRunLedger(
  { cwd = process.cwd(), goal = 'posts' }: RuntimeOptions,
  { settings, plan, disposer }: Given,
  { state, run, listWork }: { readonly state: StateFile; readonly run: Run; readonly listWork: Work | undefined },
): Ledger {
  const room =
    GOALS[goal].needsWriter && goal !== 'estimate' && !plan.digest
      ? disposer.use(openAnswerRoom(resolve(cwd, settings.state), plan.writeConcurrency))
      : undefined;
  const ledger = openLedger({
    db: state.db,
    runId: run.id,
    clock: run.clock,
    makeRoom: () => room?.give() ?? false,
    onFull: (error) => run.stop(stateError(error, state.path)),
    ...(listWork === undefined ? {} : { workId: listWork.id, capUsd: listWork.capUsd }),
    onChange: ({ spentUsd, reservedUsd, capUsd }) =>
      run.emit({ type: 'money:change', spentUsd, reservedUsd, ...(capUsd === undefined ? {} : { capUsd }) }),
  });
  takeRescued(state.path, ({ id, reply, costUsd }) => ledger.settle(id, reply, costUsd));
  return ledger;
}

type WorkersParts = Pick<RunParts, 'run' | 'ledger' | 'listWork' | 'salt' | 'retrySalt' | 'shared' | 'jobs'> & {
  readonly queueRun: QueueRun;
};

function openRunWorkers(
  { settings, plan, disposer }: Given,
  { run, ledger, queueRun, listWork, salt, retrySalt, shared, jobs }: WorkersParts,
): Promise<Workers> {
  const { id: runId, clock, emit } = run;
  const book = createWorkersBook({
    runId,
    ledger,
    budgets: createPostBudgets({ ledger, stopping: run.stopping }),
    costOf: (brief) => costOf(brief, plan),
    clock,
    emit,
  });
  const cap =
    listWork?.capUsd === undefined
      ? undefined
      : { runId: `${queueRun.projectId}-${listWork.id}`, capUsd: listWork.capUsd };
  const { shape } = plan;
  return openWorkers({
    settings,
    emit,
    runId,
    run: queueRun,
    shape,
    salt,
    retrySalt,
    book,
    ledger,
    answers: shared.cache.namespace('answers'),
    gate: shared.control?.control.gate,
    begunBefore: (key) => (jobs.get(key)?.attempts ?? 0) > 1,
    cap,
    clock,
    disposer,
  });
}

/** Goals of runs with paid calls and their own cap. */
const SPENDING: ReadonlySet<Goal> = new Set<Goal>(['posts', 'collect']);

function workOf(options: RuntimeOptions, { urls, maxCost }: Settings, runId: string, clock: Clock): BeginWork {
  const { lists = [], goal, retryFailed = false } = options;
  return {
    runId,
    isRetry: retryFailed,
    capUsd: maxCost,
    now: clock.now(),
    ...(goal === 'collect' ? {} : { list: stableHash(lists.length === 0 ? [urls] : lists) }),
  };
}
