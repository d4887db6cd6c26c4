import { expect, test } from 'vitest';
import type { Ledger } from '../../../src/core/ports.ts';
import { openLedger } from '../../../src/services/ledger/ledger.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { createPostBudgets } from '../../../src/stages/write/calls/post-budgets.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { settle } from '../../helpers/fakes.ts';
import { makeReply } from '../../helpers/make-brief.ts';
import { newProject } from '../../helpers/run-bin.ts';

const never = new AbortController().signal;
const COST = { draftUsd: 0.01, wholeUsd: 0.03 };

async function openPurse(capUsd: number) {
  const project = await newProject();
  const state = openStateFile(project.folder);
  const open = (runId = 'run') => openLedger({ db: state.db, runId, workId: 'work', capUsd, clock: systemClock });
  const ledger = open();
  const stop = new AbortController();
  return {
    ledger,
    reopen: open,
    stop,
    purse: createPostBudgets({ ledger, stopping: stop.signal }),
    async [Symbol.asyncDispose]() {
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

function pay(ledger: Ledger, id: string, worstUsd: number, costUsd: number): void {
  ledger.reserve({ id, provider: 'p', model: 'm', tier: 'standard', worstUsd, holders: [id.replace(/:.*/, '')] });
  ledger.settle(id, makeReply(), costUsd);
}

test('a post has the money for its repair when others have spent the rest', async () => {
  await using setup = await openPurse(0.06);
  for (const post of ['a', 'b']) await setup.purse.open(post, COST, never);
  for (const post of ['a', 'b']) pay(setup.ledger, post, 0.01, 0.01);

  expect(() => pay(setup.ledger, 'c', 0.01, 0.01)).toThrow(/BUDGET|may cost/);
  for (const post of ['a', 'b']) pay(setup.ledger, `${post}:repair`, 0.02, 0.02);
  expect(setup.ledger.spent()).toMatchObject({ spentUsd: 0.06, heldUsd: 0 });
});

test('a post waits for money that posts in work give back, first come first served', async () => {
  await using setup = await openPurse(0.04);
  const order: string[] = [];
  await setup.purse.open('a', COST, never);
  const later = ['b', 'c'].map((post) =>
    Promise.resolve(setup.purse.open(post, COST, never)).then(() => order.push(post)),
  );
  await settle();
  expect(order).toEqual([]);
  expect(setup.purse.blocked).toBe(2);

  pay(setup.ledger, 'a', 0.01, 0.002);
  setup.purse.close('a');
  await later[0];
  expect(order).toEqual(['b']);
  setup.purse.close('b');
  await Promise.all(later);
  expect(order).toEqual(['b', 'c']);
});

test('the last money, too little for draft and repair, buys a draft', async () => {
  await using setup = await openPurse(0.05);
  await setup.purse.open('a', COST, never);
  pay(setup.ledger, 'a', 0.01, 0.01);
  pay(setup.ledger, 'a:repair', 0.02, 0.02);
  setup.purse.close('a');

  await setup.purse.open('b', COST, never);
  pay(setup.ledger, 'b', 0.01, 0.015);
  setup.purse.close('b');
  expect(() => setup.purse.open('c', COST, never)).toThrow(/may cost/);
});

test('a draft that is paid for already needs no money', async () => {
  await using setup = await openPurse(0.01);
  await setup.purse.open('a', { draftUsd: 0.01, wholeUsd: 0.01 }, never);
  pay(setup.ledger, 'a', 0.01, 0.01);
  setup.purse.close('a');

  expect(setup.purse.open('b', { draftUsd: 0, wholeUsd: 0.02 }, never)).toBeUndefined();
});

test('a refusal of the vendor gives the money back to the post that it was held for', async () => {
  await using setup = await openPurse(0.03);
  await setup.purse.open('a', COST, never);
  setup.ledger.reserve({ id: 'a', provider: 'p', model: 'm', tier: 'standard', worstUsd: 0.01, holders: ['a'] });
  setup.ledger.release('a', 'free');

  expect(setup.ledger.spent()).toMatchObject({ heldUsd: 0.03, reservedUsd: 0 });
});

test('whoever waits for money stops waiting with the run', async () => {
  await using setup = await openPurse(0.03);
  await setup.purse.open('a', COST, never);
  const waiting = setup.purse.open('b', COST, never);
  await settle();
  setup.stop.abort(new DOMException('stop', 'AbortError'));

  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('the money of a post whose answers stay at the vendor is held for the next run', async () => {
  await using setup = await openPurse(0.05);
  await setup.purse.open('a', COST, never);
  setup.purse.close('a', { keep: true });

  const next = setup.reopen('next');
  expect(next.spent().heldUsd).toBeCloseTo(0.03, 9);
  expect(() => next.hold('b', 0.03)).toThrow(/may cost/);
  expect(() => next.hold('a', 0.03)).not.toThrow();
});
