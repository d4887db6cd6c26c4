import { expect, test } from 'vitest';
import type { PaidCall } from '../../../src/core/ports.ts';
import type { PostAnswer } from '../../../src/run/worker-jobs.ts';
import { openLedger } from '../../../src/services/ledger/ledger.ts';
import { readSpending } from '../../../src/services/ledger/ledger-report.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { createPostBudgets } from '../../../src/stages/write/calls/post-budgets.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createWorkersBook } from '../../../src/wiring/machines/workers-book.ts';
import { collectEvents } from '../../helpers/fakes.ts';
import { makeBrief, POST } from '../../helpers/make-brief.ts';
import { newProject } from '../../helpers/run-bin.ts';

const never = new AbortController().signal;
const COST = { draftUsd: 0.01, wholeUsd: 0.03 };
const brief = (key: string) => makeBrief({ key });
const call = (id: string, change: Partial<PaidCall> = {}): PaidCall => ({
  id,
  provider: 'openai',
  model: 'm',
  tier: 'standard',
  at: 1,
  state: 'settled',
  costUsd: 0.004,
  ...change,
});
const { costUsd: _none, ...noUsage } = call('a', { worstUsd: 0.015 });
const answer = (calls: readonly PaidCall[], costUsd: number | undefined = 0.004): PostAnswer => ({
  content: POST,
  digest: false,
  provenance: {
    provider: 'openai',
    model: 'm',
    promptVersion: '2',
    tier: 'standard',
    usage: { input: 1, cachedInput: 0, output: 1 },
    costUsd,
    reused: false,
    repairs: 0,
  },
  calls,
});

async function openBook(capUsd?: number) {
  const project = await newProject();
  const state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'run', workId: 'w', capUsd, clock: systemClock });
  const { emit, of } = collectEvents();
  const purse = createPostBudgets({ ledger, stopping: never });
  return {
    ledger,
    of,
    db: state.db,
    book: createWorkersBook({ runId: 'run', ledger, budgets: purse, costOf: () => COST, clock: systemClock, emit }),
    async [Symbol.asyncDispose]() {
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

test('what workers were paid for is in the one ledger, and in stats, each call once', async () => {
  await using setup = await openBook();
  setup.book.settle(brief('a'), 'a', answer([call('a'), call('a:repair:1', { costUsd: 0.002 })]));
  setup.book.settle(brief('a'), 'a', answer([call('a'), call('a:repair:1', { costUsd: 0.002 })]));

  expect(setup.ledger.spent().spentUsd).toBeCloseTo(0.006, 9);
  expect(readSpending(setup.db)).toMatchObject([{ calls: 2 }]);
  expect(setup.of('call:end').map(({ reused }) => reused)).toEqual([false, false, true]);
});

test.each<[string, PostAnswer, number]>([
  ['of unknown outcome counts at its worst', answer([call('a', { state: 'unknown', worstUsd: 0.02 })]), 0.02],
  ['without usage counts at its worst', answer([noUsage], undefined), 0.015],
  ['that another worker paid for and did not report is known by its answer', answer([], 0.003), 0.003],
  [
    'of a post that failed counts',
    { calls: [call('a')], failed: { code: 'REPLY_INVALID', message: 'no JSON' } },
    0.004,
  ],
])('a call %s', async (_what, given, spentUsd) => {
  await using setup = await openBook();
  setup.book.settle(brief('a'), 'a', given);

  expect(setup.ledger.spent().spentUsd).toBeCloseTo(spentUsd, 9);
});

test('the cap is the run’s own: what is in work is set aside, and what comes back makes room', async () => {
  await using setup = await openBook(0.06);
  await setup.book.open(brief('a'), never);
  await setup.book.open(brief('b'), never);
  let isOpen = false;
  const third = setup.book.open(brief('c'), never).then(() => {
    isOpen = true;
  });
  expect(isOpen).toBe(false);

  setup.book.settle(brief('a'), 'a', answer([call('a')]));
  setup.book.close(brief('a'));
  setup.book.settle(brief('b'), 'b', answer([call('b')]));
  setup.book.close(brief('b'));
  await third;
  expect(setup.ledger.spent().spentUsd).toBeCloseTo(0.008, 9);
});

test('a Redis that comes back empty does not make the run forget what it may have spent', async () => {
  await using setup = await openBook(0.07);
  await setup.book.open(brief('a'), never);
  setup.book.lose(brief('a'), 'write-a', true);
  expect(setup.ledger.spent().workUsd + setup.ledger.spent().heldUsd).toBeCloseTo(0.06, 9);
  expect(() => setup.book.lose(brief('a'), 'write-a', true)).toThrow(/may cost/);
});

test.each([
  ['that a worker had begun counts at its worst', true, COST.wholeUsd],
  ['that waited costs nothing', false, 0],
])('without a cap, a post lost with its queue %s', async (_what, hasStarted, spentUsd) => {
  await using setup = await openBook();
  await setup.book.open(brief('a'), never);
  setup.book.lose(brief('a'), 'write-a', hasStarted);
  setup.book.settle(brief('a'), 'a', answer([call('a')]));

  expect(setup.ledger.spent().spentUsd).toBeCloseTo((spentUsd ?? 0) + 0.004, 9);
  expect(setup.ledger.spent().heldUsd).toBe(0);
});

test('a repair that the cap has no room for is refused before it is queued', async () => {
  await using setup = await openBook(0.03);
  await setup.book.open(brief('a'), never);
  setup.book.settle(brief('a'), 'a', answer([call('a', { costUsd: 0.02 })], 0.02));

  expect(() => setup.book.openRepair(brief('a'))).toThrow(/may cost/);
});
