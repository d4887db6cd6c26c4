import { expect, test } from 'vitest';
import { collect } from '../../src/api/collect.ts';
import { generate } from '../../src/api/generate.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const COUNT = 200;

/** Many posts in flight, at a price that is known. */
const QUICK = {
  allowPrivate: true,
  provider: 'openai',
  price: { input: 0.2, output: 1.2 },
  batch: { size: 4, intervalMs: 20 },
  crawl: { perHost: 20, maxConcurrent: 40 },
} as const;

test('the cap holds over 200 posts with 32 in flight and answers of random size', { timeout: 60_000 }, async () => {
  await using site = await TestSite.open(articleRoutes(COUNT));
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  await using server = await startVendorServer({
    latencyMs: () => random() * 30,
    answer: () => ({
      title: 'A title',
      description: 'What it is about, in some words that fill a line of the search page.',
      slug: 'a',
      tags: ['a'],
      body: `Some words. ${'More of them. '.repeat(5 + Math.ceil(random() * 250))}`,
    }),
  });
  await using project = await newProject();
  let most = 0;
  const cap = 0.05;
  const { summary, stoppedBy } = await generate(
    Array.from({ length: COUNT }, (_, index) => site.url(`/article-${index + 1}`)),
    {
      cwd: project.folder,
      secrets: { OPENAI_API_KEY: 'sk-test-0123456789' },
      settings: { ...QUICK, baseUrl: server.openaiBaseUrl, maxCost: cap, jobs: { workers: 8 } },
      onEvent(event) {
        if (event.type === 'money:change') most = Math.max(most, event.spentUsd + event.reservedUsd);
      },
    },
  );

  const charged = server.log.billed().reduce((sum, { usage }) => sum + costOf(usage), 0);
  expect(stoppedBy?.code).toBe('BUDGET_REACHED');
  expect(most).toBeLessThanOrEqual(cap + 1e-9);
  expect(charged).toBeLessThanOrEqual(cap + 1e-9);
  // The cap is used, not only kept: what is left would not have paid for another post at its worst.
  expect(charged).toBeGreaterThan(cap * 0.9);
  expect(summary.posts.written).toBe(server.log.billed().length);
  expect(summary.costUsd).toBeCloseTo(charged, 6);
});

test('the cap holds if a server ignores the flex tier and charges the full price', {
  timeout: 60_000,
}, async () => {
  await using site = await TestSite.open(articleRoutes(24));
  const body = 'Some words. '.repeat(750);
  const answer = () => ({
    title: 'A title',
    description: 'What it is about, in some words.',
    slug: 'a',
    tags: ['a'],
    body,
  });
  await using server = await startVendorServer({ compatible: {}, latencyMs: () => 30, answer });
  await using project = await newProject();
  const cap = 0.02;
  const { stoppedBy } = await generate(
    Array.from({ length: 24 }, (_, index) => site.url(`/article-${index + 1}`)),
    {
      cwd: project.folder,
      secrets: { OPENAI_API_KEY: 'sk-test-0123456789' },
      settings: { ...QUICK, baseUrl: server.openaiBaseUrl, tier: 'flex', maxCost: cap },
    },
  );

  const charged = server.log.billed().reduce((sum, { usage }) => sum + costOf(usage), 0);
  expect(stoppedBy?.code).toBe('BUDGET_REACHED');
  expect(charged).toBeLessThanOrEqual(cap + 1e-9);
  expect(charged).toBeGreaterThan(cap * 0.5);
});

/** What a vendor's standard tier charges, in US dollars. */
function costOf(usage: Readonly<Record<string, unknown>> | undefined): number {
  return (Number(usage?.['prompt_tokens']) * 0.2 + Number(usage?.['completion_tokens']) * 1.2) / 1e6;
}

test('a batch that is polled 50 times is charged once', { timeout: 60_000 }, async () => {
  await using site = await TestSite.open(articleRoutes(5));
  await using server = await startVendorServer({ batch: { hold: true } });
  await using project = await newProject();
  const options = {
    cwd: project.folder,
    secrets: { OPENAI_API_KEY: 'sk-test-0123456789' },
    settings: {
      allowPrivate: true,
      baseUrl: server.openaiBaseUrl,
      provider: 'openai',
      tier: 'batch',
      price: { input: 0.2, output: 1.2 },
    },
    waitForBatches: false,
  } as const;
  const submitted = await generate(
    [1, 2, 3, 4, 5].map((n) => site.url(`/article-${n}`)),
    options,
  );
  expect(submitted.pending).toBe(5);
  for (let look = 0; look < 50; look += 1) expect((await collect(options)).summary.posts.written).toBe(0);

  server.batches.finish();
  const costs = [];
  for (let look = 0; look < 3; look += 1) costs.push((await collect(options)).summary.posts.written);

  expect(costs).toEqual([5, 0, 0]);
  expect(server.batches.list()).toHaveLength(1);
  expect(server.log.billed()).toHaveLength(5);
  expect(server.log.of('batch-poll').length).toBeGreaterThanOrEqual(50);
});
