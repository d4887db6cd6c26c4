/** Warns when jobs wait and no worker listens. */

import type { QueueDepth } from '../../core/figures/queue-depth.ts';
import type { Clock, Emit } from '../../core/ports.ts';

export interface WatchWorkersOptions {
  readonly readQueues: () => Promise<readonly QueueDepth[]>;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** Grace period for workers that start together with the run. */
const LOOK_MS = 3000;

/** Warns once per period in which jobs wait without a worker. Resolves when the signal fires. */
export async function watchWorkers({ readQueues, clock, emit, signal }: WatchWorkersOptions): Promise<void> {
  let warned = false;
  while (!signal.aborted) {
    await clock.sleep(LOOK_MS, signal).catch(() => {}); // the loop condition ends it
    if (signal.aborted) return;
    const queues = await readQueues().catch(() => []); // the store is unreachable: retried in the next round
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
