/** Depth of a queue in Redis. Its cost does not grow with the number of jobs. */

import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueDepth } from '../../../core/figures/queue-depth.ts';
import { PRIORITIES } from '../../../core/types.ts';
import { type JobData, STATES, urgencyOf } from './bull-job.ts';

/** BullMQ orders prioritized jobs by `priority * PER_PRIORITY + number of the job`. */
const PER_PRIORITY = 0x1_0000_0000;

export async function readRedisDepth(queue: Queue<JobData>, redis: Redis): Promise<QueueDepth> {
  const [counts, oldestOfEach, failed, workers] = await Promise.all([
    queue.getJobCounts(...STATES),
    Promise.all(PRIORITIES.map((priority) => oldestWaiting(queue, redis, urgencyOf(priority)))),
    redis.zrange(queue.toKey('failed'), 0, 0, 'WITHSCORES'),
    countWorkers(queue),
  ]);
  const waiting = oldestOfEach.flatMap((at) => at ?? []);
  const failedAt = Number(failed[1]);
  return {
    queue: queue.name,
    byState: {
      waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0),
      delayed: counts['delayed'] ?? 0,
      running: counts['active'] ?? 0,
      done: counts['completed'] ?? 0,
      failed: counts['failed'] ?? 0,
    },
    ...(waiting.length === 0 ? {} : { oldestWaitingAt: Math.min(...waiting) }),
    ...(Number.isFinite(failedAt) ? { oldestFailedAt: failedAt } : {}),
    ...(workers === undefined ? {} : { workers }),
  };
}

/** When the oldest waiting job of a priority was added. */
async function oldestWaiting(queue: Queue<JobData>, redis: Redis, urgency: number): Promise<number | undefined> {
  const from = urgency * PER_PRIORITY;
  const key = queue.toKey('prioritized');
  const [id] = await redis.zrangebyscore(key, from, from + PER_PRIORITY - 1, 'LIMIT', 0, 1);
  if (id === undefined) return undefined;
  const at = Number(await redis.hget(queue.toKey(id), 'timestamp'));
  return at > 0 ? at : undefined;
}

/** Undefined where the server does not let its clients be listed, as some hosted ones do not. */
async function countWorkers(queue: Queue<JobData>): Promise<number | undefined> {
  const clients = await queue.getWorkers().catch(() => undefined);
  const isRefused = clients?.some(({ addr }) => addr === undefined) ?? true; // BullMQ answers one made-up client then
  return isRefused ? undefined : clients?.length;
}
