import { expect, test } from 'vitest';
import { closeLostCalls } from '../../../src/services/ledger/calls/close-lost-calls.ts';
import { openLedger } from '../../../src/services/ledger/ledger.ts';
import { type BeginWork, beginWork, endWork } from '../../../src/services/ledger/works.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { newProject } from '../../helpers/run-bin.ts';

const DAY_MS = 86_400_000;

async function openWorks() {
  const project = await newProject();
  const state = openStateFile(project.folder);
  let runs = 0;
  return {
    db: state.db,
    begin(change: Partial<BeginWork> = {}) {
      runs += 1;
      const { list = 'list', ...rest } = change;
      return beginWork(state.db, {
        runId: `run-${runs}`,
        isRetry: false,
        capUsd: 1,
        now: runs,
        ...('list' in change && change.list === undefined ? {} : { list }),
        ...rest,
      }).id;
    },
    end: (id: string, pending = 0, isCollect = false) => endWork(state.db, id, { pending, isCollect }),
    async [Symbol.asyncDispose]() {
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}
type Works = Awaited<ReturnType<typeof openWorks>>;
const collect = (works: Works) => works.begin({ list: undefined as never });

test.each<[string, (works: Works) => [string, string], boolean]>([
  ['a run that was killed or stopped', (works) => [works.begin(), works.begin()], true],
  [
    'a run that was through',
    (works) => {
      const first = works.begin();
      works.end(first);
      return [first, works.begin()];
    },
    false,
  ],
  [
    'a retry of a run that was through',
    (works) => {
      const first = works.begin();
      works.end(first);
      return [first, works.begin({ isRetry: true })];
    },
    true,
  ],
  ['another list', (works) => [works.begin(), works.begin({ list: 'other' })], false],
  ['a collect', (works) => [works.begin(), collect(works)], true],
  [
    'a run after a submit',
    (works) => {
      const first = works.begin();
      works.end(first, 3);
      return [first, works.begin()];
    },
    true,
  ],
  [
    'a run after submit and collect',
    (works) => {
      const first = works.begin();
      works.end(first, 3);
      works.end(collect(works), 0, true);
      return [first, works.begin()];
    },
    false,
  ],
  [
    'a run after one that stopped at its cap and a collect',
    (works) => {
      const first = works.begin();
      works.end(collect(works), 0, true);
      return [first, works.begin()];
    },
    true,
  ],
  ['a run a year later', (works) => [works.begin(), works.begin({ now: 365 * DAY_MS })], false],
])('%s shares the cap of the run before it: %#', async (_what, runTwo, shares) => {
  await using works = await openWorks();
  const [first, second] = runTwo(works);
  expect(second === first).toBe(shares);
});

test('a collect keeps to the cap of its generate without naming it, and may name another', async () => {
  await using works = await openWorks();
  works.begin({ capUsd: 0.5 });
  const input = { isRetry: false, now: 9 };

  expect(beginWork(works.db, { ...input, runId: 'c', capUsd: undefined }).capUsd).toBe(0.5);
  expect(beginWork(works.db, { ...input, runId: 'd', capUsd: 2 }).capUsd).toBe(2);
});

test('six kills with one cap spend no more than it', async () => {
  await using works = await openWorks();
  let bill = 0;
  for (let kill = 0; kill < 6; kill += 1) {
    closeLostCalls(works.db, new Set());
    const ledger = openLedger({
      db: works.db,
      runId: `r${kill}`,
      workId: works.begin(),
      capUsd: 0.01,
      clock: systemClock,
    });
    try {
      for (let call = 0; ; call += 1) {
        ledger.reserve({ id: `${kill}-${call}`, provider: 'p', model: 'm', tier: 'standard', worstUsd: 0.003 });
        bill += 0.003; // answered, and killed before it is settled
      }
    } catch {
      // the cap is reached
    }
  }
  expect(bill).toBeLessThanOrEqual(0.01);
});

test('a killed run leaves its calls as unknown, but not those in a vendor batch, whose posts keep their money', async () => {
  await using works = await openWorks();
  const ledger = openLedger({ db: works.db, runId: 'r', workId: 'w', capUsd: 1, clock: systemClock });
  for (const id of ['live', 'batch:salt']) {
    ledger.hold(id.replace(/:.*/, ''), 0.05);
    ledger.reserve({ id, provider: 'p', model: 'm', tier: 'standard', worstUsd: 0.01 });
  }
  closeLostCalls(works.db, new Set(['batch:salt']));

  const next = openLedger({ db: works.db, runId: 'n', workId: 'w', capUsd: 1, clock: systemClock });
  expect([next.find('live')?.state, next.find('batch:salt')?.state]).toEqual(['unknown', 'reserved']);
  expect(next.spent().heldUsd).toBeCloseTo(0.05, 9);
});
