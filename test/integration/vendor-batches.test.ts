import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import type { RunControls } from '../../src/run/run.ts';
import { JobQueue } from '../../src/services/jobs/local/job-queue.ts';
import { readSpending } from '../../src/services/ledger/ledger-report.ts';
import { openBatches } from '../helpers/open-batches.ts';

const failuresOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'entry:fail' ? [event.failure] : []));

test('a run that is stopped while it creates a batch finishes creating it, and the next run adopts it', async () => {
  await using setup = await openBatches(2);
  const stop = new AbortController();

  const stopped = await setup.generate({
    stop: stop.signal,
    onEvent: ({ type }) => type === 'call:start' && stop.abort(),
  });

  expect(stopped.summary.posts.written).toBe(0);
  expect(setup.server.batches.list()).toHaveLength(1);
  expect((await setup.generate()).summary.posts.written).toBe(2);
  expect(setup.server.batches.list()).toHaveLength(1);
});

test.each([
  ['its posts are gathered', 'job:status', 2],
  ['the batch leaves', 'batch:start', 1],
] as const)('a run that is stopped while %s makes none and ends', async (_when, type, times) => {
  await using setup = await openBatches(2);
  let controls: RunControls | undefined;
  let seen = 0;

  const { summary } = await setup.generate({
    onControls: (given) => {
      controls = given;
    },
    onEvent(event) {
      if (event.type === type) seen += 1;
      if (seen === times) controls?.stop();
    },
  });

  expect(summary.posts.written).toBe(0);
  expect(setup.server.batches.list()).toEqual([]);
  expect((await setup.generate()).summary.posts.written).toBe(2);
});

test('a run whose cap is reserved by a batch waits for it until it is stopped, and then leaves it at the vendor', async () => {
  await using setup = await openBatches(3, { batch: { hold: true } });
  let controls: RunControls | undefined;
  let looks = 0;

  const { stoppedBy, pending, interrupted } = await setup.generate({
    settings: { ...setup.settings, maxCost: 0.004 },
    onControls: (given) => {
      controls = given;
    },
    onEvent({ type }) {
      if (type === 'vendor-batch:status') looks += 1;
      if (looks === 3) controls?.stop();
    },
  });

  expect([stoppedBy, interrupted]).toEqual([undefined, true]);
  expect(looks).toBe(3);
  expect(setup.server.batches.list().map(({ total }) => total)).toEqual([pending]);
});

test('finished answers of a batch stay paid if the rest cannot be sent again', async () => {
  await using setup = await openBatches(3, { batch: { hold: true } });
  setup.server.batches.script({ failRows: [1], hold: true });
  const onEvent = ({ type }: RunEvent) => {
    if (type !== 'vendor-batch:status' || setup.server.batches.list()[0]?.state === 'completed') return;
    setup.server.fault({ kind: 'quota', on: 'batch-create' });
    setup.server.batches.finish();
  };

  const { summary, stoppedBy } = await setup.generate({ onEvent });

  expect(stoppedBy?.code).toBe('PROVIDER_QUOTA');
  expect(summary.posts.written).toBe(2);
  using state = setup.openState();
  const spending = readSpending(state.db);
  expect(spending).toMatchObject([{ calls: 2 }]);
  expect(spending[0]?.costUsd).toBeCloseTo(summary.costUsd ?? 0, 9);
  expect(spending[0]?.costUsd).toBeGreaterThan(0);
});

test.each([['openai'], ['gemini']] as const)(
  '%s: a batch that was not made is asked for again by the same run',
  async (provider) => {
    await using setup = await openBatches(2, { faults: [{ kind: 'overloaded', on: 'batch-create' }] }, provider);
    const events: RunEvent[] = [];

    const { summary } = await setup.generate({ onEvent: (event) => events.push(event) });

    expect(failuresOf(events)).toEqual([]);
    expect(events.filter(({ type }) => type === 'call:retry')).toHaveLength(1);
    expect(summary.posts.written).toBe(2);
    expect(setup.server.batches.list()).toHaveLength(1);
    expect(setup.server.log.billed()).toHaveLength(2);
  },
);

describe.each([['openai'], ['gemini']] as const)('%s no longer has', (provider) => {
  test('a batch: its posts fail and name it, others continue, and the next run writes them again', async () => {
    await using setup = await openBatches(3, { batch: { hold: true } }, provider);
    await setup.generate({ waitForBatches: false }, setup.urls.slice(0, 2));
    const id = setup.server.batches.list()[0]?.id ?? '';
    setup.server.batches.forget();
    setup.server.options.batch = {};
    const events: RunEvent[] = [];

    const { summary, stoppedBy } = await setup.generate({ onEvent: (event) => events.push(event) });

    expect(stoppedBy).toBeUndefined();
    expect(summary.posts.written).toBe(1);
    expect(failuresOf(events).map(({ code, message }) => [code, message.includes(id)])).toEqual([
      ['BATCH_GONE', true],
      ['BATCH_GONE', true],
    ]);
    using state = setup.openState();
    expect(
      state.db.prepare("SELECT count(*) AS n FROM ledger_calls WHERE state = 'unknown' AND reserved_usd > 0").get(),
    ).toMatchObject({ n: 2 });
    expect((await setup.generate()).summary.posts.written).toBe(2);
  });

  test('the answers of a batch: the same', async () => {
    await using setup = await openBatches(2, { batch: { hold: true } }, provider);
    await setup.generate({ waitForBatches: false });
    setup.server.batches.finish();
    const file = provider === 'openai' ? '/content' : ':download';
    setup.server.fault({ kind: 'gone', on: 'batch-read', match: file, times: 5 });
    const events: RunEvent[] = [];

    const { stoppedBy } = await setup.generate({ onEvent: (event) => events.push(event) });

    expect(stoppedBy).toBeUndefined();
    expect(failuresOf(events).map(({ code }) => code)).toEqual(['BATCH_GONE', 'BATCH_GONE']);
    setup.server.options.batch = {};
    expect((await setup.generate()).summary.posts.written).toBe(2);
  });
});

test('an address without a batch API does not affect open batches', async () => {
  await using setup = await openBatches(2, { batch: { hold: true } });
  await setup.generate({ waitForBatches: false });
  setup.server.options.compatible = {};
  expect((await setup.collect()).stoppedBy?.code).toBe('PROVIDER_MODEL');
  delete setup.server.options.compatible;
  setup.server.batches.finish();

  expect((await setup.collect()).summary.posts.written).toBe(2);
});

test('collect skips a cancelled post; a later request for it gets the paid answer', async () => {
  await using setup = await openBatches(3, { batch: { hold: true } });
  await setup.generate({ waitForBatches: false });
  let cancelled = '';
  {
    using state = setup.openState();
    await using jobs = new JobQueue({ db: state.db });
    cancelled = jobs.list()[0]?.id ?? '';
    jobs.cancel(cancelled);
  }
  setup.server.batches.finish();

  const collected = await setup.collect();

  expect(collected.summary.posts.written).toBe(2);
  {
    using state = setup.openState();
    await using jobs = new JobQueue({ db: state.db });
    expect(jobs.get(cancelled)?.status).toBe('CANCELLED');
  }
  expect((await setup.generate()).summary.posts.written).toBe(1);
  expect(setup.server.log.billed()).toHaveLength(3);
});
