/** Posts in flight, each with the lease of its job, from plan to publish. */

import { type BloggerError, isAbortError, reasonOf } from '../core/errors.ts';
import type { Stage } from '../core/events.ts';
import type { JobLease } from '../core/ports.ts';
import type { Brief, Failure } from '../core/types.ts';
import { mapConcurrent } from '../util/async/map-concurrent.ts';
import { asBloggerError, type Run, stopsRun } from './run.ts';

export interface InFlight<T> {
  readonly brief: Brief;
  readonly lease: JobLease;
  readonly value: T;
}

export interface InFlightOptions {
  readonly stage: Stage;
  readonly concurrency: number;
  readonly run: Run;
  /** Called when a post leaves the pipeline early: failed, cancelled, or released. */
  readonly onLeft?: (brief: Brief, error: BloggerError) => void;
}

/**
 * Runs one step for every post in flight. A failed post fails its job and is reported; the run continues,
 * unless the error would affect every other post: then the job is released and the run takes no new work.
 */
export async function* eachInFlight<I, O>(
  items: AsyncIterable<InFlight<I>>,
  work: (item: InFlight<I>, signal: AbortSignal) => Promise<O>,
  { stage, concurrency, run, onLeft = () => {} }: InFlightOptions,
): AsyncGenerator<InFlight<O>, void, undefined> {
  const results = mapConcurrent(
    items,
    async (item): Promise<InFlight<O> | undefined> => {
      try {
        const signal = AbortSignal.any([run.signal, item.lease.signal]);
        signal.throwIfAborted();
        return { ...item, value: await work(item, signal) };
      } catch (error) {
        onLeft(item.brief, asBloggerError(error));
        await endItem(item, error, stage, run);
        return undefined;
      }
    },
    { concurrency },
  );
  for await (const result of results) if (result !== undefined) yield result;
}

async function endItem(item: InFlight<unknown>, error: unknown, stage: Stage, run: Run): Promise<void> {
  const cancelled = item.lease.signal.aborted && !run.signal.aborted;
  if (isAbortError(error) && !cancelled) return release(item, run);
  const failure = asBloggerError(cancelled ? item.lease.signal.reason : error);
  if (failure.code === 'BATCH_PENDING') {
    run.postpone();
    return release(item, run);
  }
  if (stopsRun(failure)) {
    await release(item, run);
    run.stop(failure);
    return;
  }
  await item.lease.fail(failure);
  reportFailure(item.brief, failure, stage, run);
}

async function release({ brief, lease }: InFlight<unknown>, run: Run): Promise<void> {
  await lease.release();
  run.emit({ type: 'job:status', key: brief.key, status: 'PENDING', title: brief.articles[0].title });
}

export function reportFailure(brief: Brief, error: BloggerError, stage: Stage, run: Run): void {
  const status = error.code === 'JOB_CANCELLED' ? 'CANCELLED' : 'FAILED';
  const reason = reasonOf(error);
  run.emit({ type: 'job:status', key: brief.key, status, title: brief.articles[0].title, error: reason });
  for (const entry of brief.entries) {
    const failure: Failure = { url: entry.url, ...reason, position: entry.position };
    run.emit({ type: 'entry:fail', stage, failure });
  }
}
