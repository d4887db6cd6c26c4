import { fork } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/core/ports.ts';
import { JobQueue } from '../../src/services/jobs/local/job-queue.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { FakeClock } from '../helpers/fakes.ts';
import { makeJob } from '../helpers/make-job.ts';
import { newProject } from '../helpers/run-bin.ts';

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

test('a killed worker’s job is taken over at once, before its lease ends', async () => {
  await using setup = await openQueue({ leaseMs: 600_000 });
  const { queue, state, project } = setup;
  await queue.add(makeJob('a'));
  const child = fork(new URL('../helpers/hold-job.js', import.meta.url), ['file', project.folder, 'a'], {
    stdio: 'inherit',
  });
  await new Promise((resolve) => child.once('message', resolve));
  expect(queue.get('a')).toMatchObject({ status: 'RUNNING' });
  expect(await queue.begin('a')).toBeUndefined();

  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));

  expect(await queue.begin('a')).toMatchObject({ job: { attempts: 2 } });
  expect(state.db.prepare('SELECT 1 AS one').get()).toMatchObject({ one: 1 });
});

test('closing a queue releases its leases', async () => {
  await using setup = await openQueue();
  const { queue, state } = setup;
  await queue.add(makeJob('a'));
  await queue.begin('a');
  await queue[Symbol.asyncDispose]();
  await using next = new JobQueue({ db: state.db });

  expect(next.get('a')).toMatchObject({ status: 'PENDING', attempts: 0 });
});

test('a process that slept longer than a lease does not start its own job twice', async () => {
  const fake = new FakeClock(0);
  let sleptMs = 0;
  const clock: Clock = {
    now: () => fake.now() + sleptMs,
    monotonic: () => fake.now() + sleptMs,
    sleep: (ms, signal) => fake.sleep(ms, signal),
  };
  await using setup = await openQueue({ leaseMs: 1500, clock });
  const { queue } = setup;
  let starts = 0;
  queue.register('k', async ({ signal }) => {
    starts += 1;
    await fake.sleep(3000, signal);
    return 42;
  });
  await queue.add(makeJob('a'));
  const working = queue.work({ workers: 2, untilEmpty: true });
  await fake.advance(100);

  sleptMs = 60_000;
  await fake.advance(1000); // the other worker looks for work before the lease is renewed
  await fake.advance(3000);
  await working;

  expect(starts).toBe(1);
  expect(queue.get('a')).toMatchObject({ status: 'SUCCESS', attempts: 1, result: 42 });
});
