import { expect, test } from 'vitest';
import { BloggerError, type ErrorCode } from '../../../src/core/errors.ts';
import type { JobLease } from '../../../src/core/ports.ts';
import type { Brief } from '../../../src/core/types.ts';
import { eachInFlight, type InFlight } from '../../../src/run/in-flight.ts';
import { createRun } from '../../../src/run/run.ts';
import { collectEvents, FakeClock, fakeRandom, settle, silentLogger } from '../../helpers/fakes.ts';

function newRun() {
  const caller = new AbortController();
  const clock = new FakeClock();
  const { emit, of } = collectEvents();
  const run = createRun({
    id: 'r1',
    emit,
    clock,
    random: fakeRandom(),
    logger: silentLogger,
    stop: caller.signal,
    graceMs: 25_000,
  });
  return { run, caller, clock, of };
}

function post(url: string) {
  const calls: string[] = [];
  const cancel = new AbortController();
  const lease = {
    signal: cancel.signal,
    progress: () => {},
    succeed: async () => void calls.push('succeed'),
    fail: async (error: BloggerError) => void calls.push(`fail ${error.code}`),
    release: async () => void calls.push('release'),
  } as unknown as JobLease;
  const brief = {
    key: url,
    articles: [{ title: url }],
    entries: [{ url, position: { file: 'urls.txt', line: 1 } }],
  } as unknown as Brief;
  return { item: { brief, lease, value: url } satisfies InFlight<string>, calls, cancel };
}

async function* of<T>(...items: T[]) {
  yield* items;
}

async function gather<T>(items: AsyncIterable<InFlight<T>>): Promise<T[]> {
  const values: T[] = [];
  for await (const { value } of items) values.push(value);
  return values;
}

const fails = (code: ErrorCode) => () => Promise.reject(new BloggerError('no', { code }));

test('a post that fails is reported and its job ends; its neighbour goes on', async () => {
  const { run, of: events } = newRun();
  const bad = post('bad');
  const good = post('good');

  const values = await gather(
    eachInFlight(of(bad.item, good.item), async ({ value }) => (value === 'bad' ? fails('REPLY_REFUSED')() : value), {
      stage: 'write',
      concurrency: 2,
      run,
    }),
  );

  expect(values).toEqual(['good']);
  expect(bad.calls).toEqual(['fail REPLY_REFUSED']);
  expect(events('entry:fail')).toMatchObject([{ stage: 'write', failure: { url: 'bad', code: 'REPLY_REFUSED' } }]);
  expect(run.stoppedBy()).toBeUndefined();
});

test.each(['BUDGET_REACHED', 'PROVIDER_AUTH', 'PROVIDER_QUOTA', 'DISK_FULL', 'PRICE_UNKNOWN'] as const)(
  '%s gives the job back and stops the run',
  async (code) => {
    const { run, of: events } = newRun();
    const first = post('first');

    await gather(eachInFlight(of(first.item), fails(code), { stage: 'write', concurrency: 1, run }));

    expect(first.calls).toEqual(['release']);
    expect(run.stoppedBy()?.code).toBe(code);
    expect(run.stopping.aborted).toBe(true);
    expect(run.signal.aborted).toBe(false);
    expect(events('entry:fail')).toEqual([]);
  },
);

test('an overloaded provider fails its post only', async () => {
  const { run } = newRun();
  const first = post('first');

  await gather(eachInFlight(of(first.item), fails('PROVIDER_OVERLOADED'), { stage: 'write', concurrency: 1, run }));

  expect(first.calls).toEqual(['fail PROVIDER_OVERLOADED']);
  expect(run.stoppedBy()).toBeUndefined();
});

test('a post that waits for a vendor batch goes back to waiting', async () => {
  const { run, of: events } = newRun();
  const first = post('first');

  await gather(eachInFlight(of(first.item), fails('BATCH_PENDING'), { stage: 'write', concurrency: 1, run }));

  expect(first.calls).toEqual(['release']);
  expect(events('job:status')).toMatchObject([{ status: 'PENDING' }]);
});

test('a cancelled job ends CANCELLED although its work was aborted', async () => {
  const { run, of: events } = newRun();
  const first = post('first');
  const waiting = gather(
    eachInFlight(
      of(first.item),
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      {
        stage: 'write',
        concurrency: 1,
        run,
      },
    ),
  );

  await settle();
  first.cancel.abort(new BloggerError('cancelled by the user', { code: 'JOB_CANCELLED' }));
  await waiting;

  expect(first.calls).toEqual(['fail JOB_CANCELLED']);
  expect(events('job:status')).toMatchObject([{ status: 'CANCELLED' }]);
});

test('after a kind stop work in flight has its grace, then it is given up and the job goes back', async () => {
  const { run, caller, clock } = newRun();
  const first = post('first');
  const waiting = gather(
    eachInFlight(
      of(first.item),
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      {
        stage: 'write',
        concurrency: 1,
        run,
      },
    ),
  );

  caller.abort();
  await clock.advance(24_999);
  expect(first.calls).toEqual([]);
  await clock.advance(2);
  await waiting;

  expect(first.calls).toEqual(['release']);
  expect(run.signal.aborted).toBe(true);
});

test('an error that ends new work leaves what takes hours awaited; whoever stops the run does not', () => {
  const { run, caller } = newRun();
  run.stop(new BloggerError('the cap', { code: 'BUDGET_REACHED' }));
  expect([run.stopping.aborted, run.leaving.aborted]).toEqual([true, false]);

  caller.abort();
  expect(run.leaving.aborted).toBe(true);
});

test('a run that is stopped by a key gives up after its grace, as after Ctrl-C', async () => {
  const { run, clock } = newRun();
  run.controls.stop();
  run.controls.stop();
  await clock.advance(24_999);
  expect([run.stopping.aborted, run.signal.aborted]).toEqual([true, false]);

  await clock.advance(1);

  expect(run.signal.aborted).toBe(true);
});

test('a run that is stopped before it is made begins nothing', () => {
  const options = {
    id: 'r1',
    emit: () => {},
    clock: new FakeClock(),
    random: fakeRandom(),
    logger: silentLogger,
    graceMs: 25_000,
  };
  using run = createRun({ ...options, stop: AbortSignal.abort() });

  expect([run.stopping.aborted, run.leaving.aborted, run.signal.aborted]).toEqual([true, true, false]);
});
