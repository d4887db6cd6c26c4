/** Reports what this worker does to the shared store. */

import { hostname } from 'node:os';
import type { RunEvent } from '../../core/events.ts';
import type { WorkerReport } from '../../core/figures/worker-report.ts';
import type { RosterStore } from '../../core/ports/shared-control.ts';
import type { Clock } from '../../core/ports.ts';
import { VERSION } from '../../util/version.ts';

export interface RosterOptions {
  /** Absent if the store has no list of workers. */
  readonly store: RosterStore | undefined;
  readonly id: string;
  readonly shape: string;
  readonly clock: Clock;
  /** Aborted when the worker takes no new jobs. */
  readonly stopping: AbortSignal;
}

export interface Roster extends AsyncDisposable {
  /** Counts results from the worker's events. */
  readonly sink: (event: RunEvent) => void;
  /** Lists a job while it is in progress. */
  during<T>(kind: string, what: string, work: () => Promise<T>): Promise<T>;
}

const TELL_MS = 2000;
/** A worker without a report for this long is no longer listed. */
const KEEP_MS = 10_000;
const MAX_SHOWN = 20;

/** Interval of the reports; a failed report is covered by the next. */
export function openRoster({ store, id, shape, clock, stopping }: RosterOptions): Roster {
  const doing = new Map<symbol, WorkerReport['doing'][number]>();
  const count = { pages: 0, posts: 0, failed: 0, costUsd: 0 };
  const fixed = { id, machine: hostname(), version: VERSION, shape, startedAt: clock.now() };
  const over = new AbortController();

  async function reportUntilClosed(): Promise<void> {
    while (!over.signal.aborted) {
      const report: WorkerReport = {
        ...fixed,
        ...count,
        at: clock.now(),
        isDraining: stopping.aborted,
        doing: [...doing.values()].slice(0, MAX_SHOWN),
      };
      await store?.report(id, JSON.stringify(report), KEEP_MS).catch(() => {});
      await clock.sleep(TELL_MS, over.signal).catch(() => {}); // the loop condition ends it
    }
  }
  const reporting = reportUntilClosed();

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
      await reporting;
      await store?.leave(id).catch(() => {}); // the entry expires in ten seconds
    },
  };
}
