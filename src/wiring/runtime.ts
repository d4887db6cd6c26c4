/** Composition root: opens the services of a run and closes them in reverse order. The `open-*.ts` files build single parts. */

import { resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import { BloggerError, isAbortError } from '../core/errors.ts';
import type { RunSummary } from '../core/events.ts';
import { GOALS, type Goal } from '../core/goal.ts';
import type { Clock, EventSink } from '../core/ports.ts';
import type { Brief, Tier } from '../core/types.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { createRetries } from '../run/retries.ts';
import { asBloggerError, createRun, namedError } from '../run/run.ts';
import { openRunLog, remember } from '../run/run-log.ts';
import { type RuntimeOptions, settingsOf } from '../run/runtime-options.ts';
import { JobQueue } from '../services/jobs/job-queue.ts';
import { openAnswerRoom } from '../services/ledger/answer-room.ts';
import { requestsInBatches } from '../services/ledger/batch-journal.ts';
import { closeLostCalls } from '../services/ledger/close-lost-calls.ts';
import { openLedger } from '../services/ledger/ledger.ts';
import { keepHeld, takeRescued } from '../services/ledger/rescued-answers.ts';
import { type BeginWork, beginWork, endWork } from '../services/ledger/works.ts';
import { type AnewReason, beginAnew, endAnew } from '../services/runs/anew.ts';
import { lockFolder } from '../services/runs/folder-lock.ts';
import { beginQueueRun, endQueueRun } from '../services/runs/queue-run.ts';
import { openRunStore } from '../services/runs/run-store.ts';
import { openSourceTable } from '../services/sources/source-table.ts';
import { openStateFile, stateError } from '../services/sqlite/open-state-file.ts';
import { createPurse } from '../stages/write/calls/purse.ts';
import type { PostEstimate } from '../stages/write/post-cost.ts';
import { systemClock } from '../util/clock.ts';
import { Disposer } from '../util/disposer.ts';
import { systemRandom } from '../util/random.ts';
import { stableHash } from '../util/stable-hash.ts';
import { openShared } from './machines/open-shared.ts';
import { openWorkers } from './machines/open-workers.ts';
import { createWorkersBook } from './machines/workers-book.ts';
import { openActiveRun, type RunParts } from './open-active-run.ts';
import { openProcessMetrics } from './open-process-metrics.ts';
import { costOf, estimateOf, planWriting } from './plan-writing.ts';
import { silentLogger } from './silent-logger.ts';

/** Result of a run. */
export interface RunOutcome {
  readonly summary: RunSummary;
  /** What ended the run early. */
  readonly stoppedBy?: BloggerError;
  /** Posts that wait for a vendor's batch. */
  readonly pending: number;
  /** True when the run was stopped, by `stop` or its controls, before every entry had a result. */
  readonly interrupted: boolean;
}

export interface Runtime extends AsyncDisposable {
  /** Executes the work as one run: locks the folder, emits events and records the run. Errors before `begin` are thrown, later ones end the run. */
  run(work: (run: ActiveRun) => Promise<void>): Promise<RunOutcome>;
  readonly choice: { readonly provider: string; readonly model: string };
  readonly tier: Tier;
  /** Estimated tokens and cost of a post, likely and at most. */
  estimate(brief: Brief): PostEstimate;
}

/** Settings of a run that writes nothing: the built-in writer needs no key. */
const NO_WRITER = { provider: 'extractive' } as const;

/** Time that work in flight gets after the first stop signal. */
const GRACE_MS = 25_000;
/** With `drain`: as long as a call may take, and longer. */
const DRAIN_MS = 86_400_000;

/** Opens everything a run needs; close it when done. Throws `CONFIG_INVALID`, `PROVIDER_KEY_MISSING`, `PRICE_UNKNOWN`, `STATE_LOCKED`, `STATE_BROKEN`. */
export async function openRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const {
    cwd = process.cwd(),
    clock = systemClock,
    random = systemRandom,
    logger = silentLogger,
    goal = 'posts',
    runId = random.uuid(),
  } = options;
  const settings = settingsOf(options);
  const plan = await planWriting(
    GOALS[goal].needsWriter ? settings : { ...settings, ...NO_WRITER },
    options.secrets ?? {},
    cwd,
    clock,
  );
  const disposer = new Disposer();
  try {
    const state = disposer.use(openStateFile(resolve(cwd, settings.state)));
    const { db } = state;
    const lock = disposer.use(lockFolder(db, runId, clock));
    closeLostCalls(db, new Set(requestsInBatches(db)));
    const listWork = SPENDING.has(goal) ? beginWork(db, workOf(options, settings, runId, clock)) : undefined;
    const runs = openRunStore(db);
    const sources = openSourceTable(db, clock);
    let listener: EventSink | undefined;
    const log = await openRunLog({
      runId,
      goal,
      settings,
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
    const { emit } = log;
    const stop = options.stop ?? new AbortController().signal;
    const run = disposer.use(
      createRun({
        id: runId,
        emit,
        clock,
        random,
        logger,
        stop,
        graceMs: options.drain === true ? DRAIN_MS : GRACE_MS,
      }),
    );
    void lock.lost.then((error) => run.stop(error)); // never fails; only called when another run has the folder
    const room =
      GOALS[goal].needsWriter && goal !== 'estimate' && !plan.digest
        ? disposer.use(openAnswerRoom(resolve(cwd, settings.state), plan.writeConcurrency))
        : undefined;
    const ledger = openLedger({
      db,
      runId,
      clock,
      makeRoom: () => room?.give() ?? false,
      onFull: (error) => run.stop(stateError(error, state.path)),
      ...(listWork === undefined ? {} : { workId: listWork.id, capUsd: listWork.capUsd }),
      onChange: ({ spentUsd, reservedUsd, capUsd }) =>
        emit({ type: 'money:change', spentUsd, reservedUsd, ...(capUsd === undefined ? {} : { capUsd }) }),
    });
    takeRescued(state.path, ({ id, reply, costUsd }) => ledger.settle(id, reply, costUsd));
    const retries = createRetries({ failed: log.failed, emit, stopping: run.stopping });
    const shared = await openShared(settings, { db, clock, emit, disposer, logger });
    const jobs = disposer.use(new JobQueue({ db, leaseMs: settings.jobs.leaseMs, clock, random }));
    listener = await openProcessMetrics(settings, { goal, jobs, cache: shared.cache, clock, disposer });
    const anew = (reason: AnewReason) => beginAnew(db, reason, { now: clock.now(), newName: runId });
    const salt = options.force === true ? anew('force') : undefined;
    const queueRun =
      GOALS[goal].usesQueue && settings.queue !== 'local'
        ? beginQueueRun(db, clock.now(), () => random.uuid())
        : undefined;
    const retrySalt = options.retryFailed === true ? anew('retry') : undefined;
    const workers =
      queueRun === undefined
        ? undefined
        : await openWorkers({
            settings,
            emit,
            runId,
            run: queueRun,
            shape: plan.shape,
            salt,
            retrySalt,
            book: createWorkersBook({
              runId,
              ledger,
              purse: createPurse({ ledger, stopping: run.stopping }),
              costOf: (brief) => costOf(brief, plan),
              clock,
              emit,
            }),
            cap:
              listWork?.capUsd === undefined
                ? undefined
                : { runId: `${queueRun.projectId}-${listWork.id}`, capUsd: listWork.capUsd },
            clock,
            disposer,
          });
    const parts: RunParts = {
      options,
      settings,
      plan,
      db,
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
      disposer,
    };
    const active = await openActiveRun(parts);

    return {
      choice: plan.choice,
      tier: plan.tier,
      estimate: (brief) => estimateOf(brief, plan),
      async run(work) {
        options.onControls?.({ ...run.controls, cancelJob: (id) => jobs.cancel(id), retryFailed: retries.ask });
        void stopOnRequest(parts); // ends with the run and handles its own errors
        const bug = await errorOf(work(active), parts);
        keepHeld(ledger, state.path, emit);
        const isHome = bug === undefined && !run.stopping.aborted;
        if (queueRun !== undefined && isHome) endQueueRun(db);
        if (isHome && run.pending === 0 && (salt !== undefined || retrySalt !== undefined || goal === 'collect'))
          endAnew(db);
        if (listWork !== undefined && isHome)
          endWork(db, listWork.id, { pending: run.pending, isCollect: goal === 'collect' });
        const stoppedBy = bug ?? run.stoppedBy;
        const interrupted = stoppedBy === undefined && run.stopping.aborted && !log.isThrough;
        const summary = await log.end(stoppedBy, { cache: (await shared.cache.stats()).tiers, money: ledger.spent() });
        remember(() => jobs.prune(settings.jobs.keep), logger);
        return { summary, pending: run.pending, interrupted, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
      },
      [Symbol.asyncDispose]: () => disposer[Symbol.asyncDispose](),
    };
  } catch (error) {
    await disposer[Symbol.asyncDispose]();
    throw namedError(error);
  }
}

/** Goals of runs that pay for calls under a cap of their own. */
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

const LOOK_MS = 400;

/** Polls for `blogger jobs cancel --run` from another process. */
async function stopOnRequest({ run, runs, disposer }: RunParts): Promise<void> {
  const over = new AbortController();
  disposer.use({ [Symbol.dispose]: () => over.abort() });
  while (!over.signal.aborted && !run.stopping.aborted) {
    await run.clock.sleep(LOOK_MS, over.signal).catch(() => {}); // the loop condition ends it
    try {
      if (over.signal.aborted || !runs.isStopRequested(run.id)) continue;
    } catch {
      continue; // the file is busy or missing: poll again
    }
    run.stop(
      new BloggerError('The run was cancelled by another process', {
        code: 'JOB_CANCELLED',
        hint: 'Run the same command again to go on.',
      }),
    );
    run.controls.stop(); // stopped by the user, so long waits end as well
  }
}

/** The error that ended the work early, if any. Thrown when the run has not begun; an abort after a requested stop is not an error. */
async function errorOf(work: Promise<void>, { log, run }: RunParts): Promise<BloggerError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!log.begun) throw run.stoppedBy ?? namedError(error);
    return run.stopping.aborted && isAbortError(error) ? undefined : asBloggerError(error);
  }
}
