import { type ChildProcess, fork } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BloggerError } from '../../src/core/errors.ts';
import type { JobHandler, WorkQueue } from '../../src/core/ports.ts';
import { JobQueue, type JobQueueOptions } from '../../src/services/jobs/job-queue.ts';
import { openSharedJobQueue } from '../../src/services/jobs/shared-job-queue.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { makeJob } from '../helpers/make-job.ts';
import { newProject } from '../helpers/run-bin.ts';
import { SHARED_SERVERS, type SharedServer } from '../helpers/shared-servers.ts';

type Options = Omit<JobQueueOptions, 'db'>;
interface Place extends AsyncDisposable {
  /** One more queue on the same jobs, as another process has it. */
  open(options?: Options): Promise<WorkQueue>;
  /** A process that takes the job in hand and never ends it. */
  hold(id: string): ChildProcess;
}

const HOLD = new URL('../helpers/hold-job.js', import.meta.url);
const NO_WAIT = { random: { next: () => 0, uuid: () => '' } };
const servers = new Map<string, SharedServer>();

beforeAll(async () => {
  for (const { name, isMissing, open } of SHARED_SERVERS) if (!isMissing) servers.set(name, await open());
});
afterAll(async () => {
  for (const server of servers.values()) await server[Symbol.asyncDispose]();
});

async function fileQueues(): Promise<Place> {
  const project = await newProject();
  const opened: { [Symbol.asyncDispose](): Promise<void> }[] = [];
  return {
    async open(options = {}) {
      const state = openStateFile(project.folder);
      const queue = new JobQueue({ db: state.db, ...options });
      opened.push({ [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose]().finally(() => state[Symbol.dispose]()) });
      return queue;
    },
    hold: (id) => fork(HOLD, ['file', project.folder, id], { stdio: 'inherit' }),
    async [Symbol.asyncDispose]() {
      for (const one of opened) await one[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

let names = 0;
const sharedQueues = SHARED_SERVERS.map(
  ({ name: store, queue: kind, backend, isMissing }) =>
    [
      `on ${store}`,
      async (): Promise<Place> => {
        names += 1;
        const name = `queue-${names}`;
        const url = servers.get(store)?.url ?? '';
        const opened: WorkQueue[] = [];
        return {
          async open(options = {}) {
            const queue = await openSharedJobQueue({ backend, url, name, leaseMs: 1000, ...options });
            opened.push(queue);
            return queue;
          },
          hold: (id) => fork(HOLD, [kind, `${url} ${name}`, id], { stdio: 'inherit' }),
          async [Symbol.asyncDispose]() {
            for (const queue of opened) await queue[Symbol.asyncDispose]();
          },
        };
      },
      isMissing,
    ] as const,
);

const untilAborted: JobHandler = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
const statusOf = async (queue: WorkQueue, id: string) => (await queue.get(id))?.status;
const reaches = (queue: WorkQueue, id: string, status: string) =>
  expect.poll(() => statusOf(queue, id), { timeout: 10_000, interval: 10 }).toBe(status);

describe.each([['in the state file', fileQueues, false], ...sharedQueues] as const)(
  'jobs %s',
  (_name, openPlace, skipped) => {
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
  },
);
