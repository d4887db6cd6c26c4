import { describe, expect, test } from 'vitest';
import { BloggerError } from '../../src/core/errors.ts';
import type { Clock, JobFilter, JobHandler, WorkQueue } from '../../src/core/ports.ts';
import { systemClock } from '../../src/util/clock.ts';
import { jobStores } from '../helpers/job-places.ts';
import { makeJob } from '../helpers/make-job.ts';

const NO_WAIT = { random: { next: () => 0, uuid: () => '' } };
/** Each look at the time is a millisecond later than the last. */
function tickingClock(): Clock {
  let ticks = 0;
  return { ...systemClock, now: () => systemClock.now() + ++ticks };
}

const untilAborted: JobHandler = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
const statusOf = async (queue: WorkQueue, id: string) => (await queue.get(id))?.status;
const reaches = (queue: WorkQueue, id: string, status: string) =>
  expect.poll(() => statusOf(queue, id), { timeout: 10_000, interval: 10 }).toBe(status);

describe.each(jobStores())('jobs %s', (_name, openPlace, skipped) => {
  test.skipIf(skipped)('are done by priority, then by age; progress and result are kept', async () => {
    await using place = await openPlace();
    const queue = await place.open();
    const done: string[] = [];
    queue.register('k', async ({ job: { id }, progress }) => {
      progress(50, 'half');
      done.push(id);
      return id.toUpperCase();
    });
    for (const [id, priority] of [
      ['low', 'low'],
      ['first', 'medium'],
      ['second', 'medium'],
      ['high', 'high'],
    ] as const)
      await queue.add(makeJob(id, { priority }));

    await queue.work({ untilEmpty: true });

    expect(done).toEqual(['high', 'first', 'second', 'low']);
    expect(await queue.get('high')).toMatchObject({
      status: 'SUCCESS',
      result: 'HIGH',
      progress: { percent: 50, message: 'half' },
      attempts: 1,
    });
  });

  test.skipIf(skipped)('are each done once, by several workers of several processes', async () => {
    await using place = await openPlace();
    const times = new Map<string, number>();
    const queues = [await place.open(), await place.open()] as const;
    for (const queue of queues) {
      queue.register('k', async ({ job: { id } }) => {
        times.set(id, (times.get(id) ?? 0) + 1);
        await new Promise((resolve) => setTimeout(resolve, 5));
      });
    }
    await Promise.all(Array.from({ length: 40 }, (_, index) => queues[0].add(makeJob(`job-${index}`))));

    await Promise.all(queues.map((queue) => queue.work({ workers: 3, untilEmpty: true })));

    expect(times.size).toBe(40);
    expect([...times.values()].every((count) => count === 1)).toBe(true);
  });

  test.skipIf(skipped)('that are added twice have one effect', async () => {
    await using place = await openPlace();
    const queue = await place.open();
    await queue.add(makeJob('a'));
    const again = await queue.add(makeJob('a', { payload: 'other' }));

    expect(again).toMatchObject({ status: 'PENDING', payload: { id: 'a' } });
    expect((await queue.get('a'))?.payload).toEqual({ id: 'a' });
  });

  test.skipIf(skipped)(
    'are tried again after a retryable failure only; the reason is kept, and retry puts them back',
    async () => {
      await using place = await openPlace();
      const queue = await place.open(NO_WAIT);
      let tries = 0;
      queue.register('k', async ({ job: { id } }) => {
        if (id === 'never') throw new BloggerError('wrong', { code: 'HTTP_STATUS' });
        tries += 1;
        if (tries < 3) throw new BloggerError('later', { code: 'FETCH_FAILED' });
        return 'at last';
      });
      await queue.add(makeJob('flaky'));
      await queue.add(makeJob('never'));

      await queue.work({ untilEmpty: true });

      expect(await queue.get('flaky')).toMatchObject({ status: 'SUCCESS', attempts: 3, result: 'at last' });
      expect(await queue.get('never')).toMatchObject({
        status: 'FAILED',
        attempts: 1,
        error: { code: 'HTTP_STATUS', message: 'wrong' },
      });
      expect(await queue.retry('never')).toBe(true);
      expect(await queue.get('never')).toMatchObject({ status: 'PENDING', attempts: 0 });
      expect(await queue.retry('never')).toBe(false);
    },
  );

  test.skipIf(skipped)(
    'are cancelled by any process: at once while they wait, by their signal while they run',
    async () => {
      await using place = await openPlace();
      const queue = await place.open();
      const elsewhere = await place.open();
      queue.register('k', untilAborted);
      await queue.add(makeJob('running'));
      const stop = new AbortController();
      const working = queue.work({ signal: stop.signal });
      await reaches(queue, 'running', 'RUNNING');
      await queue.add(makeJob('waiting', { kind: 'other' }));

      expect(await elsewhere.cancel('waiting')).toBe(true);
      expect(await elsewhere.cancel('running')).toBe(true);
      expect(await statusOf(queue, 'waiting')).toBe('CANCELLED');
      await reaches(queue, 'running', 'CANCELLED');
      stop.abort();
      await working;

      expect(await queue.get('running')).toMatchObject({ error: { code: 'JOB_CANCELLED' } });
      expect(await elsewhere.cancel('running')).toBe(false);
      expect(await elsewhere.cancel('nobody')).toBe(false);
      expect(await elsewhere.retry('waiting')).toBe(true);
      expect(await statusOf(queue, 'waiting')).toBe('PENDING');
    },
  );

  test.skipIf(skipped)('of a killed worker are done by the next one', async () => {
    await using place = await openPlace();
    const queue = await place.open({ leaseMs: 1000 });
    await queue.add(makeJob('a'));
    const child = place.hold('a');
    await new Promise((resolve) => child.once('message', resolve));
    await reaches(queue, 'a', 'RUNNING');
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    queue.register('k', async () => 'by another');

    await queue.work({ untilEmpty: true });

    expect(await queue.get('a')).toMatchObject({ status: 'SUCCESS', result: 'by another' });
  });

  test.skipIf(skipped)(
    'in hand are finished where no new ones are taken, and given back where the work ends',
    async () => {
      await using place = await openPlace();
      const queue = await place.open();
      const stopping = new AbortController();
      queue.register('k', async () => {
        stopping.abort();
        await new Promise((resolve) => setTimeout(resolve, 50));
        return 'finished';
      });
      await queue.add(makeJob('a'));
      await queue.add(makeJob('b'));
      await queue.work({ stopping: stopping.signal });
      expect(await queue.get('a')).toMatchObject({ status: 'SUCCESS', result: 'finished' });
      expect(await statusOf(queue, 'b')).toBe('PENDING');

      const signal = new AbortController();
      queue.register('k', (lease) => {
        setTimeout(() => signal.abort(), 10);
        return untilAborted(lease);
      });
      await queue.work({ signal: signal.signal });
      expect(await queue.get('b')).toMatchObject({ status: 'PENDING' });
    },
  );

  test.skipIf(skipped)('of a kind that nobody registered are left to others', async () => {
    await using place = await openPlace();
    const queue = await place.open();
    const other = await place.open();
    queue.register('k', async () => 'not mine');
    other.register('special', async () => 'mine');
    await queue.add(makeJob('a', { kind: 'special' }));
    const stop = new AbortController();
    const working = queue.work({ signal: stop.signal });

    await other.work({ untilEmpty: true });
    stop.abort();
    await working;

    expect(await queue.get('a')).toMatchObject({ status: 'SUCCESS', result: 'mine' });
  });

  test.skipIf(skipped)('wait up to a bound', async () => {
    await using place = await openPlace();
    const queue = await place.open({ maxWaiting: 2 });
    await queue.add(makeJob('a'));
    await queue.add(makeJob('b'));

    await expect(queue.add(makeJob('c'))).rejects.toMatchObject({ code: 'QUEUE_FULL', retryable: true });
    expect((await queue.add(makeJob('a'))).id).toBe('a');
  });

  test.skipIf(skipped)(
    'are listed newest first, and counted; by run, status, kind and the start of the id',
    async () => {
      await using place = await openPlace();
      const queue = await place.open({ clock: tickingClock() });
      await queue.add(makeJob('aa', { runId: 'one' }));
      await queue.add(makeJob('ab', { runId: 'one', kind: 'other' }));
      await queue.add(makeJob('b', { runId: 'two' }));
      await queue.cancel('aa');
      const ids = async (filter?: JobFilter) => (await queue.list(filter)).map(({ id }) => id);

      expect(await ids()).toEqual(['b', 'ab', 'aa']);
      expect(await ids({ runId: 'one' })).toEqual(['ab', 'aa']);
      expect(await ids({ status: 'CANCELLED' })).toEqual(['aa']);
      expect(await ids({ kind: 'k' })).toEqual(['b', 'aa']);
      expect(await ids({ idStart: 'a' })).toEqual(['ab', 'aa']);
      expect(await ids({ idStart: 'a', limit: 1 })).toEqual(['ab']);
      expect(await queue.counts()).toEqual({ PENDING: 2, CANCELLED: 1 });
      expect(await queue.counts('one')).toEqual({ PENDING: 1, CANCELLED: 1 });
      expect(await queue.counts('unknown')).toEqual({});
    },
  );

  test.skipIf(skipped)('keep their history, with the worker and the error; the depth counts them', async () => {
    await using place = await openPlace();
    const queue = await place.open();
    queue.register('k', async ({ job: { id } }) => {
      if (id === 'fails') throw new BloggerError('wrong', { code: 'HTTP_STATUS', hint: 'Look at the page.' });
    });
    await queue.add(makeJob('fails'));
    await queue.add(makeJob('works'));
    await queue.work({ untilEmpty: true });

    const [added, begun, ended, ...more] = await queue.history('fails');
    expect(added).toMatchObject({ status: 'PENDING', attempts: 0 });
    expect(begun).toMatchObject({ status: 'RUNNING', attempts: 1, worker: expect.stringMatching(/./) as string });
    expect(ended).toMatchObject({
      status: 'FAILED',
      attempts: 1,
      error: { code: 'HTTP_STATUS', message: 'wrong', hint: 'Look at the page.' },
    });
    expect(more).toEqual([]);
    expect((ended?.at ?? 0) - (added?.at ?? 0)).toBeGreaterThanOrEqual(0);
    expect((await queue.history('works')).map(({ status }) => status)).toEqual(['PENDING', 'RUNNING', 'SUCCESS']);
    expect(await queue.history('unknown')).toEqual([]);
    expect((await queue.depth()).byState).toMatchObject({ waiting: 0, running: 0, done: 1, failed: 1 });
  });

  test.skipIf(skipped)('are dropped unless they run; of the finished ones the newest are kept', async () => {
    await using place = await openPlace();
    const queue = await place.open();
    let whileItRan: boolean | undefined;
    queue.register('k', async ({ job: { id } }) => {
      if (id === 'job-0') whileItRan = await queue.drop(id);
      await new Promise((resolve) => setTimeout(resolve, 2)); // so that no two end in the same millisecond
    });
    for (const id of ['job-0', 'job-1', 'job-2', 'job-3']) await queue.add(makeJob(id));
    await queue.add(makeJob('dropped'));
    expect(await queue.drop('dropped')).toBe(true);
    expect(await queue.drop('dropped')).toBe(false);
    await queue.work({ untilEmpty: true });
    await queue.add(makeJob('waits'));

    expect(whileItRan).toBe(false);
    expect(await queue.prune(2)).toBe(2);
    expect((await queue.list()).map(({ id }) => id).sort()).toEqual(['job-2', 'job-3', 'waits']);
    expect(await queue.drop('job-3')).toBe(true);
    expect(await queue.prune(2)).toBe(0);
  });
});
