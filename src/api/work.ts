import { BloggerError, isAbortError } from '../core/errors.ts';
import type { Writer } from '../core/ports.ts';
import type { Draft } from '../core/types.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { readWithArticle } from '../run/read-article.ts';
import { asBloggerError } from '../run/run.ts';
import type { RuntimeOptions } from '../run/runtime-options.ts';
import { type PageAnswer, type PostAnswer, type PostJob, readPageJob } from '../run/worker-jobs.ts';
import { createJobSigner } from '../services/jobs/job-signature.ts';
import { stableHash } from '../util/stable-hash.ts';
import { openQueue } from '../wiring/machines/shared-stores.ts';
import { openRuntime, type RunOutcome } from '../wiring/runtime.ts';

/**
 * Processes pages and posts from the queue of `generate --queue redis` or `--queue postgres` until stopped. Any number of machines may run it; the jobs of a machine
 * that dies go to others. Throws `CONFIG_INVALID` without a shared store, `STORE_UNREACHABLE` when it does not answer.
 */
export async function work(options: RuntimeOptions = {}): Promise<RunOutcome> {
  await using runtime = await openRuntime({
    ...options,
    goal: 'serve',
  });
  return await runtime.run(async (run) => {
    const { settings, clock } = run;
    await using pages = await openQueue('pages', { settings, clock });
    await using posts = await openQueue('posts', { settings, clock });
    const signer = createJobSigner(settings.jobKey);
    pages.register(
      'page',
      signer.handler(({ job, signal }) => readForOthers(job.payload, run, signal)),
    );
    // Posts are added by `openWorkers` only.
    posts.register(
      'post',
      signer.handler(({ job, signal }) => writeForOthers(job.payload as PostJob, run, signal)),
    );
    run.begin([]);
    await Promise.all([
      pages.work({ workers: settings.crawl.maxConcurrent, stopping: run.stopping, signal: run.signal }),
      posts.work({ workers: run.writeConcurrency, stopping: run.stopping, signal: run.signal }),
    ]);
  });
}

function readForOthers(payload: unknown, run: ActiveRun, signal: AbortSignal): Promise<PageAnswer> {
  return readWithArticle(readPageJob(payload).entry, run, run.emit, signal);
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
    throw new BloggerError(
      'The worker has other settings than the run: provider, model, template, style or version differ',
      {
        code: 'CONFIG_INVALID',
        hint: 'Start all workers and the run with the same version and the same settings.',
      },
    );
  }
  const brief = job.do === 'write' ? job.brief : job.draft.brief;
  run.wishes.set(brief.key, job);
  try {
    const { brief: _, ...answer } = await draftFor(job, run.writer, signal);
    return { ...answer, calls: run.ledger.callsOf(brief.key) };
  } catch (error) {
    const calls = run.ledger.callsOf(brief.key);
    // Without calls the queue deals with the failure; with them the run must know what they cost.
    if (calls.length === 0 || isAbortError(error)) throw error;
    const { code, message, hint, retryable } = asBloggerError(error);
    return { calls, failed: { code, message, retryable, ...(hint === undefined ? {} : { hint }) } };
  } finally {
    run.writer.end(brief);
    run.wishes.delete(brief.key);
  }
}
