/** Executes the work of a run, and records how it ended. */

import { BloggerError, isAbortError } from '../core/errors.ts';
import type { RunSummary } from '../core/events.ts';
import { asBloggerError, namedError } from '../run/run.ts';
import { remember } from '../run/run-log.ts';
import { keepHeld } from '../services/ledger/calls/rescued-answers.ts';
import { endWork } from '../services/ledger/works.ts';
import { endQueueRun } from '../services/runs/queue-run.ts';
import { clearRetrySalts } from '../services/runs/retry-salts.ts';
import { pruneSourceTexts } from '../services/runs/source-texts.ts';
import type { RunParts } from './open-run-parts.ts';

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

export async function runToEnd(work: () => Promise<void>, parts: RunParts): Promise<RunOutcome> {
  const { options, settings, run, log, ledger, jobs, retries, shared, statePath } = parts;
  options.onControls?.({ ...run.controls, cancelJob: (id) => jobs.cancel(id), retryFailed: retries.ask });
  void stopOnRequest(parts); // ends with the run and handles its own errors
  const bug = await errorOf(work(), parts);
  keepHeld(ledger, statePath, run.emit);
  if (bug === undefined && !run.stopping.aborted) closeBooks(parts);
  const stoppedBy = bug ?? run.stoppedBy();
  const interrupted = stoppedBy === undefined && run.stopping.aborted && !log.isThrough;
  const summary = await log.end(stoppedBy, { cache: (await shared.cache.stats()).tiers, money: ledger.spent() });
  remember(() => jobs.prune(settings.jobs.keep), parts.run.logger);
  remember(() => pruneSourceTexts(parts.db, settings.jobs.keep), parts.run.logger);
  return { summary, pending: run.pending(), interrupted, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
}

/** The run completed its list: later runs need not continue it. */
function closeBooks({ options, db, run, queueRun, listWork, salt, retrySalt }: RunParts): void {
  const isCollect = options.goal === 'collect';
  if (queueRun !== undefined) endQueueRun(db);
  if (run.pending() === 0 && (salt !== undefined || retrySalt !== undefined || isCollect)) clearRetrySalts(db);
  if (listWork !== undefined) endWork(db, listWork.id, { pending: run.pending(), isCollect });
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
        hint: 'Run the same command again to resume.',
      }),
    );
    run.controls.stop(); // stopped by the user, so long waits end as well
  }
}

/** The error that ended the work early, if any. Thrown if the run has not begun; an abort after a requested stop is not an error. */
async function errorOf(work: Promise<void>, { log, run }: RunParts): Promise<BloggerError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!log.begun) throw run.stoppedBy() ?? namedError(error);
    return run.stopping.aborted && isAbortError(error) ? undefined : asBloggerError(error);
  }
}
