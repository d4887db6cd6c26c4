import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../src/api/generate.ts';
import { openJobs } from '../../src/api/jobs/open-jobs.ts';
import { work } from '../../src/api/work.ts';
import { resolveSettings } from '../../src/config/resolve.ts';
import { readTree } from '../../src/config/sources.ts';
import { openSharedJobQueue } from '../../src/services/jobs/shared/shared-job-queue.ts';
import { systemClock } from '../../src/util/clock.ts';
import { watchWorkers } from '../../src/wiring/machines/watch-workers.ts';
import { collectEvents } from '../helpers/fakes.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { makeJob } from '../helpers/make-job.ts';
import { newProject } from '../helpers/run-bin.ts';
import { SHARED_SERVERS, type SharedServer } from '../helpers/shared-servers.ts';
import { TestSite } from '../helpers/test-site.ts';

describe.each(SHARED_SERVERS.filter(({ isMissing }) => !isMissing))(
  'a queue in $name, seen from outside',
  ({ queue: kind, backend, open }) => {
    let server: SharedServer;
    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server[Symbol.asyncDispose]());

    test('work that no worker takes is reported within 5 s, once, with what to start', async () => {
      await using queue = await openSharedJobQueue({ backend, url: server.url, name: 'idle' });
      await queue.add(makeJob('one'));
      await queue.add(makeJob('two'));
      const over = new AbortController();
      const slept: number[] = [];
      const { events, emit } = collectEvents();
      const clock = {
        ...systemClock,
        sleep: async (ms: number) => {
          slept.push(ms);
          if (slept.length === 4) over.abort();
        },
      };
      await watchWorkers({ readQueues: async () => [await queue.depth()], clock, emit, signal: over.signal });

      expect(slept[0]).toBeLessThan(5000);
      expect(events).toEqual([
        expect.objectContaining({
          type: 'run:warning',
          code: 'NO_WORKER',
          message: 'No worker listens on the shared queue; 2 idle wait',
          hint: expect.stringContaining('blogger worker') as string,
        }),
      ]);
    });

    test('depth: states, the oldest waiting job of any priority, workers', { timeout: 60_000 }, async () => {
      await using asking = await openSharedJobQueue({ backend, url: server.url, name: 'depth' });
      expect(await asking.depth()).toEqual({
        queue: 'depth',
        byState: { waiting: 0, delayed: 0, running: 0, done: 0, failed: 0 },
        workers: 0,
      });
      for (const [index, priority] of (['low', 'high', 'medium', 'high'] as const).entries())
        await asking.add(makeJob(`job-${index + 1}`, { priority, maxAttempts: 1 }));
      const oldest = (await asking.get('job-1'))?.createdAt ?? 0;
      const waiting = await asking.depth();
      await using working = await openSharedJobQueue({ backend, url: server.url, name: 'depth' });
      let during: Awaited<ReturnType<typeof asking.depth>> | undefined;
      working.register('k', async ({ job }) => {
        // PostgreSQL counts a worker once it listens, which may be after its first job.
        while ((during?.workers ?? 0) === 0) during = await asking.depth();
        if (job.id === 'job-2') throw new Error('broken');
        return 'done';
      });
      await working.work({ untilEmpty: true });
      const after = await asking.depth();

      expect(waiting.byState['waiting']).toBe(4);
      expect(Math.abs((waiting.oldestWaitingAt ?? 0) - oldest)).toBeLessThan(1000);
      expect(during).toMatchObject({ workers: 1, byState: { running: 1, waiting: 3 } });
      expect(after.byState).toEqual({ waiting: 0, delayed: 0, running: 0, done: 3, failed: 1 });
      expect(after.oldestFailedAt).toBeGreaterThanOrEqual(oldest);
      expect(after.oldestWaitingAt).toBeUndefined();
    });

    test('a run and a worker do the work through both queues', { timeout: 60_000 }, async () => {
      await using site = await TestSite.open(articleRoutes(2));
      await using project = await newProject({ 'urls.txt': `${site.url('/article-1')}\n${site.url('/article-2')}` });
      await using machine = await newProject();
      const settings = {
        allowPrivate: true,
        provider: 'extractive',
        redisUrl: server.url,
        cache: { prefix: 'both:' },
      } as const;
      const stop = new AbortController();
      const working = work({ cwd: machine.folder, stop: stop.signal, settings });
      const { summary } = await generate(['urls.txt'], {
        cwd: project.folder,
        settings: { ...settings, queue: kind },
      });
      stop.abort();
      await working;

      expect(summary.posts).toMatchObject({ written: 2, failed: 0 });
    });

    test('the job list contains pages and posts, and its actions apply to both', async () => {
      const { settings } = resolveSettings(readTree({ queue: kind, cache: { prefix: 'book:' } }, 'options'));
      for (const name of ['pages', 'posts']) {
        await using queue = await openSharedJobQueue({ backend, url: server.url, name, prefix: 'book:queue' });
        await queue.add(makeJob(`${name}-1`));
        await queue.add(makeJob(`${name}-2`));
      }
      await using book = await openJobs({ ...settings, redisUrl: server.url }, '.');
      const ids = async (filter = {}) => (await book.list(filter)).map(({ id }) => id).sort();

      expect(await ids()).toEqual(['pages-1', 'pages-2', 'posts-1', 'posts-2']);
      expect(await ids({ idStart: 'pages' })).toEqual(['pages-1', 'pages-2']);
      expect(await ids({ limit: 3 })).toHaveLength(3);
      for (const id of ['pages-1', 'posts-2']) {
        expect(await book.cancel(id)).toBe(true);
        expect((await book.history(id)).map(({ status }) => status)).toContain('PENDING');
      }
      expect(await ids({ status: 'CANCELLED' })).toEqual(['pages-1', 'posts-2']);
      expect(await book.retry('pages-1')).toBe(true);
      expect(await ids({ status: 'CANCELLED' })).toEqual(['posts-2']);
      expect(await book.cancel('unknown')).toBe(false);
    });
  },
);
