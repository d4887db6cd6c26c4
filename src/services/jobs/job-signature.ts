/**
 * Signatures of jobs and answers in a shared queue. Anyone who can write to the queue's store can add a job or an answer. With a key
 * of the project, workers process only signed jobs and the run accepts only signed answers. Without a key, the job's schema is the only check.
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { BloggerError } from '../../core/errors.ts';
import type { JobHandler, JobRecord, NewJob } from '../../core/ports.ts';
import { stableJson } from '../../util/stable-hash.ts';

/** Version of the signature format, to distinguish an old signature from a wrong one. */
const FORM = 'v1';

export interface JobSigner {
  /** The job with its payload signed: the signature covers its id, its kind and every member of the payload. */
  sign(job: NewJob): NewJob;
  /** Refuses jobs without a valid signature before `handler` runs, and signs the answer. */
  handler(handler: JobHandler): JobHandler;
  /** The answer of a finished job. Throws `JOB_REFUSED` if the job or its answer is not signed with the key. */
  openAnswer(done: Pick<JobRecord, 'id' | 'kind' | 'payload' | 'result'>): unknown;
}

export function createJobSigner(key: string | undefined): JobSigner {
  return {
    sign: (job) => (key === undefined ? job : { ...job, payload: withSignature(job.payload, jobSignature(key, job)) }),
    handler: (handler) => async (context) => {
      const { job } = context;
      const [payload, given] = apart(job.payload);
      if (key === undefined && given !== undefined) throw refused('the job is signed, but this worker has no key');
      if (key === undefined) return handler(context);
      if (!isSame(given, jobSignature(key, { ...job, payload }))) throw refused(reasonOf('job', given));
      const answer = await handler({ ...context, job: { ...job, payload } });
      return withSignature(answer, answerSignature(key, given, answer));
    },
    openAnswer(done) {
      const [answer, given] = apart(done.result);
      if (key === undefined) return answer;
      const [payload, ofJob] = apart(done.payload);
      if (!isSame(ofJob, jobSignature(key, { ...done, payload }))) throw refused(reasonOf('job', ofJob));
      if (!isSame(given, answerSignature(key, ofJob, answer))) throw refused(reasonOf('answer', given));
      return answer;
    },
  };
}

function jobSignature(key: string, { id, kind, payload }: Pick<NewJob, 'id' | 'kind' | 'payload'>): string {
  return sign(key, ['job', id, kind, payload]);
}

/** Includes the job's signature, so that an answer is valid for its own job only. */
function answerSignature(key: string, ofJob: string, answer: unknown): string {
  return sign(key, ['answer', ofJob, answer]);
}

/** Signs the JSON form, because values are transferred as JSON. */
function sign(key: string, parts: readonly unknown[]): string {
  return `${FORM}:${createHmac('sha256', key)
    .update(stableJson(asJson(parts)))
    .digest('hex')}`;
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function withSignature(value: unknown, signature: string): object {
  return { ...(value as object), signature }; // payloads and answers of jobs are objects
}

function apart(value: unknown): [unknown, string | undefined] {
  if (typeof value !== 'object' || value === null || !('signature' in value)) return [value, undefined];
  const { signature, ...rest } = value;
  return [rest, typeof signature === 'string' ? signature : undefined];
}

function isSame(given: string | undefined, expected: string): given is string {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function reasonOf(what: 'job' | 'answer', given: string | undefined): string {
  if (given === undefined) return `the ${what} is not signed`;
  if (!given.startsWith(`${FORM}:`)) return `the ${what} is signed in a form that this version does not know`;
  return `the ${what} is signed with another key, or was changed`;
}

function refused(reason: string): BloggerError {
  return new BloggerError(`A job of the shared queue was refused: ${reason}`, {
    code: 'JOB_REFUSED',
    hint: 'Set the same BLOGGER_JOB_KEY and version for the run and all workers; if they are the same, find out who else writes to the queue.',
  });
}
