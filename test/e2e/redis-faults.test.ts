import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { openRedisServer, type RedisServer } from '../helpers/redis-server.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const binary = inject('redisServer');
const COUNT = 200;

const faults: [string, (server: RedisServer) => Promise<void> | void][] = [
  ['stopped', (server) => server.stop()],
  ['frozen', (server) => server.freeze()],
  [
    'restarted empty',
    async (server) => {
      await server.stop();
      await server.start();
    },
  ],
];

describe.skipIf(binary === '')('under a running generate, Redis is', () => {
  test.each(faults)('%s: every entry still ends as a post', { timeout: 90_000 }, async (_name, hurt) => {
    await using redis = await openRedisServer(binary);
    await using site = await TestSite.open(articleRoutes(COUNT));
    await using server = await startVendorServer({ latencyMs: 20 });
    await using project = await newProject({ 'urls.txt': Array.from({ length: COUNT }, (_, index) => site.url(`/article-${index + 1}`)).join('\n') });
    const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl, REDIS_URL: redis.url };
    const running = blogger(['generate', '--plain', '--allow-private', '--per-host', '10', '--batch-interval', '50'], { cwd: project.folder, env });
    const giveUpAt = Date.now() + 20_000;
    while (Date.now() < giveUpAt && server.log.billed().length < 40) await new Promise((resolve) => setTimeout(resolve, 10));
    await hurt(redis);
    const { exitCode, stderr } = await running;
    redis.thaw();

    expect(stderr).toContain(`${COUNT} written`);
    expect(exitCode).toBe(0);
    expect((await readdir(join(project.folder, 'posts'))).filter((name) => name.endsWith('.md'))).toHaveLength(COUNT);
    expect(server.log.paidTwice()).toEqual([]);
    expect(stderr.match(/Redis does not answer; the file serves/g)?.length ?? 0).toBeLessThanOrEqual(2);
  });

  test('there: a second machine with a state of its own reads no page again', { timeout: 60_000 }, async () => {
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
