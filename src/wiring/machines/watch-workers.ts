/** Says that work waits and no worker listens, so that a run does not wait without a word. */

import type { QueueDepth } from '../../core/figures/queue-depth.ts';
import type { Clock, Emit } from '../../core/ports.ts';

export interface WatchWorkersOptions {
  readonly readQueues: () => Promise<readonly QueueDepth[]>;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** Workers that start together with the run have this long; then work that nobody takes is reported. */
const LOOK_MS = 3000;

/** Warns once for each time in which jobs wait without a worker. Resolves when the signal fires. */
export async function watchWorkers({ readQueues, clock, emit, signal }: WatchWorkersOptions): Promise<void> {
  let warned = false;
  while (!signal.aborted) {
    await clock.sleep(LOOK_MS, signal).catch(() => {}); // the loop's head sees the end
    if (signal.aborted) return;
    const queues = await readQueues().catch(() => []); // the store is away: read again in the next round
    const idle = queues.filter(({ workers, byState }) => workers === 0 && (byState['waiting'] ?? 0) > 0);
    if (queues.some(({ workers }) => (workers ?? 0) > 0)) warned = false;
    if (idle.length === 0 || warned || signal.aborted) continue;
    warned = true;
    const waiting = idle.map(({ queue, byState }) => `${byState['waiting']} ${queue}`).join(' and ');
    emit({
      type: 'run:warning',
      code: 'NO_WORKER',
      message: `No worker listens on the shared queue; ${waiting} wait`,
      hint: 'Start `blogger worker` with the same REDIS_URL and settings on at least one machine, or leave out --queue.',
    });
  }
}
