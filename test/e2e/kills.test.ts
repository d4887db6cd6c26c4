import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { sampleOf } from '../helpers/long-form.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { spawnBlogger as blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const COUNT = 16;
const LATENCY_MS = 40;
const IN_FLIGHT = 4;

async function openProject(more: readonly string[] = []) {
  const site = await TestSite.open(articleRoutes(COUNT));
  const server = await startVendorServer({ latencyMs: LATENCY_MS, batch: { durationMs: 300 } });
  const project = await newProject({
    'urls.txt': Array.from({ length: COUNT }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
  });
  const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl };
  const args = [
    'generate',
    '--json',
    '--allow-private',
    '--per-host',
    '20',
    '--crawl-concurrency',
    '20',
    '--batch-size',
    '2',
    '--workers',
    '2',
    '--batch-interval',
    '20',
    ...more,
  ];
  return {
    server,
    run: () => blogger(args, { cwd: project.folder, env }),
    posts: async () =>
      (await readdir(join(project.folder, 'posts')).catch(() => [])).filter((name) => name.endsWith('.md')).length,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

const STEPS = [
  'run:start',
  'page:end',
  'article:end',
  'job:add',
  'job:status',
  'batch:start',
  'call:start',
  'call:end',
  'money:change',
  'check:end',
  'post:saved',
  'run:end',
];

test('killed at every step in turn, with the same project: every entry one post, no request repeated except those in flight', {
  timeout: 120_000,
}, async () => {
  await using setup = await openProject();
  const kills: number[] = [];
  for (const step of sampleOf(STEPS, 4)) {
    const running = setup.run();
    createInterface({ input: running.stdout }).on('line', (line) => {
      if (!line.includes(`"type":"${step}"`)) return;
      running.kill('SIGKILL');
      kills.push(Date.now());
    });
    await running;
  }
  await finished(setup, kills);
});

const BATCH_STEPS = [
  'run:start',
  'job:add',
  'batch:start',
  'call:start',
  'vendor-batch:status',
  'money:change',
  'call:end',
  'check:end',
  'post:saved',
  'run:end',
];

test('killed at steps of writing through a vendor’s batch: one batch, every post once, nothing paid twice', {
  timeout: 120_000,
}, async () => {
  await using setup = await openProject(['--tier', 'batch', '--batch-poll', '100']);
  for (const step of sampleOf(BATCH_STEPS, 4)) {
    const running = setup.run();
    createInterface({ input: running.stdout }).on('line', (line) => {
      if (line.includes(`"type":"${step}"`)) running.kill('SIGKILL');
    });
    await running;
  }
  await finished(setup, []);
  const batches = setup.server.batches.list();
  expect(batches.reduce((sum, { total }) => sum + total, 0)).toBe(COUNT);
  expect(new Set(batches.map(({ shard }) => shard)).size).toBe(batches.length);
  expect(setup.server.log.paidTwice()).toEqual([]);
});

/** `BLOGGER_KILLS=200` for the long form. */
const KILLS = Number(process.env['BLOGGER_KILLS'] ?? 4);

test('killed again and again at random moments: the same', { timeout: 180_000 }, async () => {
  await using setup = await openProject();
  const kills: number[] = [];
  for (let round = 0; round < KILLS; round += 1) {
    const running = setup.run();
    // Random, and late enough that most of them hit the work and not the start of the process.
    const timer = setTimeout(
      () => {
        running.kill('SIGKILL');
        kills.push(Date.now());
      },
      350 + Math.random() * 900,
    );
    await running;
    clearTimeout(timer);
  }
  expect(kills.length).toBeGreaterThan(KILLS / 5);
  await finished(setup, kills);
});

async function finished(setup: Awaited<ReturnType<typeof openProject>>, kills: readonly number[]): Promise<void> {
  const last = await setup.run();
  const summary = (
    JSON.parse(last.stdout.trim().split('\n').at(-1) ?? '{}') as { summary: { posts: Record<string, number> } }
  ).summary;

  expect(last.exitCode).toBe(0);
  expect((summary.posts['written'] ?? 0) + (summary.posts['unchanged'] ?? 0)).toBe(COUNT);
  expect(await setup.posts()).toBe(COUNT);
  const { log } = setup.server;
  for (const { promptHash } of log.paidTwice()) {
    const earlier = log
      .billed()
      .filter((call) => call.promptHash === promptHash)
      .slice(0, -1);
    for (const call of earlier)
      expect(kills.some((kill) => call.at <= kill && kill <= call.at + LATENCY_MS + 500)).toBe(true);
  }
  expect(log.billed().length - COUNT).toBeLessThanOrEqual(kills.length * IN_FLIGHT);
}
