import { fork } from 'node:child_process';
import { expect, test } from 'vitest';
import { BloggerError } from '../../src/core/errors.ts';
import type { NewJob } from '../../src/core/ports.ts';
import { JobQueue } from '../../src/services/jobs/job-queue.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { newProject } from '../helpers/run-bin.ts';

const job = (id: string, members: Partial<NewJob> = {}): NewJob => ({
  id,
  kind: 'k',
  runId: 'run',
  priority: 'medium',
  payload: { id },
  maxAttempts: 3,
  ...members,
});

async function openQueue(options: Partial<ConstructorParameters<typeof JobQueue>[0]> = {}) {
  const project = await newProject();
  const state = openStateFile(project.folder);
  const queue = new JobQueue({ db: state.db, ...options });
  return {
    project,
    state,
    queue,
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]();
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

test('jobs are done by priority, then by age, by the handler of their kind', async () => {
  await using setup = await openQueue();
  const { queue } = setup;
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
    await queue.add(job(id, { priority }));

  await queue.work({ untilEmpty: true });

  expect(done).toEqual(['high', 'first', 'second', 'low']);
  expect(queue.get('high')).toMatchObject({ status: 'SUCCESS', result: 'HIGH', progress: { percent: 50, message: 'half' }, attempts: 1 });
});

test('several workers work at once, each job once', async () => {
  await using setup = await openQueue();
  const { queue } = setup;
  const times = new Map<string, number>();
  let inFlight = 0;
  let most = 0;
  queue.register('k', async ({ job: { id } }) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    times.set(id, (times.get(id) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inFlight -= 1;
  });
  for (let index = 0; index < 40; index += 1) await queue.add(job(`job-${index}`));

  await queue.work({ workers: 4, untilEmpty: true });

  expect(most).toBe(4);
  expect([...times.values()].every((count) => count === 1)).toBe(true);
  expect(queue.counts()).toEqual({ SUCCESS: 40 });
});

test('adding twice has one effect', async () => {
  await using setup = await openQueue();
  await setup.queue.add(job('a'));
  await setup.queue.add(job('a', { payload: 'other' }));

  expect(setup.queue.list()).toHaveLength(1);
  expect(setup.queue.get('a')?.payload).toEqual({ id: 'a' });
});

test('a retryable failure is tried again with backoff, another one is not; the reason is kept', async () => {
  await using setup = await openQueue({ random: { next: () => 0, uuid: () => '' } });
  const { queue } = setup;
  let tries = 0;
  queue.register('k', async ({ job: { id } }) => {
    if (id === 'never') throw new BloggerError('wrong', { code: 'HTTP_STATUS' });
    tries += 1;
    if (tries < 3) throw new BloggerError('later', { code: 'FETCH_FAILED' });
    return 'at last';
  });
  await queue.add(job('flaky'));
  await queue.add(job('never'));

  await queue.work({ untilEmpty: true });

  expect(queue.get('flaky')).toMatchObject({ status: 'SUCCESS', attempts: 3 });
  expect(queue.get('never')).toMatchObject({ status: 'FAILED', attempts: 1, error: { code: 'HTTP_STATUS', message: 'wrong' } });
  expect(queue.retry('never')).toBe(true);
  expect(queue.get('never')).toMatchObject({ status: 'PENDING', attempts: 0 });
});

test('cancel ends a waiting job at once and a running one by its signal', async () => {
  await using setup = await openQueue();
  const { queue } = setup;
  queue.register('k', ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))));
  await queue.add(job('running'));
  const stop = new AbortController();
  const working = queue.work({ signal: stop.signal });
  while (queue.get('running')?.status !== 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 5));
  await queue.add(job('waiting', { kind: 'other' }));

  expect(queue.cancel('waiting')).toBe(true);
  expect(queue.cancel('running')).toBe(true);
  while (queue.get('running')?.status === 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await working;

  expect(queue.get('waiting')?.status).toBe('CANCELLED');
  expect(queue.get('running')).toMatchObject({ status: 'CANCELLED', error: { code: 'JOB_CANCELLED' } });
  expect(queue.cancel('running')).toBe(false);
});

test('cancelling from another connection reaches the worker', async () => {
  await using setup = await openQueue({ leaseMs: 1000 });
  const { queue, project } = setup;
  using other = openStateFile(project.folder);
  await using outside = new JobQueue({ db: other.db });
  await queue.add(job('a'));
  const lease = await queue.begin('a');

  outside.cancel('a');
  await new Promise((resolve) => lease?.signal.addEventListener('abort', resolve));

  expect(lease?.signal.reason).toMatchObject({ code: 'JOB_CANCELLED' });
});

test('a killed worker’s job is taken over at once, before its lease ends', async () => {
  await using setup = await openQueue({ leaseMs: 600_000 });
  const { queue, state, project } = setup;
  await queue.add(job('a'));
  const child = fork(new URL('../helpers/hold-job.js', import.meta.url), [project.folder, 'a'], { stdio: 'inherit' });
  await new Promise((resolve) => child.once('message', resolve));
  expect(queue.get('a')).toMatchObject({ status: 'RUNNING' });
  expect(await queue.begin('a')).toBeUndefined();

  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));

  expect(await queue.begin('a')).toMatchObject({ job: { attempts: 2 } });
  expect(state.db.open).toBe(true);
});

test('a queue that is closed gives back what it holds', async () => {
  await using setup = await openQueue();
  const { queue, state } = setup;
  await queue.add(job('a'));
  await queue.begin('a');
  await queue[Symbol.asyncDispose]();
  await using next = new JobQueue({ db: state.db });

  expect(next.get('a')).toMatchObject({ status: 'PENDING', attempts: 0 });
});

test('waiting is bounded', async () => {
  await using setup = await openQueue({ maxWaiting: 2 });
  await setup.queue.add(job('a'));
  await setup.queue.add(job('b'));

  await expect(setup.queue.add(job('c'))).rejects.toMatchObject({ code: 'QUEUE_FULL', retryable: true });
});

test('finished jobs are kept up to a number, the newest', async () => {
  await using setup = await openQueue();
  const { queue } = setup;
  queue.register('k', async () => 1);
  for (let index = 0; index < 5; index += 1) {
    await queue.add(job(`job-${index}`));
    await queue.work({ untilEmpty: true });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(queue.prune(2)).toBe(3);

  expect(
    queue
      .list()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['job-3', 'job-4']);
});
