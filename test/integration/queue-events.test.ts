import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/core/ports.ts';
import { openSharedJobQueue } from '../../src/services/jobs/shared/shared-job-queue.ts';
import { systemClock } from '../../src/util/clock.ts';
import { makeJob } from '../helpers/make-job.ts';
import { SHARED_SERVERS } from '../helpers/shared-servers.ts';

/** Nobody looks again by himself: only an event ends a wait. */
const still: Clock = {
  now: () => systemClock.now(),
  monotonic: () => systemClock.monotonic(),
  sleep: (_ms, signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })),
};
const never = new AbortController().signal;

describe.each(SHARED_SERVERS.filter(({ isMissing }) => !isMissing))('on $name', ({ backend, open }) => {
  test('a waiter is notified when its job ends on another machine, not only by polling', async () => {
    await using server = await open();
    await using asking = await openSharedJobQueue({ backend, url: server.url, name: 'events', clock: still });
    await using working = await openSharedJobQueue({ backend, url: server.url, name: 'events' });
    working.register('k', async () => 'done');
    await asking.add(makeJob('one'));
    const finished = asking.finished('one', never);
    await working.work({ untilEmpty: true });

    expect(await finished).toMatchObject({ status: 'SUCCESS', result: 'done' });
  });
});
