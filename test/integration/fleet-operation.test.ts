import { fork } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../src/api/generate.ts';
import { openFleet } from '../../src/api/jobs/open-fleet.ts';
import { work } from '../../src/api/work.ts';
import { describeFleet } from '../../src/cli/report/describe-fleet.ts';
import { resolveSettings } from '../../src/config/resolve.ts';
import { readTree } from '../../src/config/sources.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { JobData } from '../../src/services/jobs/shared/bull-job.ts';
import { openSharedJobQueue } from '../../src/services/jobs/shared/shared-job-queue.ts';
import { systemClock } from '../../src/util/clock.ts';
import { hasPostgresFleets } from '../helpers/long-form.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { makeJob } from '../helpers/make-job.ts';
import { newProject } from '../helpers/run-bin.ts';
import { SHARED_SERVERS, type SharedServer } from '../helpers/shared-servers.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const HOLD = new URL('../helpers/hold-job.js', import.meta.url);

describe.each(SHARED_SERVERS.filter(({ name, isMissing }) => !isMissing && (name === 'Redis' || hasPostgresFleets)))(
  'workers on $name',
  ({ queue: kind, backend, open }) => {
    let server: SharedServer;
    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server[Symbol.asyncDispose]());

    test('a run without a worker says what to start; a draining worker does all jobs and ends; top shows it', async () => {
      await using site = await TestSite.open(articleRoutes(4));
      await using vendor = await startVendorServer({ latencyMs: 3000 });
      await using machine = await newProject();
      await using project = await newProject();
      const options = {
        secrets: { OPENAI_API_KEY: 'sk-test-0123456789' },
        settings: {
          allowPrivate: true,
          provider: 'openai',
          baseUrl: vendor.openaiBaseUrl,
          price: { input: 0.2, output: 1.2 },
          redisUrl: server.url,
          queue: kind,
          batch: { size: 1 },
          cache: { prefix: 'drain:' },
        },
      } as const;
      const events: RunEvent[] = [];
      const running = generate(
        Array.from({ length: 4 }, (_, index) => site.url(`/article-${index + 1}`)),
        { ...options, cwd: project.folder, onEvent: (event) => events.push(event) },
      );
      const warning = () => events.find((event) => event.type === 'run:warning' && event.code === 'NO_WORKER');
      await expect
        .poll(warning, { timeout: 30_000 })
        .toMatchObject({ hint: expect.stringContaining('blogger worker') });
      const since = Date.parse(warning()?.at ?? '') - Date.parse(events[0]?.at ?? '');
      expect(since).toBeLessThan(15_000); // 3 s on a quiet machine

      const { settings } = resolveSettings(readTree({ queue: kind, cache: { prefix: 'drain:' } }, 'options'));
      await using fleet = await openFleet({ ...settings, redisUrl: server.url });
      expect(await fleet.look()).toMatchObject({ workers: [], queues: [{ queue: 'pages' }, { queue: 'posts' }] });
      const working = work({ ...options, cwd: machine.folder, drain: true });
      const busy = () =>
        fleet.look().then(({ workers }) => workers.find(({ doing }) => doing.some((one) => one.kind === 'post')));
      await expect.poll(busy, { timeout: 30_000, interval: 100 }).toMatchObject({ pages: 4, isDraining: false });
      const view = describeFleet({ at: systemClock.now(), ...(await fleet.look()) }, undefined);
      expect(view).toMatch(/^pages: .* done/m);
      expect(view).toMatch(/1 worker · .* pages and .* posts a minute/);
      expect(view).toMatch(/^ {4}post .+ for /m);

      expect((await running).summary.posts).toMatchObject({ written: 4, failed: 0 });
      const { interrupted, stoppedBy } = await working; // nobody stops it
      expect([interrupted, stoppedBy]).toEqual([false, undefined]);
      expect((await fleet.look()).workers).toEqual([]);
    }, 120_000);

    test('a job that kills its workers fails after a few, and the jobs after it are processed', async () => {
      const at = { backend, url: server.url, name: 'poison', leaseMs: 1000 };
      await using queue = await openSharedJobQueue(at);
      const asked: string[] = [];
      queue.register('k', async ({ job }) => void asked.push(job.id));
      await queue.add(makeJob('poison', { priority: 'high', maxAttempts: 1 }));
      let victims = 0;
      const isOver = async () => (await queue.get('poison'))?.status === 'FAILED';
      while (!(await isOver()) && victims < 10) {
        const worker = fork(HOLD, [kind, `${server.url} poison`, 'poison'], { stdio: 'inherit' });
        let isHeld = false;
        worker.once('message', () => {
          isHeld = true;
        });
        await expect.poll(async () => isHeld || (await isOver()), { timeout: 30_000 }).toBe(true);
        worker.kill('SIGKILL');
        if (isHeld) victims += 1;
      }
      await queue.add(makeJob('good', { priority: 'low', maxAttempts: 1 }));
      await queue.work({ untilEmpty: true });

      expect(victims).toBeGreaterThan(1);
      expect(victims).toBeLessThan(6);
      expect(await queue.get('poison')).toMatchObject({ status: 'FAILED' });
      expect(await queue.get('good')).toMatchObject({ status: 'SUCCESS' });
      expect(asked).toEqual(['good']);
    }, 120_000);

    test('a job of a newer release is skipped, a job without a version is processed', async () => {
      const at = { backend, url: server.url, name: 'versions', leaseMs: 1000 };
      await using queue = await openSharedJobQueue(at);
      await using raw = await openRaw(at.name);
      const done: unknown[] = [];
      queue.register('k', async ({ job }) => void done.push(job.payload));
      const data = { kind: 'k', runId: 'run', priority: 'high', maxAttempts: 1, addedAt: 1 } as const;
      await raw.add('new', { ...data, version: 1000, payload: { a: 'new' } });
      await raw.add('old', { ...data, payload: { a: 'old' } });
      const stop = new AbortController();
      const working = queue.work({ stopping: stop.signal });
      await expect.poll(() => done.length, { timeout: 20_000 }).toBe(1);
      await systemClock.sleep(1500, new AbortController().signal);
      stop.abort();
      await working;

      expect(done).toEqual([{ a: 'old' }]);
      expect(await queue.get('new')).toMatchObject({ status: 'PENDING', attempts: expect.any(Number) as number });
    }, 60_000);

    /** The store's queue as another release writes to it. */
    async function openRaw(name: string) {
      const options = { url: server.url, name, prefix: 'blogger:queue', keep: 10, clock: systemClock };
      const { queue, disconnect } = await backend(options);
      return {
        add: (id: string, data: JobData) => queue.add(data.kind, data, { jobId: id, priority: 1, attempts: 1 }),
        async [Symbol.asyncDispose]() {
          await queue.close();
          disconnect();
        },
      };
    }
  },
);
