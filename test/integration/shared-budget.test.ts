import { describe, expect, it } from 'vitest';
import type { SharedControl } from '../../src/core/ports/shared-control.ts';
import type { Clock, LanguageModel } from '../../src/core/ports.ts';
import { openLedger } from '../../src/services/ledger/ledger.ts';
import { openSharedBudget } from '../../src/services/ledger/shared-budget.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { chargedModel } from '../../src/stages/write/calls/charged-model.ts';
import { retryingModel } from '../../src/stages/write/calls/retrying-model.ts';
import { cappedModel } from '../../src/stages/write/calls/shared-model.ts';
import { systemClock } from '../../src/util/clock.ts';
import { collectEvents, fakeRandom } from '../helpers/fakes.ts';
import { makeBrief, makeReply } from '../helpers/make-brief.ts';
import { newProject } from '../helpers/run-bin.ts';
import { openTestControl, SHARED_SERVERS } from '../helpers/shared-servers.ts';

const never = new AbortController().signal;
const PROMPT = { system: '', user: '', schemaName: 's', schema: {}, maxOutputTokens: 1, inputTokens: 1 };
const CAP = 1;

describe.each(SHARED_SERVERS)('the spending cap of all machines, in $name', ({ isMissing, open }) => {
  const test = it.skipIf(isMissing);

  test('loses no paid answer when the store becomes unreachable, and pays for none twice', async () => {
    await using server = await open();
    await using opened = await openTestControl(server.url);
    const { control } = opened;
    await using project = await newProject();
    using state = openStateFile(project.folder);
    let asked = 0;
    const vendor: LanguageModel = {
      provider: 'test',
      model: 'm',
      async answer() {
        asked += 1;
        await server.stop();
        return makeReply();
      },
    };
    const prices = { worstUsd: () => 0.5, costUsd: () => 0.002 };
    const budget = openSharedBudget({ control, clock: systemClock });
    const ledger = openLedger({ db: state.db, runId: 'run', clock: systemClock });
    const { emit } = collectEvents();
    const capped = cappedModel(vendor, { budget, prices, capOf: () => ({ runId: 'run', capUsd: CAP }) });
    const charged = chargedModel(capped, { ledger, prices, clock: systemClock, emit });
    const model = retryingModel(charged, { attempts: 2, clock: systemClock, random: fakeRandom([0]), emit });

    const reply = await model.answer({ id: 'call', prompt: PROMPT, tier: 'standard', brief: makeBrief() }, never);

    expect([asked, reply]).toEqual([1, makeReply()]);
    expect(ledger.find('call')).toMatchObject({ state: 'settled', costUsd: 0.002 });
  });

  test('lets a call wait for money that another call may release', async () => {
    await using server = await open();
    await using opened = await openTestControl(server.url);
    const { control } = opened;
    const first = openSharedBudget({ control, clock: systemClock });
    const second = openSharedBudget({
      control,
      clock: settlingAtLook(3, () => first.settle('run', 'a', 0.1)),
    });
    await first.reserve('run', 'a', 0.8, CAP, never);

    await second.reserve('run', 'b', 0.8, CAP, never);
    await second.settle('run', 'b', undefined);

    expect(await takenOf(control)).toBeCloseTo(0.9);
  });

  test('does not wait for a call of a dead worker, which counts at its worst case until it is settled', async () => {
    await using server = await open();
    await using opened = await openTestControl(server.url);
    const { control } = opened;
    const dead = openSharedBudget({ control, clock: systemClock, leaseMs: 100 });
    const alive = openSharedBudget({ control, clock: systemClock });
    await dead.reserve('run', 'a', 0.8, CAP, never);

    await expect(alive.reserve('run', 'b', 0.8, CAP, never)).rejects.toMatchObject({
      code: 'BUDGET_REACHED',
      message: expect.stringContaining('0.80000') as string,
    });
    await dead.settle('run', 'a', 0.1);
    await alive.reserve('run', 'b', 0.8, CAP, never);
    await alive.settle('run', 'b', undefined);

    expect(await takenOf(control)).toBeCloseTo(0.9);
  });

  test('counts a call twice if it is repeated after a crash, because the first may have been paid for', async () => {
    await using server = await open();
    await using opened = await openTestControl(server.url);
    const { control } = opened;
    const budget = openSharedBudget({ control, clock: systemClock });
    await budget.reserve('run', 'a', 0.3, CAP, never);
    await budget.reserve('run', 'a', 0.3, CAP, never);
    await budget.settle('run', 'a', undefined);

    expect(await takenOf(control)).toBeCloseTo(0.6);
  });
});

/** What all calls came to, as a call hears that does not fit. */
async function takenOf({ budget }: SharedControl): Promise<number | undefined> {
  const more = { runId: 'run', callId: 'z', worstUsd: 100, capUsd: CAP, leaseMs: 1, keepMs: 60_000 };
  const answer = await budget.reserve(more);
  return typeof answer === 'object' ? answer.takenUsd : undefined;
}

/** The machine's clock, with something that happens while its owner waits for the nth time. */
function settlingAtLook(nth: number, act: () => Promise<void>): Clock {
  let looks = 0;
  return {
    now: systemClock.now,
    monotonic: systemClock.monotonic,
    async sleep() {
      looks += 1;
      if (looks === nth) await act();
    },
  };
}
