import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import type { RunDetails } from '../../src/figures/run-details.ts';
import { openRunStore } from '../../src/services/runs/run-store.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { type DelayingProxy, openDelayingProxy } from '../helpers/delaying-proxy.ts';
import { sampleOf } from '../helpers/long-form.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { openRedisServer, type RedisServer } from '../helpers/redis-server.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

const binary = inject('redisServer');
const COUNT = 32;
const HURT_AT = 12;
const HEAL_AT = 32;

interface Fault {
  /** A fault this short may be over before anything is written. */
  readonly short?: true;
  /** It says nothing, so that somebody waits for it until the breaker opens. */
  readonly waits?: true;
  hurt(server: RedisServer, proxy: DelayingProxy): unknown;
  heal(server: RedisServer, proxy: DelayingProxy): unknown;
}

const FAULTS: [string, Fault][] = [
  ['stopped', { hurt: (server) => server.stop(), heal: (server) => server.start() }],
  ['frozen', { hurt: (server) => server.freeze(), heal: (server) => server.thaw(), waits: true }],
  [
    'slow',
    {
      hurt: (_server, proxy) => {
        proxy.delayMs = 600;
      },
      heal: (_server, proxy) => {
        proxy.delayMs = 0;
      },
    },
  ],
  [
    'restarted empty',
    {
      async hurt(server) {
        await server.stop();
        await server.start();
      },
      heal: () => {},
      short: true,
    },
  ],
  [
    'out of memory',
    {
      hurt: (server) => server.connect().config('SET', 'maxmemory', '1mb'),
      heal: (server) => server.connect().config('SET', 'maxmemory', '0'),
    },
  ],
  [
    'asking for another password',
    {
      async hurt(server) {
        const admin = server.connect();
        await admin.config('SET', 'requirepass', 'another');
        await admin.client('KILL', 'TYPE', 'NORMAL', 'SKIPME', 'NO').catch(() => {}); // it ends this connection too
      },
      heal: (server) => server.connect('another').config('SET', 'requirepass', ''),
    },
  ],
];

describe.skipIf(binary === '')('under a running generate, Redis is', () => {
  test.each(sampleOf(FAULTS, 2))(
    '%s: every entry ends as a post, and Redis is given what was made meanwhile',
    { timeout: 120_000 },
    async (_name, { hurt, heal, short, waits }) => {
      await using redis = await openRedisServer(binary);
      await using proxy = await openDelayingProxy(redis.port);
      await using site = await TestSite.open(articleRoutes(COUNT));
      await using server = await startVendorServer({
        latencyMs: 20,
        limits: { requestsPerMinute: 100_000, tokensPerMinute: 500_000_000 },
      });
      await using project = await newProject({
        'urls.txt': Array.from({ length: COUNT }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
      });
      const env = {
        OPENAI_API_KEY: 'sk-test-0123456789',
        OPENAI_BASE_URL: server.openaiBaseUrl,
        REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
      };
      const run = () =>
        blogger(['generate', '--json', '--allow-private', '--per-host', '10', '--batch-interval', '50'], {
          cwd: project.folder,
          env,
        });
      const running = run();
      await billed(server, HURT_AT);
      const sharedBefore = await sharedBy(redis);
      await hurt(redis, proxy);
      await billed(server, HEAL_AT);
      await heal(redis, proxy);
      const { exitCode, stdout } = await running;

      expect(exitCode).toBe(0);
      expect((await readdir(join(project.folder, 'posts'))).filter((name) => name.endsWith('.md'))).toHaveLength(COUNT);
      expect(server.log.paidTwice()).toEqual([]);
      // Until it was hurt everything went through it, also what would go on without a word if it did not.
      expect(sharedBefore).toEqual({ pages: true, articles: true, vendor: true });
      // Each time that it opens costs three waits of a quarter of a second in a row at most, and after that nobody waits.
      const opened = changes(stdout).filter((state) => state === 'open');
      expect(opened.length).toBeLessThanOrEqual(4); // a slow server may look well to a probe and be slow again

      const again = await run();
      expect(again.stdout).toContain(`"unchanged":${COUNT}`);
      expect(server.log.billed()).toHaveLength(COUNT);
      const { meanwhile, waiting, blockedMs } = readFile(project.folder);
      // Cache, hosts and vendor together: about a quarter of a second each, at the same time.
      if (waits !== undefined) expect(blockedMs).toBeGreaterThan(0);
      if (waits !== undefined) expect(blockedMs).toBeLessThan(3000);
      expect(waiting).toBe(0);
      if (short === undefined) expect(meanwhile.length).toBeGreaterThan(6);
      if (meanwhile.length > 0) expect(await redis.connect().exists(...meanwhile)).toBe(meanwhile.length);
    },
  );

  test('available: a second machine with its own state requests no page again', { timeout: 60_000 }, async () => {
    await using redis = await openRedisServer(binary);
    await using site = await TestSite.open(articleRoutes(20));
    const list = Array.from({ length: 20 }, (_, index) => site.url(`/article-${index + 1}`)).join('\n');
    await using one = await newProject({ 'urls.txt': list });
    await using two = await newProject({ 'urls.txt': list });
    await blogger(['generate', '--allow-private'], { cwd: one.folder, env: { REDIS_URL: redis.url } });
    const before = site.pages().length;
    const second = await blogger(['generate', '--allow-private'], { cwd: two.folder, env: { REDIS_URL: redis.url } });

    expect(second.exitCode).toBe(0);
    expect(site.pages().length - before).toBe(0);
    expect(await readdir(join(two.folder, 'posts'))).toHaveLength(20);
  });
});

async function billed(server: VendorServer, count: number): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  while (Date.now() < giveUpAt && server.log.billed().length < count)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

function changes(stdout: string): string[] {
  return stdout
    .split('\n')
    .filter((line) => line.includes('"cache:state"'))
    .map((line) => (JSON.parse(line) as { readonly state: string }).state);
}

/** What of the work is kept in Redis. */
async function sharedBy(redis: RedisServer) {
  const keys = await redis.connect().keys('*');
  const has = (pattern: RegExp) => keys.some((key) => pattern.test(key));
  return {
    pages: has(/^blogger:cache:pages:/),
    articles: has(/^blogger:cache:articles:/),
    vendor: has(/^blogger:openai:.*:gate:/),
  };
}

/** What the file was given while Redis did not serve, what Redis must still hear of, and for how long anybody waited for it in vain. */
function readFile(folder: string): {
  readonly meanwhile: readonly string[];
  readonly waiting: number;
  readonly blockedMs: number;
} {
  using state = openStateFile(join(folder, '.blogger'));
  const keys = state.db.prepare('SELECT key FROM cache_values').all() as { readonly key: string }[];
  const { waiting } = state.db.prepare('SELECT count(*) AS waiting FROM cache_waiting').get() as {
    readonly waiting: number;
  };
  const runs = openRunStore(state.db);
  const tiers = runs.list().flatMap(({ id }) => (runs.detailsOf(id) as RunDetails).cache); // of this version
  const blockedMs = tiers.reduce((sum, tier) => sum + (tier.blockedMs ?? 0), 0);
  return { blockedMs, meanwhile: keys.map(({ key }) => `blogger:cache:${key}`), waiting };
}
