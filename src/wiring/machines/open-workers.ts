/** Client side of the queue: sends pages and posts to `blogger worker` machines. */

import type { Settings } from '../../config/schema.ts';
import { isAbortError } from '../../core/errors.ts';
import type { Clock, Emit, JobRecord, NewJob } from '../../core/ports.ts';
import type { Brief, Draft } from '../../core/types.ts';
import type { Workers } from '../../run/active-run.ts';
import type { PageAnswer, PageJob, PostAnswer, PostJob } from '../../run/worker-jobs.ts';
import { readFailure } from '../../services/jobs/bull-job.ts';
import { createJobSigner, type JobSigner } from '../../services/jobs/job-signature.ts';
import { isFinished } from '../../services/jobs/job-state.ts';
import { failureOf, type SharedJobQueue } from '../../services/jobs/shared-job-queue.ts';
import type { QueueRun } from '../../services/runs/queue-run.ts';
import type { CapOfCall } from '../../stages/write/calls/shared-model.ts';
import type { Disposer } from '../../util/disposer.ts';
import { hashText, stableHash } from '../../util/stable-hash.ts';
import { openQueue } from './shared-stores.ts';
import { watchWorkers } from './watch-workers.ts';
import type { WorkersBook } from './workers-book.ts';

export interface OpenWorkersOptions {
  readonly settings: Settings;
  readonly runId: string;
  readonly run: QueueRun;
  /** Fingerprint of everything that affects an answer; a worker with another one refuses the job. */
  readonly shape: unknown;
  /** Set to ignore finished answers (`--force`). */
  readonly salt: string | undefined;
  /** Set to request unusable answers again. */
  readonly retrySalt: string | undefined;
  readonly book: WorkersBook;
  /** The cap of the work on the list, as all machines know it. */
  readonly cap: CapOfCall | undefined;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly disposer: Disposer;
}

export async function openWorkers({
  settings,
  runId,
  run,
  shape,
  salt,
  retrySalt,
  book,
  cap,
  clock,
  emit,
  disposer,
}: OpenWorkersOptions): Promise<Workers> {
  const pages = disposer.use(await openQueue('pages', { settings, clock }));
  const posts = disposer.use(await openQueue('posts', { settings, clock }));
  const over = new AbortController();
  disposer.defer(() => over.abort());
  const readQueues = () => Promise.all([pages.depth(), posts.depth()]);
  void watchWorkers({ readQueues, clock, emit, signal: over.signal }); // it never throws
  const signer = createJobSigner(settings.jobKey);
  const common = {
    shape: stableHash(shape),
    ...(cap === undefined ? {} : { cap }),
    ...(retrySalt === undefined ? {} : { retrySalt }),
  };

  async function askForDraft(what: string, brief: Brief, payload: PostJob, signal: AbortSignal): Promise<Draft> {
    const job: NewJob = {
      id: `${what}-${anew(brief).key}`,
      kind: 'post',
      runId,
      priority: brief.priority,
      payload,
      maxAttempts: 1,
    };
    const onLost = () => book.lose(brief, job.id);
    const answer = (await ask(posts, job, { signer, notBefore: 0, onLost }, signal)) as PostAnswer; // result of `writeForOthers`
    book.settle(brief, anew(brief).key, answer);
    if (answer.failed !== undefined) throw readFailure(answer.failed);
    const { failed: _, calls: __, ...draft } = answer;
    return { brief, ...draft };
  }

  /** With `--force` a post is asked for again under a key of its own. */
  const anew = (brief: Brief): Brief => (salt === undefined ? brief : { ...brief, key: `${brief.key}-${salt}` });
  return {
    async readPage(entry, signal) {
      const payload: PageJob = { entry };
      const id = `page-${hashText(`${run.projectId} ${entry.url}`).slice(0, 40)}`;
      const job: NewJob = { id, kind: 'page', runId, priority: entry.priority, payload, maxAttempts: 1 };
      const answer = (await ask(pages, job, { signer, notBefore: run.startedAt }, signal)) as PageAnswer; // result of `readForOthers`
      // The article has arrived and the page is in the shared cache: no need to keep the result in the queue.
      await pages.forget(id);
      return answer;
    },
    writer: {
      async write(brief, signal) {
        await book.open(brief, signal);
        return askForDraft('write', brief, { ...common, do: 'write', brief: anew(brief) }, signal);
      },
      flush() {},
      end: (brief) => book.close(brief),
      async repair(draft, problems, signal) {
        book.openRepair(draft.brief);
        return askForDraft(
          `repair-${stableHash([draft.content, problems]).slice(0, 16)}`,
          draft.brief,
          { ...common, do: 'repair', draft: { ...draft, brief: anew(draft.brief) }, problems },
          signal,
        );
      },
      async look(draft, statements, signal) {
        book.openRepair(draft.brief);
        const { look } = await askForDraft(
          `look-${stableHash([draft.content, statements]).slice(0, 16)}`,
          draft.brief,
          { ...common, do: 'look', draft: { ...draft, brief: anew(draft.brief) }, statements },
          signal,
        );
        return { ...draft, look: look ?? [] };
      },
    },
  };
}

interface AskOptions {
  readonly signer: JobSigner;
  /** What succeeded earlier (milliseconds since the epoch) is done again. */
  readonly notBefore: number;
  /** Called when the queue no longer knows the job: whether it was done is not known. */
  readonly onLost?: () => void;
}

/**
 * The result of a job, once a worker has done it; throws what the worker threw. Asking again, also after a crash, gives the same work and
 * not a second one; only what failed, or succeeded before `notBefore`, is done again.
 */
async function ask(queue: SharedJobQueue, job: NewJob, options: AskOptions, signal: AbortSignal): Promise<unknown> {
  const { signer } = options;
  const known = await queue.add(signer.sign(job));
  const isUsable =
    known.status === 'SUCCESS' &&
    known.updatedAt >= options.notBefore &&
    isGenuine(known, signer) &&
    !hasFailed(known.result);
  if (isFinished(known.status) && !isUsable) await queue.retry(job.id);
  try {
    const done = await queue.finished(job.id, signal);
    if (done === undefined) {
      options.onLost?.();
      return await ask(queue, job, options, signal);
    }
    if (done.status === 'SUCCESS') return signer.openAnswer(done);
    throw failureOf(done);
  } catch (error) {
    if (signal.aborted) await withdraw(queue, job.id, error);
    throw error;
  }
}

function isGenuine(done: JobRecord, signer: JobSigner): boolean {
  try {
    signer.openAnswer(done);
    return true;
  } catch {
    return false; // asked again: an answer from before the key was set, or a false one
  }
}

/** A post that failed although calls were paid for: its job succeeded in telling so. */
function hasFailed(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'failed' in result && result.failed !== undefined;
}

/** Cancels a job that has no waiter and has not started. A started one may be paid for already; the next run uses its answer. */
async function withdraw(queue: SharedJobQueue, id: string, reason: unknown): Promise<void> {
  try {
    const isWaiting = (await queue.get(id))?.status === 'PENDING';
    if (isWaiting || !isAbortError(reason)) await queue.cancel(id);
  } catch {
    // the store is unreachable; the next run uses the job's answer.
  }
}
