/** Opens the metrics of a process with its queue and cache. */

import type { Settings } from '../config/schema.ts';
import type { QueueDepth } from '../core/figures/queue-depth.ts';
import type { Goal } from '../core/goal.ts';
import type { Clock, EventSink } from '../core/ports.ts';
import type { Cache } from '../services/cache/cache.ts';
import type { JobQueue } from '../services/jobs/local/job-queue.ts';
import type { Disposer } from '../util/disposer.ts';
import { VERSION } from '../util/version.ts';
import { openQueue } from './machines/shared-stores.ts';

export interface ProcessMetricsParts {
  readonly goal: Goal;
  readonly jobs: JobQueue;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly disposer: Disposer;
}

/** Serves metrics if a port is set; returns the event sink that feeds them. */
export async function openProcessMetrics(
  settings: Settings,
  parts: ProcessMetricsParts,
): Promise<EventSink | undefined> {
  const { port, address } = settings.metrics;
  if (port === undefined) return undefined;
  const { clock, cache, disposer } = parts;
  const { openMetrics } = await import('../services/metrics/open-metrics.ts'); // loaded on use
  const server = await openMetrics({
    port,
    address,
    version: VERSION,
    clock,
    readQueues: await openDepthReader(settings, parts),
    readCache: async () => (await cache.stats()).tiers,
  });
  return disposer.use(server).sink;
}

/** Workers, and runs that use workers, report the shared queues; other runs report the jobs of their folder. */
async function openDepthReader(
  settings: Settings,
  { goal, jobs, clock, disposer }: ProcessMetricsParts,
): Promise<() => Promise<readonly QueueDepth[]>> {
  if (goal !== 'serve' && settings.queue === 'local') return async () => [jobs.depth()];
  const open = async (name: 'pages' | 'posts') => disposer.use(await openQueue(name, { settings, clock }));
  const queues = [await open('pages'), await open('posts')];
  return () => Promise.all(queues.map((queue) => queue.depth()));
}
