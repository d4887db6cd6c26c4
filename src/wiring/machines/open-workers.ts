/** Client side of the queue: sends pages and posts to `blogger worker` machines. */

import type { Settings } from '../../config/schema.ts';
import type { GateStore } from '../../core/ports/shared-control.ts';
import type { Clock, Emit, KeyValueStore, Ledger, NewJob } from '../../core/ports.ts';
import type { Workers } from '../../run/active-run.ts';
import type { PageAnswer, PageJob } from '../../run/worker-jobs.ts';
import { createJobSigner } from '../../services/jobs/job-signature.ts';
import type { QueueRun } from '../../services/runs/queue-run.ts';
import type { CapOfCall } from '../../stages/write/calls/shared-model.ts';
import type { Disposer } from '../../util/disposer.ts';
import { hashText, stableHash } from '../../util/stable-hash.ts';
import { ANSWERS_MS } from '../open-writer.ts';
import { askQueue } from './ask-queue.ts';
import { OFFERED_MS } from './offer-answers.ts';
import { createQueueWriter } from './queue-writer.ts';
import { openQueue } from './shared-stores.ts';
import { watchWorkers } from './watch-workers.ts';
import type { WorkersBook } from './workers-book.ts';

export interface OpenWorkersOptions {
  readonly settings: Settings;
  readonly runId: string;
  readonly run: QueueRun;
  /** Fingerprint of everything that affects an answer; a worker with a different one refuses the job. */
  readonly shape: unknown;
  /** Set to ignore finished answers (`--force`). */
  readonly salt: string | undefined;
  /** Set to request unusable answers again. */
  readonly retrySalt: string | undefined;
  readonly book: WorkersBook;
  readonly ledger: Pick<Ledger, 'callsOf'>;
  /** Answers shared between machines. */
  readonly answers: KeyValueStore;
  /** Of the shared store; absent if it has no such state. */
  readonly gate: GateStore | undefined;
  /** True for a post that an earlier run had begun. */
  readonly begunBefore: (key: string) => boolean;
  /** The cap of the list, shared by all machines. */
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
  ledger,
  answers,
  gate,
  begunBefore,
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
  const wasEmptied = run.goesOn && (await isUnmarked(run.projectId, gate));
  // Workers share again what they have answered meanwhile.
  const offered = wasEmptied ? clock.sleep(OFFERED_MS, over.signal).catch(() => {}) : Promise.resolve();
  const signer = createJobSigner(settings.jobKey);
  const common = {
    shape: stableHash(shape),
    ...(cap === undefined ? {} : { cap }),
    ...(retrySalt === undefined ? {} : { retrySalt }),
  };
  return {
    async readPage(entry, signal) {
      const payload: PageJob = { entry };
      const id = `page-${hashText(`${run.projectId} ${entry.url}`).slice(0, 40)}`;
      const job: NewJob = { id, kind: 'page', runId, priority: entry.priority, payload, maxAttempts: 1 };
      const answer = (await askQueue(pages, job, { signer, notBefore: run.startedAt }, signal)) as PageAnswer; // result of `readForOthers`
      // The article has arrived and the page is in the shared cache: no need to keep the result in the queue.
      await pages.forget(id);
      return answer;
    },
    writer: createQueueWriter({
      posts,
      runId,
      signer,
      book,
      ledger,
      answers,
      salt,
      common,
      offered,
      openedAt: clock.now(),
      mayBePaid: (key) => wasEmptied && begunBefore(key),
    }),
  };
}

/** True where the store does not know the project: it is new, or was emptied. It knows the project from now on. */
async function isUnmarked(projectId: string, gate: GateStore | undefined): Promise<boolean> {
  const mark = `queue-of:${projectId}`;
  try {
    const isMissing = gate !== undefined && (await gate.heldMs(mark)) <= 0;
    await gate?.hold(mark, ANSWERS_MS);
    return isMissing;
  } catch {
    return false; // the store is unreachable, which the queue reports
  }
}
