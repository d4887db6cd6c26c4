import { expect, inject, test } from 'vitest';
import type { Clock } from '../../src/core/ports.ts';
import { openRedisJobQueue } from '../../src/services/jobs/redis-job-queue.ts';
import { systemClock } from '../../src/util/clock.ts';
import { makeJob } from '../helpers/make-job.ts';
import { openRedisServer } from '../helpers/redis-server.ts';

/** Nobody looks again by himself: only an event ends a wait. */
const still: Clock = {
  now: () => systemClock.now(),
  monotonic: () => systemClock.monotonic(),
  sleep: (_ms, signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })),
};
const never = new AbortController().signal;

test.skipIf(inject('redisServer') === '')(
  'whoever waits for a job is woken by its end on another machine, and not only by looking again',
  async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using asking = await openRedisJobQueue({ redisUrl: redis.url, name: 'events', clock: still });
    await using working = await openRedisJobQueue({ redisUrl: redis.url, name: 'events' });
    working.register('k', async () => 'done');
    await asking.add(makeJob('one'));
    const finished = asking.finished('one', never);
    await working.work({ untilEmpty: true });

    expect(await finished).toMatchObject({ status: 'SUCCESS', result: 'done' });
    // Whoever only works has no use for the news of every job.
    expect(String(await redis.connect().client('LIST')).match(/cmd=xread/g)).toHaveLength(1);
  },
);
