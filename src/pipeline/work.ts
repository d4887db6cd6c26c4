import { BloggerError, isAbortError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { Draft } from '../core/types.ts';
import { serveQueue } from '../services/jobs/remote-queue.ts';
import { judgeQuality } from '../stages/extract/judge-quality.ts';
import { stableHash } from '../util/stable-hash.ts';
import type { ActiveRun } from './active-run.ts';
import { openRuntime, type RunOutcome } from './runtime.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { cachedArticle } from './steps.ts';
import { type PageAnswer, type PageJob, type PostAnswer, type PostJob, queueOptions } from './worker-jobs.ts';

/**
 * Takes pages and posts from the queue of `generate --queue redis` until it is stopped. Any number of machines may do so; a machine that
 * dies loses nothing, since others take its jobs over. Throws `CONFIG_INVALID` without Redis, `STORE_UNREACHABLE` when it does not answer.
 */
export async function work(options: RuntimeOptions = {}): Promise<RunOutcome> {
  await using runtime = await openRuntime({ ...options, settings: { ...options.settings, queue: 'local' }, command: 'worker' });
  return await runtime.run(async (run) => {
    const { settings, clock } = run;
    const common = { clock, leaseMs: settings.jobs.leaseMs };
    await using _pages = await serveQueue({
      ...queueOptions(settings, 'pages'),
      ...common,
      concurrency: settings.crawl.maxConcurrent,
      work: (payload, signal) => readForOthers(payload as PageJob, run, signal), // added by `openWorkers` only
    });
    await using _posts = await serveQueue({
      ...queueOptions(settings, 'posts'),
      ...common,
      concurrency: run.writeConcurrency,
      work: (payload, signal) => writeForOthers(payload as PostJob, run, signal), // added by `openWorkers` only
    });
    run.begin([]);
    await untilStopped(run.stopping);
  });
}

async function readForOthers({ entry }: PageJob, run: ActiveRun, signal: AbortSignal): Promise<PageAnswer> {
  let seen: PageAnswer['page'] | undefined;
  const emit = (event: Parameters<ActiveRun['emit']>[0]) => {
    if (event.type === 'page:end') {
      const { type: _, ...rest } = event as Extract<RunEvent, { type: 'page:end' }>; // an event without its time
      seen = rest;
    }
    run.emit(event);
  };
  const page = await run.reader.read(entry, signal, { emit, park: (wait) => wait() });
  const article = await cachedArticle(page, run);
  judgeQuality(article, { minChars: run.settings.minSourceChars });
  if (seen === undefined) throw new BloggerError('A page was read without a word of it', { code: 'BUG' });
  return { article, page: seen };
}

async function writeForOthers(job: PostJob, run: ActiveRun, signal: AbortSignal): Promise<PostAnswer> {
  if (job.shape !== stableHash(run.planOptions.shape)) {
    throw new BloggerError('The worker has other settings than the run: provider, model, template, style or version differ', {
      code: 'CONFIG_INVALID',
      hint: 'Start all workers and the run with the same version and the same settings.',
    });
  }
  const { key } = job.do === 'write' ? job.brief : job.draft.brief;
  if (job.cap !== undefined) run.caps.set(key, job.cap);
  try {
    const draft: Draft = job.do === 'write' ? await run.writer.write(job.brief, signal) : await run.writer.repair(job.draft, job.problems, signal);
    return { content: draft.content, provenance: draft.provenance, digest: draft.digest };
  } catch (error) {
    if (isAbortError(error)) throw new BloggerError('The worker was stopped', { code: 'STORE_UNREACHABLE', hint: 'Another worker takes the job.' });
    throw error;
  } finally {
    run.caps.delete(key);
  }
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
