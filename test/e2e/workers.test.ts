import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { openRedisServer } from '../helpers/redis-server.ts';
import { blogger, newProject, type Project, type RunningBlogger, spawnBlogger } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const COUNT = 28;
const FLAGS = ['--allow-private', '--lease', '2000', '--batch-interval', '50', '--per-host', '4'];
const noRedis = inject('redisServer') === '';

async function setUp({ latencyMs = 0, count = COUNT, jobKey = '' } = {}) {
  const site = await TestSite.open(articleRoutes(count));
  const vendor = await startVendorServer({
    latencyMs,
    limits: { requestsPerMinute: 100_000, tokensPerMinute: 500_000_000 },
  });
  const redis = await openRedisServer(inject('redisServer'));
  const producer = await newProject({
    'urls.txt': Array.from({ length: count }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
  });
  const machines: Project[] = [];
  const env = {
    OPENAI_API_KEY: 'sk-test-0123456789',
    OPENAI_BASE_URL: vendor.openaiBaseUrl,
    REDIS_URL: redis.url,
    BLOGGER_JOB_KEY: jobKey,
  };
  const running: (RunningBlogger | ReturnType<typeof spawnBlogger>)[] = [];
  const generating = (more: readonly string[]) => ['generate', '--queue', 'redis', '--json', ...FLAGS, ...more];
  const working = (more: readonly string[]) => ['worker', '--json', ...FLAGS, ...more];
  async function openMachine() {
    const machine = await newProject();
    machines.push(machine);
    return { cwd: machine.folder, env };
  }
  return {
    site,
    vendor,
    redis,
    producer,
    generate: (...more: string[]) => blogger(generating(more), { cwd: producer.folder, env }),
    /** The same in a process of its own, which can be killed. */
    spawnGenerate: (...more: string[]) => spawnBlogger(generating(more), { cwd: producer.folder, env }),
    async worker(...more: string[]) {
      const process = blogger(working(more), await openMachine());
      running.push(process);
      return { process }; // a bare process is a promise, which `await` would wait for
    },
    async spawnWorker(...more: string[]) {
      const process = spawnBlogger(working(more), await openMachine());
      running.push(process);
      return { process };
    },
    stats: () => blogger(['stats', '--json'], { cwd: producer.folder, env }),
    posts: async () =>
      (await readdir(join(producer.folder, 'posts')).catch(() => [])).filter((name) => name.endsWith('.md')),
    async [Symbol.asyncDispose]() {
      for (const process of running) process.kill('SIGTERM');
      await Promise.all(running);
      for (const project of [producer, ...machines]) await project[Symbol.asyncDispose]();
      await Promise.all([redis[Symbol.asyncDispose](), vendor[Symbol.asyncDispose](), site[Symbol.asyncDispose]()]);
    },
  };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** `await using` would end the test before what was started in it is waited for. */
const summaryOf = (stdout: string) =>
  (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { summary: { posts: object; calls: number; costUsd: number } })
    .summary;

test.skipIf(noRedis)(
  'answers of the ledger are shared again where the store was emptied: a new worker pays for none',
  {
    timeout: 90_000,
  },
  async () => {
    await using fleet = await setUp({ count: 3 });
    const { process: first } = await fleet.worker();
    const before = summaryOf((await fleet.generate()).stdout);
    first.kill('SIGTERM');
    await first;
    await fleet.redis.connect().flushall();
    await rm(join(fleet.producer.folder, 'posts'), { recursive: true });
    await fleet.worker();
    const after = summaryOf((await fleet.generate()).stdout);

    expect([before.calls, before.posts]).toEqual([3, after.posts]);
    expect(await fleet.posts()).toHaveLength(3);
    expect(fleet.vendor.log.billed()).toHaveLength(3);
  },
);

test.skipIf(noRedis).each(['the same workers', 'a new worker'])(
  'a run was killed, its workers went on, and the store was emptied: %s',
  { timeout: 180_000 },
  async (who) => {
    const count = 8;
    await using fleet = await setUp({ count, latencyMs: 300 });
    const workers = [await fleet.worker('--workers', '1'), await fleet.worker('--workers', '1')];
    const killed = fleet.spawnGenerate();
    await until(() => fleet.vendor.log.billed().length >= 2);
    killed.kill('SIGKILL');
    await killed;
    await until(() => fleet.vendor.log.billed().length >= count);
    // The last answer is in the worker's ledger.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (who === 'a new worker')
      for (const { process } of workers) {
        process.kill('SIGTERM');
        await process;
      }
    await fleet.redis.connect().flushall();
    if (who === 'a new worker') await fleet.worker();
    const { posts } = summaryOf((await fleet.generate()).stdout);
    const spending = JSON.parse((await fleet.stats()).stdout) as {
      spending: { calls: number; unknown: number }[];
    };
    const counted = spending.spending.reduce((sum, { calls }) => sum + calls, 0);

    expect(posts).toMatchObject({ failed: 0 });
    expect(await fleet.posts()).toHaveLength(count);
    const billed = fleet.vendor.log.billed().length;
    if (who === 'the same workers') expect(billed).toBe(count);
    // What a machine that is gone was paid for cannot be known, and counts at its worst case.
    expect(counted).toBe(billed);
  },
);

test.skipIf(noRedis)(
  'two workers do the work of a run that only asks: every post once, and the next run asks nothing',
  { timeout: 90_000 },
  async () => {
    await using fleet = await setUp({ jobKey: 'a key of the project' });
    const [first, second] = [(await fleet.spawnWorker()).process, (await fleet.spawnWorker()).process];
    const run = await fleet.generate();
    const again = await fleet.generate();
    for (const process of [first, second]) process.kill('SIGTERM');

    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    expect(summaryOf(run.stdout)).toMatchObject({
      posts: { written: COUNT, unchanged: 0, skipped: 0, failed: 0 },
      calls: COUNT,
    });
    expect(await fleet.posts()).toHaveLength(COUNT);
    expect(fleet.vendor.log.billed()).toHaveLength(COUNT);
    expect(fleet.site.pages()).toHaveLength(COUNT);
    expect(fleet.site.maxInFlight).toBeLessThanOrEqual(4);
    expect(summaryOf(again.stdout).posts).toMatchObject({ written: 0, unchanged: COUNT });
    // What is shared went through Redis, and nobody fell back to limits of its own.
    const keys = await fleet.redis.connect().keys('*');
    for (const shared of [/^blogger:openai:.*:gate:/, /^blogger:cache:pages:/, /^blogger:cache:answers:/]) {
      expect(keys.some((key) => shared.test(key))).toBe(true);
    }
    for (const { stdout, exitCode } of await Promise.all([first, second])) {
      expect(exitCode).toBe(143);
      expect(stdout).not.toMatch(/STORE_UNREACHABLE|"cache:state"/);
      expect(stdout).toContain('"type":"page:end"');
      expect(stdout).toContain('"type":"call:end"');
    }
  },
);

test.skipIf(noRedis)(
  'a worker and the run itself are killed in the middle: every post once, only calls in flight at a kill asked again',
  { timeout: 120_000 },
  async () => {
    await using fleet = await setUp({ latencyMs: 150 });
    const { process: doomed } = await fleet.spawnWorker('--workers', '1', '--batch-size', '4');
    const broken = fleet.spawnGenerate();
    await until(() => fleet.vendor.log.billed().length >= 6);
    broken.kill('SIGKILL');
    await broken;
    await until(() => fleet.vendor.log.billed().length >= 12);
    doomed.kill('SIGKILL');
    await doomed;
    await fleet.worker('--workers', '1', '--batch-size', '4');
    const run = await fleet.generate();

    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    expect(await fleet.posts()).toHaveLength(COUNT);
    // One worker with batches of four: at most four calls were on the wire when it was killed.
    expect(fleet.vendor.log.billed().length).toBeLessThanOrEqual(COUNT + 4);
  },
);

test.skipIf(noRedis)('the cap of a run applies to all workers together', { timeout: 90_000 }, async () => {
  await using fleet = await setUp({ latencyMs: 50 });
  await fleet.worker();
  await fleet.worker();
  const whole = summaryOf((await fleet.generate()).stdout).costUsd;
  const capUsd = whole / 2;
  const { exitCode, stdout } = await fleet.generate('--force', '--max-cost', `${capUsd}`);
  const { costUsd } = summaryOf(stdout);

  expect(exitCode).toBe(5);
  expect((await fleet.redis.connect().keys('blogger:budget:*:spent')).length).toBeGreaterThan(0);
  expect(costUsd).toBeLessThanOrEqual(capUsd);
  expect(costUsd).toBeGreaterThan(capUsd * 0.5);
});

test.skipIf(noRedis)(
  '--retry-failed asks again for an answer that could not be used, also where another machine has it',
  { timeout: 60_000 },
  async () => {
    await using fleet = await setUp({ count: 3 });
    fleet.vendor.fault({ kind: 'refusal' });
    const { process: first } = await fleet.worker();
    const failed = await fleet.generate();
    first.kill('SIGTERM');
    await first;
    await fleet.worker();
    const without = await fleet.generate();
    const billedBefore = fleet.vendor.log.billed().length;
    const again = await fleet.generate('--retry-failed');

    expect(summaryOf(failed.stdout).posts).toMatchObject({ written: 2, failed: 1 });
    expect(summaryOf(without.stdout).posts).toMatchObject({ unchanged: 2, failed: 1 });
    expect(billedBefore).toBe(3);
    expect(summaryOf(again.stdout).posts).toMatchObject({ written: 1, failed: 0 });
    expect(fleet.vendor.log.billed()).toHaveLength(4);
  },
);

test.skipIf(noRedis)(
  'what cannot work is said at once: no Redis, a worker with different settings',
  { timeout: 60_000 },
  async () => {
    await using fleet = await setUp({ count: 1 });
    await using lonely = await newProject({ 'urls.txt': fleet.site.url('/article-1') });
    const without = await blogger(['generate', '--queue', 'redis', ...FLAGS], { cwd: lonely.folder });
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('REDIS_URL') as string]);
    const unreachable = await blogger(['worker', ...FLAGS], {
      cwd: lonely.folder,
      env: { REDIS_URL: 'redis://127.0.0.1:9' },
    });
    expect([unreachable.exitCode, unreachable.stderr]).toEqual([
      5,
      expect.stringContaining('STORE_UNREACHABLE') as string,
    ]);

    await fleet.worker('--model', 'gpt-4o-mini');
    const differing = await fleet.generate();
    expect(differing.exitCode).toBe(2);
    expect(differing.stdout).toContain('settings of worker and run differ');
  },
);
