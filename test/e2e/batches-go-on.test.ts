import { expect, inject, test } from 'vitest';
import { BATCH_VENDORS, openBatchProject } from '../helpers/batch-project.ts';
import { openRedisServer } from '../helpers/redis-server.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import type { VendorServer } from '../helpers/vendor-server/start.js';

const [[, openai]] = BATCH_VENDORS;

test('a run on another tier continues an open batch and sends live requests for the rest, including failed rows', async () => {
  await using setup = await openBatchProject(5, openai, { batch: { hold: true } });
  setup.server.batches.script({ failRows: [1], hold: true });
  expect((await setup.generate('--detach', ...setup.urls.slice(0, 3))).exitCode).toBe(75);

  const live = setup.run('generate', '--allow-private', '--tier', 'standard', '--plain');
  await expect.poll(() => setup.server.log.of('live').length, { timeout: 20_000 }).toBe(2);
  setup.server.batches.finish();
  const { exitCode, stderr } = await live;

  expect(stderr).toContain('5 written');
  expect(exitCode).toBe(0);
  expect(setup.server.batches.list()).toHaveLength(1);
  expect(setup.server.log.of('live')).toHaveLength(3);
  expect(setup.server.log.paidTwice()).toEqual([]);
  const stats = JSON.parse((await setup.run('stats', '--json')).stdout) as {
    spending: { tier: string; calls: number }[];
  };
  expect(Object.fromEntries(stats.spending.map(({ tier, calls }) => [tier, calls]))).toEqual({ batch: 2, standard: 3 });
  expect((await setup.run('collect', '--plain')).exitCode).toBe(0);
});

test('a cap below the worst case of the list is spent in waves; without a cap the rest follows', async () => {
  await using setup = await openBatchProject(3, openai);
  const dry = await setup.run('generate', '--allow-private', '--tier', 'batch', '--dry-run', '--json');
  const { worstUsd, likelyUsd } = JSON.parse(
    dry.stdout.split('\n').find((line) => line.includes('run:estimate')) ?? '',
  ) as { worstUsd: number; likelyUsd: number };
  expect(likelyUsd).toBeLessThan(worstUsd);

  // Room for one post at its worst: the answer of each gives money back for the next one.
  const all = await setup.generate('--max-cost', `${worstUsd * 0.4}`);

  expect(all.exitCode).toBe(0);
  expect(all.stderr).toContain('3 posts bought');
  expect(setup.server.batches.list().map(({ total }) => total)).toEqual([1, 1, 1]);
  expect(setup.server.log.billed()).toHaveLength(3);
});

test('a cap lower than the cost of the list stops the run; later runs share it until it is raised', async () => {
  await using setup = await openBatchProject(3, openai);
  const capped = await setup.generate('--max-cost', '0.0008');
  const billed = setup.server.log.billed().length;
  const again = await setup.generate('--max-cost', '0.0008');

  expect([capped.exitCode, again.exitCode]).toEqual([5, 5]);
  expect(capped.stderr).toMatch(/Budget .*left/);
  expect(setup.server.log.billed()).toHaveLength(billed);
  expect(await setup.posts()).toBe(billed);
  expect((await setup.generate()).exitCode).toBe(0);
  expect(setup.server.log.billed()).toHaveLength(3);
});

test('jobs cancel succeeds for a batch that the vendor no longer has', async () => {
  await using setup = await openBatchProject(2, openai, { batch: { hold: true } });
  await setup.generate('--detach');
  setup.server.batches.forget();

  const cancelled = await setup.run('jobs', 'cancel', '--all');

  expect(cancelled.exitCode).toBe(0);
  expect(cancelled.stderr).toContain('at the vendor: ended');
  expect((await setup.run('collect', '--plain')).exitCode).toBe(0);
});

test.skipIf(inject('redisServer') === '')('a run with workers awaits its own batch; they write the rest', async () => {
  await using redis = await openRedisServer(inject('redisServer'));
  const envOf = (server: VendorServer) => ({ ...openai(server), REDIS_URL: redis.url });
  await using setup = await openBatchProject(3, envOf, { batch: { hold: true } });
  await using machine = await newProject();
  expect((await setup.generate('--detach', ...setup.urls.slice(0, 2))).exitCode).toBe(75);

  const worker = blogger(['worker', '--plain', '--allow-private'], { cwd: machine.folder, env: envOf(setup.server) });
  const run = setup.run('generate', '--allow-private', '--queue', 'redis', '--tier', 'standard', '--plain');
  await expect.poll(() => setup.server.log.of('live').length, { timeout: 20_000 }).toBe(1);
  setup.server.batches.finish();
  const { exitCode, stderr } = await run;
  worker.kill('SIGTERM');
  await worker;

  expect(stderr).toContain('3 written');
  expect(exitCode).toBe(0);
  expect(setup.server.log.billed()).toHaveLength(3);
  expect(setup.server.log.paidTwice()).toEqual([]);
});
