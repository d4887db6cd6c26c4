/** A writer that sends its posts to the workers of the queue. */

import type { KeyValueStore, Ledger, NewJob } from '../../core/ports.ts';
import type { Brief, Draft } from '../../core/types.ts';
import type { Workers } from '../../run/active-run.ts';
import type { PostAnswer, PostJob } from '../../run/worker-jobs.ts';
import type { JobSigner } from '../../services/jobs/job-signature.ts';
import { readFailure } from '../../services/jobs/shared/bull-job.ts';
import type { SharedJobQueue } from '../../services/jobs/shared/shared-job-queue.ts';
import { stableHash } from '../../util/stable-hash.ts';
import { ANSWERS_MS } from '../open-writer.ts';
import { askQueue } from './ask-queue.ts';
import type { WorkersBook } from './workers-book.ts';

export interface QueueWriterOptions {
  readonly posts: SharedJobQueue;
  readonly runId: string;
  readonly signer: JobSigner;
  readonly book: WorkersBook;
  readonly ledger: Pick<Ledger, 'callsOf'>;
  /** Answers shared between machines. */
  readonly answers: KeyValueStore;
  /** Set to ignore finished answers (`--force`): each post gets a new key. */
  readonly salt: string | undefined;
  /** Resolves when workers have shared their answers again. */
  readonly offered: Promise<void>;
  /** Milliseconds since the epoch; calls since then were made for this run. */
  readonly openedAt: number;
  /** True for a post that an earlier run sent to the workers, in a store that was emptied since. */
  readonly mayBePaid: (briefKey: string) => boolean;
  /** Common part of the payloads of all posts. */
  readonly common: Pick<PostJob, 'shape' | 'cap' | 'retrySalt'>;
}

export function createQueueWriter({
  posts,
  runId,
  signer,
  book,
  salt,
  common,
  offered,
  openedAt,
  mayBePaid,
  ...known
}: QueueWriterOptions): Workers['writer'] {
  const salted = (brief: Brief): Brief => (salt === undefined ? brief : { ...brief, key: `${brief.key}-${salt}` });

  async function askForDraft(what: string, brief: Brief, payload: PostJob, signal: AbortSignal): Promise<Draft> {
    const { key } = salted(brief);
    const { priority } = brief;
    const job: NewJob = { id: `${what}-${key}`, kind: 'post', runId, priority, payload, maxAttempts: 1 };
    const onLost = (hasStarted: boolean) => book.lose(brief, job.id, hasStarted);
    const isSuspect = mayBePaid(brief.key) && known.ledger.callsOf(key).length === 0;
    const answer = (await askQueue(posts, job, { signer, notBefore: 0, onLost }, signal)) as PostAnswer; // result of `writeForOthers`
    book.settle(brief, key, answer);
    if (isSuspect && answer.calls.some(({ at }) => at >= openedAt)) book.suspect(brief, job.id);
    if (answer.failed !== undefined) throw readFailure(answer.failed);
    const { failed: _, calls: __, ...draft } = answer;
    return { brief, ...draft };
  }

  return {
    async write(brief, signal) {
      await book.open(brief, signal);
      await offered;
      await shareKnown(salted(brief).key, known);
      return askForDraft('write', brief, { ...common, do: 'write', brief: salted(brief) }, signal);
    },
    flush() {},
    end: (brief) => book.close(brief),
    async repair(draft, problems, signal) {
      book.openRepair(draft.brief);
      const what = `repair-${stableHash([draft.content, problems]).slice(0, 16)}`;
      const sent = { ...draft, brief: salted(draft.brief) };
      return askForDraft(what, draft.brief, { ...common, do: 'repair', draft: sent, problems }, signal);
    },
    async look(draft, statements, signal) {
      book.openRepair(draft.brief);
      const what = `look-${stableHash([draft.content, statements]).slice(0, 16)}`;
      const sent = { ...draft, brief: salted(draft.brief) };
      const { look = [] } = await askForDraft(
        what,
        draft.brief,
        { ...common, do: 'look', draft: sent, statements },
        signal,
      );
      return { ...draft, look };
    },
  };
}

/** The answers of an earlier run, for workers to find: the shared store may have been emptied since. */
async function shareKnown(key: string, { ledger, answers }: Pick<QueueWriterOptions, 'ledger' | 'answers'>) {
  for (const { id, reply } of ledger.callsOf(key))
    if (reply !== undefined) await answers.set(id, reply, { ttlMs: ANSWERS_MS }); // what is here may be missing there
}
