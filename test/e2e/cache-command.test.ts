import { describe, expect, inject, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { openRedisServer } from '../helpers/redis-server.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';

const binary = inject('redisServer');

interface TierRow {
  readonly tier: string;
  readonly hits: number;
  readonly misses: number;
  readonly writes: number;
  readonly entries: number;
  readonly bytes: number;
  readonly oldestAt?: number;
  readonly state?: string;
}

async function openSetup(env: Record<string, string> = {}) {
  const site = await TestSite.open(articleRoutes(5));
  const project = await newProject({
    'urls.txt': Array.from({ length: 5 }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
  });
  const run = (...args: string[]) => blogger([...args, '--allow-private'], { cwd: project.folder, env });
  return {
    site,
    run,
    tiers: async () =>
      new Map((JSON.parse((await run('cache', '--json')).stdout) as TierRow[]).map((row) => [row.tier, row])),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

test('cache shows sizes, ages and hits; prune and clear empty the file', async () => {
  await using setup = await openSetup();
  const startedAt = Date.now();
  await setup.run('generate');
  await setup.run('generate');
  const file = (await setup.tiers()).get('file');

  expect(file?.hits).toBeGreaterThanOrEqual(5); // the second run's pages
  expect(file?.misses).toBeGreaterThanOrEqual(5); // the first run's
  expect(file?.writes).toBeGreaterThanOrEqual(10); // pages and articles
  expect(file?.bytes).toBeGreaterThan(1000);
  expect(file?.oldestAt).toBeGreaterThanOrEqual(startedAt);
  const { stdout } = await setup.run('cache');
  expect(stdout).toMatch(/^file +\d+ entries, .+ of 512 MB · written .+ ago$/m);
  expect(stdout).toMatch(/^memory +.*hits.*p50/m);

  expect((await setup.run('cache', 'prune')).stderr).toContain('0 entries removed');
  await setup.run('cache', 'clear');
  expect((await setup.tiers()).get('file')?.entries).toBe(0);
});

test('a page whose host is down is served from its expired copy, and the summary says so', async () => {
  await using setup = await openSetup();
  await setup.run('generate', '--cache-ttl', '0');
  await setup.site[Symbol.asyncDispose]();
  const { exitCode, stdout } = await setup.run('generate', '--json', '--cache-ttl', '0', '--crawl-attempts', '1');

  expect(exitCode).toBe(0);
  expect(stdout).toContain('"stale":5');
  expect(stdout.match(/"type":"page:end".*"stale":true/g)).toHaveLength(5);
  expect((await setup.run('generate', '--cache-ttl', '0', '--crawl-attempts', '1')).stderr).toContain(
    '5 pages from an expired copy',
  );
});

describe.skipIf(binary === '')('with Redis', () => {
  test('cache shows Redis and the file; clear keeps foreign keys; without Redis only this machine is shown', async () => {
    await using redis = await openRedisServer(binary);
    await using setup = await openSetup({ REDIS_URL: redis.url });
    await setup.run('generate');
    const witness = redis.connect();
    await witness.hset('blogger:queue:posts', 'a', '1');
    const shared = (await setup.tiers()).get('redis');

    expect(shared).toMatchObject({ state: 'closed' });
    expect(shared?.entries).toBeGreaterThanOrEqual(10);
    expect(shared?.bytes).toBeGreaterThan(1000);
    await setup.run('cache', 'clear');
    expect(await witness.keys('blogger:cache:*')).toEqual([]);
    expect(await witness.exists('blogger:queue:posts')).toBe(1);

    await redis.stop();
    const away = await setup.run('cache');
    expect([away.exitCode, away.stderr]).toEqual([0, expect.stringContaining('this machine only')]);
  });
});
