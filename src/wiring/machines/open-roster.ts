/** Tells the other machines what this worker does. */

import { hostname } from 'node:os';
import type { RunEvent } from '../../core/events.ts';
import type { WorkerReport } from '../../core/figures/worker-report.ts';
import type { Clock } from '../../core/ports.ts';
import type { RosterStore } from '../../core/shared-control.ts';
import { VERSION } from '../../util/version.ts';

export interface RosterOptions {
  /** Absent where the store keeps no list of workers. */
  readonly store: RosterStore | undefined;
  readonly id: string;
  readonly shape: string;
  readonly clock: Clock;
  /** Aborted when the worker takes nothing new. */
  readonly stopping: AbortSignal;
}

export interface Roster extends AsyncDisposable {
  /** Counts what the events of the worker say. */
  readonly sink: (event: RunEvent) => void;
  /** Shows the work while it lasts. */
  during<T>(kind: string, what: string, work: () => Promise<T>): Promise<T>;
}

const TELL_MS = 2000;
/** A worker that says nothing for this long is no longer listed. */
const KEEP_MS = 10_000;
const MOST_SHOWN = 20;

/** A store that is away is told again in the next round. */
export function openRoster({ store, id, shape, clock, stopping }: RosterOptions): Roster {
  const doing = new Map<symbol, WorkerReport['doing'][number]>();
  const count = { pages: 0, posts: 0, failed: 0, costUsd: 0 };
  const fixed = { id, machine: hostname(), version: VERSION, shape, startedAt: clock.now() };
  const over = new AbortController();

  async function tellUntilOver(): Promise<void> {
    while (!over.signal.aborted) {
      const report: WorkerReport = {
        ...fixed,
        ...count,
        at: clock.now(),
        isDraining: stopping.aborted,
        doing: [...doing.values()].slice(0, MOST_SHOWN),
      };
      await store?.tell(id, JSON.stringify(report), KEEP_MS).catch(() => {});
      await clock.sleep(TELL_MS, over.signal).catch(() => {}); // the loop's head sees the end
    }
  }
  const telling = tellUntilOver();

  return {
    sink(event) {
      if (event.type === 'page:end') count.pages += 1;
      if (event.type === 'call:end') count.costUsd += event.costUsd ?? 0;
    },
    async during(kind, what, work) {
      const key = Symbol(kind);
      doing.set(key, { kind, what, since: clock.now() });
      try {
        const done = await work();
        if (kind === 'post') count.posts += 1;
        return done;
      } catch (error) {
        count.failed += 1;
        throw error;
      } finally {
        doing.delete(key);
      }
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await telling;
      await store?.leave(id).catch(() => {}); // it is forgotten in ten seconds
    },
  };
}
