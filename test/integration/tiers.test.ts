import { expect, test } from 'vitest';
import { generate } from '../../src/api/generate.ts';
import type { RuntimeOptions } from '../../src/run/runtime-options.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorServerOptions } from '../helpers/vendor-server/start.js';

async function openSetup(count: number, settings: RuntimeOptions['settings'], serverOptions: VendorServerOptions = {}) {
  const site = await TestSite.open(articleRoutes(count));
  const server = await startVendorServer(serverOptions);
  const project = await newProject();
  const run = (more: Partial<RuntimeOptions> = {}) =>
    generate(
      Array.from({ length: count }, (_, index) => site.url(`/article-${index + 1}`)),
      {
        cwd: project.folder,
        secrets: { OPENAI_API_KEY: 'sk-test-0123456789' },
        settings: {
          allowPrivate: true,
          baseUrl: server.openaiBaseUrl,
          provider: 'openai',
          price: { input: 0.2, output: 1.2 },
          crawl: { perHost: 20, maxConcurrent: 20 },
          ...settings,
        },
        ...more,
      },
    );
  return {
    server,
    run,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

test('packed posts share a request, each is stored separately, and running again sends no request', async () => {
  await using setup = await openSetup(10, { batch: { size: 10, intervalMs: 1000, pack: 5 } });
  const { summary } = await setup.run();

  expect(summary.posts.written).toBe(10);
  expect(setup.server.log.billed()).toHaveLength(2);
  const again = await setup.run({
    settings: {
      allowPrivate: true,
      baseUrl: setup.server.openaiBaseUrl,
      provider: 'openai',
      price: { input: 0.2, output: 1.2 },
      batch: { pack: 5 },
      out: 'elsewhere',
    },
  });
  expect(again.summary.posts.written).toBe(10);
  expect(setup.server.log.billed()).toHaveLength(2);
  expect(again.summary.costUsd).toBe(0);
});

test('a missing or invalid post of a packed answer is requested again alone; a refused pack is requested post by post', async () => {
  let first = true;
  await using setup = await openSetup(
    4,
    { batch: { size: 4, intervalMs: 1000, pack: 4 } },
    {
      answer: ({ schema, user }) => {
        const body = `Words of post ${/number (\d+)/.exec(user)?.[1] ?? ''}. ${'More words follow here. '.repeat(5)}`;
        const post = (id: number) => ({
          id: String(id),
          title: `Post ${id}`,
          description: 'A description that says what there is.',
          slug: `p-${id}`,
          tags: ['a'],
          body,
        });
        if (!JSON.stringify(schema).includes('"posts"')) return JSON.stringify(post(9));
        const posts = first ? [post(1), { id: '2' }, post(4)] : [1, 2, 3, 4].map(post);
        first = false;
        return JSON.stringify({ posts });
      },
    },
  );
  const { summary } = await setup.run();
  expect(summary.posts.written).toBe(4);
  expect(setup.server.log.billed()).toHaveLength(3);

  await using refused = await openSetup(3, { batch: { size: 3, intervalMs: 1000, pack: 3 } });
  refused.server.fault({ kind: 'refusal' });
  expect((await refused.run()).summary.posts.written).toBe(3);
  expect(refused.server.log.billed()).toHaveLength(4);
});

/** A clock that is set forward, and does not sleep for long. */
function openFastClock() {
  let shiftMs = 0;
  const clock = {
    now: () => Date.now() + shiftMs,
    monotonic: () => performance.now(),
    sleep: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, Math.min(ms, 100));
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        });
      }),
  };
  return {
    clock,
    setForward(ms: number) {
      shiftMs += ms;
    },
  };
}

test('a batch that ends before it is taken back is read, and nothing is sent live', async () => {
  const { clock, setForward } = openFastClock();
  const settings = { tier: 'auto', deadline: '30h', batch: { pollMs: 100 } } as const;
  await using setup = await openSetup(3, settings, { batch: { hold: true, endsOnCancel: true } });
  const running = setup.run({ clock });
  await expect.poll(() => setup.server.batches.list().length, { timeout: 20_000 }).toBe(1);
  setForward(29 * 3_600_000);
  const { summary } = await running;

  expect([summary.posts.written, setup.server.log.billed().length]).toEqual([3, 3]);
  expect(setup.server.log.of('live')).toEqual([]);
});

test('auto uses a batch if there is time, and sends stuck requests live before the deadline', {
  timeout: 60_000,
}, async () => {
  const { clock, setForward } = openFastClock();
  await using setup = await openSetup(
    5,
    { tier: 'auto', deadline: '30h', batch: { pollMs: 100 } },
    { batch: { hold: true } },
  );
  const running = setup.run({ clock });
  await expect.poll(() => setup.server.batches.list().length, { timeout: 20_000 }).toBe(1);
  expect(setup.server.log.of('live')).toHaveLength(0);
  setForward(29 * 3_600_000);
  await expect.poll(() => setup.server.log.of('batch-cancel').length, { timeout: 20_000 }).toBeGreaterThan(0);
  setup.server.batches.finish({ end: 'cancelled', rows: 2 });
  const { summary } = await running;

  expect(summary.posts.written).toBe(5);
  const live = setup.server.log.of('live');
  expect(live.every(({ tier }) => tier === 'flex')).toBe(true);
  expect(setup.server.log.billed()).toHaveLength(5);
  expect(setup.server.log.paidTwice()).toEqual([]);
});

test('a long post is written outline first, then section by section; running again pays for no section twice', async () => {
  const section = (n: number) =>
    `Section ${['one', 'two', 'three', 'four', 'five'][n]} has words of its own. ${'They go on for a while and say nothing false. '.repeat(8)}`;
  let asked = 0;
  await using setup = await openSetup(
    1,
    { length: 15_000 },
    {
      answer: ({ schema }) => {
        if (JSON.stringify(schema).includes('sections')) {
          return JSON.stringify({
            title: 'A long post',
            description: 'What a long post says in all of its sections, one after the other.',
            slug: 'long',
            tags: ['long'],
            sections: [
              { heading: 'First', points: 'a' },
              { heading: 'Second', points: 'b' },
              { heading: 'Third', points: 'c' },
            ],
          });
        }
        asked += 1;
        return JSON.stringify({ text: `## First\n\n${section(asked - 1)}` });
      },
    },
  );
  const { summary } = await setup.run();

  expect(summary.posts.written).toBe(1);
  expect(setup.server.log.billed()).toHaveLength(4);
  expect(setup.server.log.billed()[2]?.prompt).toContain('Section one has words');
  const again = await setup.run({
    settings: {
      allowPrivate: true,
      baseUrl: setup.server.openaiBaseUrl,
      provider: 'openai',
      price: { input: 0.2, output: 1.2 },
      length: 15_000,
      out: 'elsewhere',
    },
  });
  expect(again.summary.posts.written).toBe(1);
  expect(setup.server.log.billed()).toHaveLength(4);
});
