import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobLease, NewJob } from '../../../src/core/ports.ts';
import { createJobSigner } from '../../../src/services/jobs/job-signature.ts';

const KEY = 'a key of the project';
const job: NewJob = {
  id: 'page-1',
  kind: 'page',
  runId: 'run',
  priority: 'medium',
  payload: { entry: { url: 'https://a.example/', keywords: ['a'] } },
  maxAttempts: 1,
};
const overJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const lease = (given: Pick<NewJob, 'id' | 'kind' | 'payload'>) =>
  ({ job: given, signal: AbortSignal.timeout(60_000), progress() {} }) as unknown as Pick<
    JobLease,
    'job' | 'progress' | 'signal'
  >; // the members that a handler looks at here

const answerOf = async (key: string | undefined, given: Pick<NewJob, 'id' | 'kind' | 'payload'>, answer: object) => {
  const seen: unknown[] = [];
  const handler = createJobSigner(key).handler(async ({ job }) => {
    seen.push(job.payload);
    return answer;
  });
  const result = await handler(lease(given));
  return { result, seen };
};

test('a signed job reaches the handler as it was, and its answer the run as it was, both over JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.object(), async (payload, answer) => {
      fc.pre(!('signature' in payload) && !('signature' in answer));
      const signer = createJobSigner(KEY);
      const sent = overJson(signer.sign({ ...job, payload }));
      const { result, seen } = await answerOf(KEY, sent, answer);

      expect(seen).toEqual([overJson(payload)]);
      expect(signer.openAnswer({ ...sent, result: overJson(result) })).toEqual(overJson(answer));
    }),
  );
});

test.each<[string, (signed: NewJob) => Pick<NewJob, 'id' | 'kind' | 'payload'>, RegExp]>([
  ['without a signature', () => job, /not signed/],
  [
    'with another address',
    (signed) => ({ ...signed, payload: changed(signed, { entry: { url: 'http://10.0.0.1/' } }) }),
    /changed/,
  ],
  ['with a member more', (signed) => ({ ...signed, payload: changed(signed, { cap: 100 }) }), /changed/],
  ['with a member less', (signed) => ({ ...signed, payload: { signature: signatureOf(signed) } }), /changed/],
  ['under another id', (signed) => ({ ...signed, id: 'page-2' }), /changed/],
  ['of another kind', (signed) => ({ ...signed, kind: 'post' }), /changed/],
  ['signed with another key', () => createJobSigner('a key of somebody else').sign(job), /another key/],
  ['signed in a later form', (signed) => ({ ...signed, payload: changed(signed, { signature: 'v9:00' }) }), /form/],
  ['signed with no text', (signed) => ({ ...signed, payload: changed(signed, { signature: 7 }) }), /not signed/],
  ['with an empty signature', (signed) => ({ ...signed, payload: changed(signed, { signature: '' }) }), /form/],
  ['that is no object', () => ({ ...job, payload: 'https://a.example/' }), /not signed/],
])('a job %s is refused before any work', async (_what, forge, why) => {
  const forged = overJson(forge(createJobSigner(KEY).sign(job)));

  const seen: unknown[] = [];
  const handler = createJobSigner(KEY).handler(async () => seen.push('worked'));
  await expect(handler(lease(forged))).rejects.toMatchObject({
    code: 'JOB_REFUSED',
    message: expect.stringMatching(why),
  });
  expect(seen).toEqual([]);
});

test('a worker without a key refuses a signed job, and says why', async () => {
  const signed = createJobSigner(KEY).sign(job);

  await expect(answerOf(undefined, signed, {})).rejects.toMatchObject({ code: 'JOB_REFUSED' });
});

test('without a key on either side jobs and answers stay as they are', async () => {
  const { result, seen } = await answerOf(undefined, job, { article: 1 });

  expect([createJobSigner(undefined).sign(job), seen, result]).toEqual([job, [job.payload], { article: 1 }]);
});

test.each([
  ['without a signature', (_answer: object) => ({ article: 'false' })],
  ['that was changed', (answer: object) => ({ ...answer, article: 'false' })],
  ['with a member more', (answer: object) => ({ ...answer, calls: [] })],
  ['to another job', (answer: object) => answer],
])('an answer %s is refused', async (what, forge) => {
  const signer = createJobSigner(KEY);
  const sent = signer.sign(job);
  const answered = what === 'to another job' ? signer.sign({ ...job, id: 'page-2' }) : sent;
  const { result } = await answerOf(KEY, answered, { article: 'true' });

  expect(() => signer.openAnswer({ ...sent, result: forge(result as object) })).toThrow(
    expect.objectContaining({ code: 'JOB_REFUSED' }),
  );
});

function changed(signed: NewJob, change: object): object {
  return { ...(signed.payload as object), ...change };
}

function signatureOf({ payload }: NewJob): string {
  return (payload as { signature: string }).signature;
}
