import { BloggerError, isAbortError } from '../core/errors.ts';
import type { QueueDepth } from '../core/figures/queue-depth.ts';
import type { Writer } from '../core/ports.ts';
import type { Brief, Draft } from '../core/types.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { asBloggerError } from '../run/run.ts';
import type { RuntimeOptions } from '../run/runtime-options.ts';
import { readWithArticle } from '../run/steps/read-article.ts';
import { type PostAnswer, type PostJob, readPageJob } from '../run/worker-jobs.ts';
import { createJobSigner } from '../services/jobs/job-signature.ts';
import type { SharedJobQueue } from '../services/jobs/shared/shared-job-queue.ts';
import { createWorkerId } from '../services/jobs/worker-id.ts';
import { stableHash } from '../util/stable-hash.ts';
import { openRoster, type Roster } from '../wiring/machines/open-roster.ts';
import { openQueue } from '../wiring/machines/shared-stores.ts';
import type { RunOutcome } from '../wiring/run-to-end.ts';
import { openRuntime } from '../wiring/runtime.ts';

/**
 * Processes pages and posts from the queue of `generate --queue redis` or `--queue postgres` until stopped. Any number of machines may run
 * it; jobs of a dead machine go to others. Throws `CONFIG_INVALID` without a shared store, `STORE_UNREACHABLE` if it does not respond.
 */
export async function work(options: RuntimeOptions = {}): Promise<RunOutcome> {
  let roster: Roster | undefined;
  await using runtime = await openRuntime({
    ...options,
    goal: 'serve',
    onEvent(event) {
      roster?.sink(event);
      options.onEvent?.(event);
    },
  });
  return await runtime.run(async (run) => {
    const { settings, clock } = run;
    await using pages = await openQueue('pages', { settings, clock });
    await using posts = await openQueue('posts', { settings, clock });
    const ended = new AbortController();
    const stopping = AbortSignal.any([run.stopping, ended.signal]);
    const shape = stableHash(run.planOptions.shape);
    await using shared = openRoster({ store: run.roster, id: createWorkerId(), shape, clock, stopping });
    roster = shared;
    const during = async <T>(kind: 'page' | 'post', what: string, job: () => Promise<T>): Promise<T> => {
      let done = false;
      try {
        const result = await shared.during(kind, what, job);
        done = true;
        return result;
      } finally {
        run.emit({ type: 'worker:job', kind, what, done });
      }
    };
    const signer = createJobSigner(settings.jobKey);
    pages.register(
      'page',
      signer.handler(({ job, signal }) => {
        const { entry } = readPageJob(job.payload);
        return during('page', entry.url, () => readWithArticle(entry, run, run.emit, signal));
      }),
    );
    // Posts are added by `openWorkers` only.
    posts.register(
      'post',
      signer.handler(({ job, signal }) => {
        const post = job.payload as PostJob;
        return during('post', briefOf(post).articles[0].title, () => writeForOthers(post, run, signal));
      }),
    );
    run.begin([]);
    if (options.drain === true) void endWhenEmpty([pages, posts], ended, run); // never rejects
    await Promise.all([
      pages.work({ workers: settings.crawl.maxConcurrent, stopping, signal: run.signal }),
      posts.work({ workers: run.writeConcurrency, stopping, signal: run.signal }),
    ]);
    ended.abort();
  });
}

const LOOK_MS = 500;
/** Longer than the gap between a run's pages leaving the queue and its posts entering it. */
const EMPTY_LOOKS = 6;

/** Aborts `ended` when the queue was empty in several polls in a row. */
async function endWhenEmpty(
  queues: readonly Pick<SharedJobQueue, 'depth'>[],
  ended: AbortController,
  { clock, stopping }: Pick<ActiveRun, 'clock' | 'stopping'>,
): Promise<void> {
  for (let empty = 0; empty < EMPTY_LOOKS && !ended.signal.aborted && !stopping.aborted; ) {
    const depths = await Promise.all(queues.map((queue) => queue.depth())).catch(() => undefined);
    const left = depths?.reduce((sum, { byState }) => sum + openJobs(byState), 0) ?? 1; // the store is unreachable: polled again
    empty = left === 0 ? empty + 1 : 0;
    await clock.sleep(LOOK_MS, ended.signal).catch(() => {}); // the loop condition ends it
  }
  ended.abort();
}

function openJobs(byState: QueueDepth['byState']): number {
  return (byState['waiting'] ?? 0) + (byState['delayed'] ?? 0) + (byState['running'] ?? 0);
}

function briefOf(job: PostJob): Brief {
  return job.do === 'write' ? job.brief : job.draft.brief;
}

function draftFor(job: PostJob, writer: Writer, signal: AbortSignal): Promise<Draft> {
  switch (job.do) {
    case 'write':
      return writer.write(job.brief, signal);
    case 'repair':
      return writer.repair(job.draft, job.problems, signal);
    case 'look':
      return writer.look(job.draft, job.statements, signal);
  }
}

async function writeForOthers(job: PostJob, run: ActiveRun, signal: AbortSignal): Promise<PostAnswer> {
  if (job.shape !== stableHash(run.planOptions.shape)) {
    throw new BloggerError('The settings of worker and run differ: provider, model, template, style or version', {
      code: 'CONFIG_INVALID',
      hint: 'Start all workers and the run with the same version and the same settings.',
    });
  }
  const brief = briefOf(job);
  run.postOptions.set(brief.key, job);
  try {
    const { brief: _, ...answer } = await draftFor(job, run.writer, signal);
    return { ...answer, calls: run.ledger.callsOf(brief.key) };
  } catch (error) {
    const calls = run.ledger.callsOf(brief.key);
    // Without paid calls the queue handles the failure; otherwise the run must record their cost.
    if (calls.length === 0 || isAbortError(error)) throw error;
    const { code, message, hint, retryable } = asBloggerError(error);
    return { calls, failed: { code, message, retryable, ...(hint === undefined ? {} : { hint }) } };
  } finally {
    run.writer.end(brief);
    run.postOptions.delete(brief.key);
  }
}
