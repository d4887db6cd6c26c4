import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFinished, type JobChange, type JobState, nextState } from '../../../src/services/jobs/job-state.ts';
import { fuzzed } from '../../helpers/fuzz.ts';

const pending: JobState = { status: 'PENDING', attempts: 0, maxAttempts: 3, runAt: 0, cancelRequested: false };
const lease = { type: 'lease', worker: 'w1', now: 100, until: 200, holderIsGone: false } as const;
const running = nextState(pending, lease) as JobState;
const error = { code: 'FETCH_FAILED', message: 'no' };

test('PENDING → RUNNING → SUCCESS', () => {
  expect(running).toMatchObject({ status: 'RUNNING', attempts: 1, worker: 'w1', leaseUntil: 200 });
  const done = nextState(running, { type: 'succeed', worker: 'w1' });
  expect(done).toMatchObject({ status: 'SUCCESS' });
  expect(done).not.toHaveProperty('worker');
});

test.each<[string, JobState, JobChange, Partial<JobState> | undefined]>([
  ['a job that is not due is not taken', { ...pending, runAt: 500 }, lease, undefined],
  ['a held job is not taken', running, { ...lease, worker: 'w2' }, undefined],
  [
    'an expired lease is taken over',
    running,
    { ...lease, worker: 'w2', now: 300, until: 400 },
    { worker: 'w2', attempts: 2 },
  ],
  ['a dead holder is taken over at once', running, { ...lease, worker: 'w2', holderIsGone: true }, { worker: 'w2' }],
  ['another worker cannot finish it', running, { type: 'succeed', worker: 'w2' }, undefined],
  ['another worker cannot renew it', running, { type: 'renew', worker: 'w2', until: 900 }, undefined],
  ['its worker renews it', running, { type: 'renew', worker: 'w1', until: 900 }, { leaseUntil: 900 }],
  [
    'a failure with attempts left waits for its time',
    running,
    { type: 'fail', worker: 'w1', error, retryAt: 700 },
    { status: 'PENDING', runAt: 700, error },
  ],
  [
    'the last failure is FAILED',
    { ...running, attempts: 3 },
    { type: 'fail', worker: 'w1', error, retryAt: 700 },
    { status: 'FAILED', error },
  ],
  [
    'what cannot be retried is FAILED at once',
    running,
    { type: 'fail', worker: 'w1', error, retryAt: undefined },
    { status: 'FAILED' },
  ],
  [
    'giving back does not count the attempt',
    running,
    { type: 'release', worker: 'w1' },
    { status: 'PENDING', attempts: 0 },
  ],
  ['a waiting job is cancelled at once', pending, { type: 'cancel' }, { status: 'CANCELLED' }],
  ['a running job is asked to end', running, { type: 'cancel' }, { status: 'RUNNING', cancelRequested: true }],
  [
    'and is CANCELLED when its worker lets go',
    { ...running, cancelRequested: true },
    { type: 'release', worker: 'w1' },
    { status: 'CANCELLED' },
  ],
  [
    'or fails',
    { ...running, cancelRequested: true },
    { type: 'fail', worker: 'w1', error, retryAt: 9 },
    { status: 'CANCELLED' },
  ],
  [
    'work that was done in time is a success all the same',
    { ...running, cancelRequested: true },
    { type: 'succeed', worker: 'w1' },
    { status: 'SUCCESS' },
  ],
  [
    'a finished job is put back',
    { ...pending, status: 'FAILED', attempts: 3, error },
    { type: 'restart', now: 5 },
    { status: 'PENDING', attempts: 0, runAt: 5 },
  ],
  ['a waiting one cannot be put back', pending, { type: 'restart', now: 5 }, undefined],
])('%s', (_name, state, change, expected) => {
  const next = nextState(state, change);
  if (expected === undefined) expect(next).toBeUndefined();
  else expect(next).toMatchObject(expected);
});

test('whatever happens in whatever order, nothing but a restart leaves a finished state, and only RUNNING has a worker', () => {
  const worker = fc.constantFrom('w1', 'w2');
  const change: fc.Arbitrary<JobChange> = fc.oneof(
    fc.record({
      type: fc.constant('lease' as const),
      worker,
      now: fc.nat(1000),
      until: fc.nat(2000),
      holderIsGone: fc.boolean(),
    }),
    fc.record({ type: fc.constant('renew' as const), worker, until: fc.nat(2000) }),
    fc.record({ type: fc.constant('succeed' as const), worker }),
    fc.record({
      type: fc.constant('fail' as const),
      worker,
      error: fc.constant(error),
      retryAt: fc.option(fc.nat(1000), { nil: undefined }),
    }),
    fc.record({ type: fc.constant('release' as const), worker }),
    fc.record({ type: fc.constant('cancel' as const) }),
    fc.record({ type: fc.constant('restart' as const), now: fc.nat(1000) }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      let state = pending;
      for (const one of changes) {
        const next = nextState(state, one);
        if (next === undefined) continue;
        if (isFinished(state.status)) expect(one.type).toBe('restart');
        expect('worker' in next).toBe(next.status === 'RUNNING');
        expect(next.attempts).toBeGreaterThanOrEqual(0);
        state = next;
      }
    }),
    fuzzed(2000),
  );
});
