import { BloggerError, ERROR_CODES, isAbortError } from '../core/errors.ts';
import type { Clock, Emit, Logger, Random } from '../core/ports.ts';
import { stateError } from '../services/sqlite/open-state-file.ts';
import { nodeErrorCode } from '../util/node-errors.ts';

/** One invocation: its identity, its voice and its ways to stop. */
export interface Run {
  readonly id: string;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Fires when no new work is to be taken: Ctrl-C, a used-up quota, the money cap. */
  readonly stopping: AbortSignal;
  /** Fires when whoever runs it wants it to end: what takes hours, such as a vendor's batch, is not awaited any more. */
  readonly leaving: AbortSignal;
  /** Fires when what is in flight must be given up as well. */
  readonly signal: AbortSignal;
  /** What stopped the run, if anything did. */
  readonly stoppedBy: BloggerError | undefined;
  /** Posts that wait for a vendor's batch. */
  readonly pending: number;
  /** A post waits for a vendor's batch beyond this run. */
  postpone(): void;
  /** Takes no new work from now on; what is in flight goes on. The first error is the one that counts. */
  stop(error: BloggerError): void;
  /** Waits while the run is paused. */
  whileUnpaused(): Promise<void>;
  readonly controls: Pick<RunControls, 'pause' | 'resume' | 'stop'>;
}

/** What a person may do to a run while it goes on. */
export interface RunControls {
  pause(): void;
  resume(): void;
  /** Takes no new work; what is in flight has 25 seconds to finish, as with the option `stop`. */
  stop(): void;
  /** Ends the post's job, also while its answer is on the way; false where it is not in work. */
  cancelJob(id: string): boolean;
  /** Entries that have failed so far are tried again once the list is through; answers how many. */
  retryFailed(): number;
}

export interface RunOptions extends Pick<Run, 'id' | 'emit' | 'clock' | 'random' | 'logger'> {
  /** The caller's wish to stop kindly. */
  readonly stop: AbortSignal;
  /** Time that work in flight has after a kind stop before it is given up, in milliseconds. */
  readonly graceMs: number;
}

export function createRun({ stop, graceMs, ...rest }: RunOptions): Run & Disposable {
  const stopping = new AbortController();
  const leaving = new AbortController();
  const giveUp = new AbortController();
  const finished = new AbortController();
  let stoppedBy: BloggerError | undefined;
  let pending = 0;
  let resume: (() => void) | undefined;
  let paused: Promise<void> | undefined;

  // Said before it is told: who hears of it may ask for it again.
  let isStopping = false;
  let isLeaving = false;

  function stopKindly(reason: string) {
    if (isStopping) return;
    isStopping = true;
    rest.emit({ type: 'run:stopping', reason });
    stopping.abort(new DOMException(reason, 'AbortError'));
    controls.resume();
  }

  function leave() {
    if (isLeaving) return;
    isLeaving = true;
    const reason = 'stopped by the user; finishing what is in flight';
    stopKindly(reason);
    leaving.abort(new DOMException(reason, 'AbortError'));
    rest.clock.sleep(graceMs, finished.signal).then(
      () => giveUp.abort(new DOMException('The time to finish is over', 'AbortError')),
      () => {}, // the run ended before its grace did
    );
  }

  const controls: Run['controls'] = {
    pause() {
      if (paused !== undefined || stopping.signal.aborted) return;
      rest.emit({ type: 'run:pause' });
      paused = new Promise((resolve) => {
        resume = resolve;
      });
    },
    resume() {
      if (paused === undefined) return;
      paused = undefined;
      rest.emit({ type: 'run:resume' });
      resume?.();
    },
    stop: leave,
  };
  if (stop.aborted) leave();
  stop.addEventListener('abort', leave, { once: true });

  return {
    ...rest,
    controls,
    stopping: stopping.signal,
    leaving: leaving.signal,
    signal: giveUp.signal,
    get stoppedBy() {
      return stoppedBy;
    },
    get pending() {
      return pending;
    },
    postpone() {
      pending += 1;
    },
    stop(error) {
      stoppedBy ??= error;
      stopKindly(error.message);
    },
    async whileUnpaused() {
      await paused;
    },
    [Symbol.dispose]() {
      finished.abort();
      stop.removeEventListener('abort', leave);
    },
  };
}

/** True for errors after which no other entry can fare better: bad keys, used-up quotas and budgets, full disks. */
export function stopsRun(error: BloggerError): boolean {
  return !error.retryable && ERROR_CODES[error.code].exitCode !== 3 && error.code !== 'BUG';
}

/** Ends quietly when the run takes no new work, and waits while it is paused; an abort of the source is such an end too. */
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

/** Any thrown value as a `BloggerError`; what is not one already is a bug. */
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

/** What the state file says in SQLite's words, in the user's; any other value as it is. */
export function namedError(error: unknown): unknown {
  return /^SQLITE_/.test(nodeErrorCode(error) ?? '') ? stateError(error, 'the state file') : error;
}
