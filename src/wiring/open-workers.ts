/** The side that asks: pages are read and posts written by `blogger worker` machines, through the queue. */

import type { Settings } from '../config/schema.ts';
import { isAbortError } from '../core/errors.ts';
import type { Clock, Emit, NewJob } from '../core/ports.ts';
import type { Brief, Draft } from '../core/types.ts';
import type { Workers } from '../run/active-run.ts';
import { type PageAnswer, type PageJob, type PostAnswer, type PostJob, queueOptions } from '../run/worker-jobs.ts';
import { isFinished } from '../services/jobs/job-state.ts';
import { failureOf, openRedisJobQueue, type RedisJobQueue } from '../services/jobs/redis-job-queue.ts';
import type { QueueRun } from '../services/runs/queue-run.ts';
import type { Disposer } from '../util/disposer.ts';
import { hashText, stableHash } from '../util/stable-hash.ts';

export interface OpenWorkersOptions {
  readonly settings: Settings;
  readonly runId: string;
  readonly run: QueueRun;
  /** What shapes an answer; a worker whose own differs refuses the job. */
  readonly shape: unknown;
  /** Set where finished answers are not to be used again. */
  readonly salt: string | undefined;
  /** Set where answers that could not be used are to be asked for again. */
  readonly retrySalt: string | undefined;
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
  clock,
  emit,
  disposer,
}: OpenWorkersOptions): Promise<Workers> {
  const pages = disposer.use(await openRedisJobQueue({ ...queueOptions(settings, 'pages'), clock }));
  const posts = disposer.use(await openRedisJobQueue({ ...queueOptions(settings, 'posts'), clock }));
  const budget =
    settings.maxCost === undefined
      ? {}
      : { cap: { runId: `${run.projectId}-${run.startedAt}`, capUsd: settings.maxCost } };
  const common = { shape: stableHash(shape), ...budget, ...(retrySalt === undefined ? {} : { retrySalt }) };
  let spentUsd = 0;

  async function askForDraft(what: string, brief: Brief, payload: PostJob, signal: AbortSignal): Promise<Draft> {
    const startedAt = clock.monotonic();
    const job: NewJob = {
      id: `${what}-${anew(brief).key}`,
      kind: 'post',
      runId,
      priority: brief.priority,
      payload,
      maxAttempts: 1,
    };
    const { content, provenance, digest } = (await ask(posts, job, 0, signal)) as PostAnswer; // what `writeForOthers` answers
    if (digest) return { brief, content, provenance, digest };
    const { provider, model, tier, usage, costUsd } = provenance;
    emit({ type: 'call:start', key: brief.key, provider, model, tier });
    emit({
      type: 'call:end',
      key: brief.key,
      tier,
      usage,
      finishReason: 'stop',
      ms: clock.monotonic() - startedAt,
      reused: false,
      ...(costUsd === undefined ? {} : { costUsd }),
    });
    spentUsd += costUsd ?? 0;
    emit({
      type: 'money:change',
      spentUsd,
      reservedUsd: 0,
      ...(settings.maxCost === undefined ? {} : { capUsd: settings.maxCost }),
    });
    return { brief, content, provenance, digest };
  }

  /** Under its own key a post is asked for and paid for anew, whoever writes it. */
  const anew = (brief: Brief): Brief => (salt === undefined ? brief : { ...brief, key: `${brief.key}-${salt}` });
  return {
    async readPage(entry, signal) {
      const payload: PageJob = { entry };
      const id = `${run.projectId}-${hashText(entry.url).slice(0, 40)}`;
      const job: NewJob = { id, kind: 'page', runId, priority: entry.priority, payload, maxAttempts: 1 };
      const answer = (await ask(pages, job, run.startedAt, signal)) as PageAnswer; // what `readForOthers` answers
      // The article is here now, and the page is in the shared cache: Redis need not hold it a second time.
      await pages.forget(id);
      return answer;
    },
    writer: {
      write: (brief, signal) => askForDraft('write', brief, { ...common, do: 'write', brief: anew(brief) }, signal),
      flush() {},
      end() {},
      repair: (draft, problems, signal) =>
        askForDraft(
          `repair-${stableHash([draft.content, problems]).slice(0, 16)}`,
          draft.brief,
          { ...common, do: 'repair', draft: { ...draft, brief: anew(draft.brief) }, problems },
          signal,
        ),
    },
  };
}

/**
 * The result of a job, once a worker has done it; throws what the worker threw. Whoever asks again, also after a crash, gets the same work
 * and not a second one; only what failed, or succeeded before `notBefore` (milliseconds since the epoch), is done anew.
 */
async function ask(queue: RedisJobQueue, job: NewJob, notBefore: number, signal: AbortSignal): Promise<unknown> {
  const known = await queue.add(job);
  const isUsable = known.status === 'SUCCESS' && known.updatedAt >= notBefore;
  if (isFinished(known.status) && !isUsable) await queue.retry(job.id);
  try {
    const done = await queue.finished(job.id, signal);
    if (done === undefined) return await ask(queue, job, notBefore, signal); // Redis came back empty
    if (done.status === 'SUCCESS') return done.result;
    throw failureOf(done);
  } catch (error) {
    if (signal.aborted) await withdraw(queue, job.id, error);
    throw error;
  }
}

/** Nobody waits for the job any more: it is not begun. One that is begun may be paid for already, and its answer is there for the next run. */
async function withdraw(queue: RedisJobQueue, id: string, reason: unknown): Promise<void> {
  try {
    const isWaiting = (await queue.get(id))?.status === 'PENDING';
    if (isWaiting || !isAbortError(reason)) await queue.cancel(id);
  } catch {
    // Redis is away; the job's answer is there for the next run.
  }
}
