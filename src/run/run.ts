import { setMaxListeners } from 'node:events';
import { BloggerError, ERROR_CODES, isAbortError } from '../core/errors.ts';
import type { Clock, Emit, Logger, Random } from '../core/ports.ts';
import { stateError } from '../services/sqlite/open-state-file.ts';
import { nodeErrorCode } from '../util/files/node-errors.ts';

/** One invocation: its id, event bus and stop signals. */
export interface Run {
  readonly id: string;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Aborted when no new work is to be taken: Ctrl-C, a used-up quota, the money cap. */
  readonly stopping: AbortSignal;
  /** Aborted when the user stops the run; long waits (vendor batches) end. */
  readonly leaving: AbortSignal;
  /** Aborted when work in flight must end as well. */
  readonly signal: AbortSignal;
  /** What stopped the run, if anything did. */
  stoppedBy(): BloggerError | undefined;
  /** Number of posts that wait for a vendor's batch. */
  pending(): number;
  /** Records a post whose vendor batch outlasts this run. */
  postpone(): void;
  /** Takes no new work from now on; work in flight continues. Only the first error is kept. */
  stop(error: BloggerError): void;
  /** Waits while the run is paused. */
  whileUnpaused(): Promise<void>;
  readonly controls: Pick<RunControls, 'pause' | 'resume' | 'stop'>;
}

/** Controls of a running run. */
export interface RunControls {
  pause(): void;
  resume(): void;
  /** Takes no new work; work in flight has 25 seconds to finish, as with the option `stop`. */
  stop(): void;
  /** Cancels the post's job, even while its answer is pending; false when it is not being worked on. */
  cancelJob(id: string): boolean;
  /** Retries the entries that failed so far after the rest of the list; returns their number. */
  retryFailed(): number;
}

export interface RunOptions extends Pick<Run, 'id' | 'emit' | 'clock' | 'random' | 'logger'> {
  /** The caller's signal for a graceful stop. */
  readonly stop: AbortSignal;
  /** Milliseconds that work in flight gets after a graceful stop before it is aborted. */
  readonly graceMs: number;
}

export function createRun({ stop, graceMs, ...rest }: RunOptions): Run & Disposable {
  const stopping = new AbortController();
  const pause = createPause(rest.emit, stopping.signal);
  let stoppedBy: BloggerError | undefined;
  let pending = 0;
  // Set before subscribers are notified: they may request the same again.
  let isStopping = false;

  function stopKindly(reason: string) {
    if (isStopping) return;
    isStopping = true;
    rest.emit({ type: 'run:stopping', reason });
    stopping.abort(new DOMException(reason, 'AbortError'));
    pause.resume();
  }

  const leave = createLeave({ clock: rest.clock, graceMs, stopKindly });
  setMaxListeners(0, stopping.signal, leave.leaving, leave.giveUp); // every page and post in flight listens
  if (stop.aborted) leave.now();
  stop.addEventListener('abort', leave.now, { once: true });

  return {
    ...rest,
    controls: { pause: pause.pause, resume: pause.resume, stop: leave.now },
    stopping: stopping.signal,
    leaving: leave.leaving,
    signal: leave.giveUp,
    stoppedBy: () => stoppedBy,
    pending: () => pending,
    postpone() {
      pending += 1;
    },
    stop(error) {
      stoppedBy ??= error;
      stopKindly(error.message);
    },
    whileUnpaused: pause.over,
    [Symbol.dispose]() {
      leave.finish();
      stop.removeEventListener('abort', leave.now);
    },
  };
}

function createPause(emit: Emit, stopping: AbortSignal) {
  let resume: (() => void) | undefined;
  let paused: Promise<void> | undefined;
  return {
    pause() {
      if (paused !== undefined || stopping.aborted) return;
      emit({ type: 'run:pause' });
      paused = new Promise((resolve) => {
        resume = resolve;
      });
    },
    resume() {
      if (paused === undefined) return;
      paused = undefined;
      emit({ type: 'run:resume' });
      resume?.();
    },
    async over() {
      await paused;
    },
  };
}

interface LeaveOptions {
  readonly clock: Clock;
  readonly graceMs: number;
  readonly stopKindly: (reason: string) => void;
}

/** A user's stop: no new work, and after `graceMs` work in flight is aborted. */
function createLeave({ clock, graceMs, stopKindly }: LeaveOptions) {
  const leaving = new AbortController();
  const giveUp = new AbortController();
  const finished = new AbortController();
  let isLeaving = false;
  return {
    leaving: leaving.signal,
    giveUp: giveUp.signal,
    /** Cancels the grace timer when the run has ended. */
    finish: () => finished.abort(),
    now() {
      if (isLeaving) return;
      isLeaving = true;
      const reason = 'stopped by the user; finishing what is in flight';
      stopKindly(reason);
      leaving.abort(new DOMException(reason, 'AbortError'));
      clock.sleep(graceMs, finished.signal).then(
        () => giveUp.abort(new DOMException('The time to finish is over', 'AbortError')),
        () => {}, // the run ended within the grace period
      );
    },
  };
}

/** True for errors that would affect every other entry: bad keys, used-up quotas and budgets, full disks. */
export function stopsRun(error: BloggerError): boolean {
  return !error.retryable && ERROR_CODES[error.code].exitCode !== 3 && error.code !== 'BUG';
}

/** Ends without an error when the run takes no new work or the source is aborted; waits while the run is paused. */
export async function* whileRunning<T>(items: AsyncIterable<T>, run: Run): AsyncGenerator<T, void, undefined> {
  try {
    for await (const item of items) {
      await run.whileUnpaused();
      if (run.stopping.aborted) return;
      yield item;
    }
  } catch (error) {
    if (!(run.stopping.aborted && isAbortError(error))) throw error;
  }
}

/** Converts any thrown value to a `BloggerError`; unknown errors become `BUG`. */
export function asBloggerError(error: unknown): BloggerError {
  const named = namedError(error);
  if (BloggerError.is(named)) return named;
  const message = error instanceof Error ? error.message : String(error);
  return new BloggerError(message, {
    code: 'BUG',
    hint: 'Please report it with the output of --verbose.',
    cause: error,
  });
}

/** Converts SQLite errors of the state file to a `BloggerError`; other values pass unchanged. */
export function namedError(error: unknown): unknown {
  return /^SQLITE_/.test(nodeErrorCode(error) ?? '') ? stateError(error, 'the state file') : error;
}
