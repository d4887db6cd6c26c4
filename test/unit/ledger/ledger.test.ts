import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import { openLedger } from '../../../src/services/ledger/ledger.ts';
import { readSpending } from '../../../src/services/ledger/ledger-report.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { fuzzed } from '../../helpers/fuzz.ts';
import { makeReply } from '../../helpers/make-brief.ts';
import { newProject } from '../../helpers/run-bin.ts';

const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);
const reservation = (id: string, worstUsd: number | undefined = 0.01) =>
  ({ id, provider: 'test', model: 'm', tier: 'standard', worstUsd }) as const;

test('whatever is reserved, settled, released and lost in whatever order, the cap holds at every step', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  let run = 0;
  const step = fc.record({
    id: fc.integer({ min: 0, max: 30 }),
    what: fc.constantFrom('reserve', 'settle', 'free', 'unknown'),
    cents: fc.integer({ min: 0, max: 40 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      run += 1;
      const ledger = openLedger({ db: state.db, runId: `run-${run}`, capUsd: 1, clock: systemClock });
      const open = new Map<string, number>();
      for (const { id, what, cents, share } of steps) {
        const name = `${run}-${id}`;
        const worst = open.get(name);
        if (what === 'reserve' && worst === undefined && ledger.find(name)?.reply === undefined) {
          try {
            ledger.reserve(reservation(name, cents / 100));
            open.set(name, cents / 100);
          } catch (error) {
            expect(BloggerError.is(error) && error.code).toBe('BUDGET_REACHED');
          }
        } else if (worst !== undefined) {
          if (what === 'settle') ledger.settle(name, makeReply(), worst * share);
          if (what === 'free' || what === 'unknown') ledger.release(name, what);
          if (what !== 'reserve') open.delete(name);
        }
        const { spentUsd, reservedUsd } = ledger.spent();
        expect(spentUsd + reservedUsd).toBeLessThanOrEqual(1 + 1e-6);
        // To the last bit: whoever waits for reserved money waits until it is none.
        if (open.size === 0) expect(reservedUsd).toBe(0);
        else expect(reservedUsd).toBeCloseTo(total(open.values()), 9);
      }
    }),
    fuzzed(60),
  );
});

test('two processes on one file cannot pass the cap together', async () => {
  await using project = await newProject();
  using one = openStateFile(project.folder);
  using two = openStateFile(project.folder);
  const ledgers = [one, two].map(({ db }) => openLedger({ db, runId: 'shared', capUsd: 0.05, clock: systemClock }));

  const granted = Array.from({ length: 20 }, (_, index) => {
    try {
      ledgers[index % 2]?.reserve(reservation(`call-${index}`));
      return 1;
    } catch {
      return 0;
    }
  });

  expect(granted.reduce<number>((sum, one) => sum + one, 0)).toBe(5);
});

test('the parts of a paid answer are kept also where it came dearer than its worst case and the cap is passed', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'one', capUsd: 0.01, clock: systemClock });
  ledger.reserve(reservation('pack'));
  ledger.settle('pack', makeReply(), 0.02);

  ledger.reserve(reservation('part', 0));
  expect(() => ledger.reserve(reservation('other', 0.001))).toThrow(/may cost/);
});

test('an answer is there after the file was closed without a word', async () => {
  await using project = await newProject();
  {
    using state = openStateFile(project.folder);
    const ledger = openLedger({ db: state.db, runId: 'one', clock: systemClock });
    ledger.reserve(reservation('a'));
    ledger.settle('a', makeReply({ text: 'kept', tier: 'flex' }), 0.003);
    ledger.reserve(reservation('lost'));
  }
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'two', clock: systemClock });

  expect(ledger.find('a')?.reply?.text).toBe('kept');
  expect(ledger.find('lost')).toMatchObject({ state: 'reserved' });
  ledger.reserve(reservation('lost'));
  ledger.settle('lost', makeReply(), 0.002);
  // What the first, unknown try may have cost stays spent.
  expect(ledger.spent().spentUsd).toBeCloseTo(0.012, 10);
  expect(readSpending(state.db).map(({ tier, calls }) => [tier, calls])).toEqual([
    ['flex', 1],
    ['standard', 1],
  ]);
});

test('what is paid for, or may be, is not given back by a release that comes late', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'one', clock: systemClock });
  ledger.reserve(reservation('paid'));
  ledger.settle('paid', makeReply(), 0.003);
  ledger.reserve(reservation('lost'));
  ledger.release('lost', 'unknown');

  for (const id of ['paid', 'lost']) ledger.release(id, 'free');

  expect(ledger.find('paid')?.state).toBe('settled');
  expect(ledger.find('lost')?.state).toBe('unknown');
  expect(ledger.spent().spentUsd).toBeCloseTo(0.013, 10);
});

test('an answer without usage counts at its worst case, one without a price is counted as unpriced', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'run-1', clock: systemClock });
  ledger.reserve(reservation('known'));
  ledger.settle('known', makeReply(), 0.002);
  ledger.reserve(reservation('no-usage'));
  ledger.settle('no-usage', makeReply({ usage: undefined }), undefined);
  ledger.reserve(reservation('lost'));
  ledger.release('lost', 'unknown');

  const sums = () => {
    const rows = readSpending(state.db);
    const sum = (name: 'calls' | 'unknown' | 'unpriced') => total(rows.map((row) => row[name]));
    return [sum('calls'), sum('unknown'), sum('unpriced')];
  };
  expect(sums()).toEqual([3, 2, 0]);
  expect(total(readSpending(state.db).map(({ costUsd }) => costUsd))).toBeCloseTo(0.022, 10);
  expect(ledger.spent().spentUsd).toBeCloseTo(0.022, 10);

  ledger.reserve({ ...reservation('no-price'), worstUsd: undefined });
  ledger.settle('no-price', makeReply(), undefined);
  expect(sums()).toEqual([4, 3, 1]);
});

test('a lost call that is refused when it is made again still counts at its worst case', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'run-1', clock: systemClock });
  ledger.reserve(reservation('a'));
  ledger.release('a', 'unknown');
  ledger.reserve(reservation('a'));
  ledger.release('a', 'free');

  expect(readSpending(state.db)).toMatchObject([{ calls: 1, costUsd: 0.01, unknown: 1, unpriced: 0 }]);
});

test('a call that two machines paid for counts twice; one that is reported twice counts once', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'run', clock: systemClock });
  const call = { id: 'a', provider: 'openai', model: 'm', tier: 'standard', state: 'settled', costUsd: 0.25 } as const;
  const reply = makeReply();
  const spentAfter = (more: object) => {
    ledger.record([{ ...call, at: 1, ...more }]);
    return ledger.spent().spentUsd;
  };

  expect(spentAfter({ reply })).toBe(0.25);
  expect(spentAfter({ reply })).toBe(0.25);
  expect(spentAfter({ at: 2 })).toBe(0.5);
  expect(spentAfter({ at: 2 })).toBe(0.5);
  expect(spentAfter({})).toBe(0.5);
  expect(ledger.find('a')?.reply).toEqual(reply);
});

test('a call whose outcome was unknown counts once when it is known', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'run', clock: systemClock });
  const call = { id: 'a', provider: 'openai', model: 'm', tier: 'standard' } as const;
  ledger.record([{ ...call, at: 1, state: 'unknown', worstUsd: 1 }]);
  ledger.record([{ ...call, at: 2, state: 'settled', costUsd: 1.25 }]);
  ledger.record([{ ...call, at: 1, state: 'unknown', worstUsd: 1 }]);

  expect(ledger.spent()).toMatchObject({ spentUsd: 1.25, reservedUsd: 0, unknownCalls: 0 });
});
