import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { openAnswerRoom } from '../../../src/services/ledger/calls/answer-room.ts';
import { keepHeld, takeRescued } from '../../../src/services/ledger/calls/rescued-answers.ts';
import { openLedger } from '../../../src/services/ledger/ledger.ts';
import { isDiskError, openStateFile, stateError } from '../../../src/services/sqlite/open-state-file.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { makeReply } from '../../helpers/make-brief.ts';
import { newProject } from '../../helpers/run-bin.ts';

const call = (id: string) => ({ id, provider: 'test', model: 'm', tier: 'standard', worstUsd: 0.01 }) as const;

test('an answer that a read-only disk does not take is kept, is given to who asks, and is written when the disk takes it', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const errors: unknown[] = [];
  const ledger = openLedger({ db: state.db, runId: 'r', clock: systemClock, onFull: (error) => errors.push(error) });
  ledger.reserve(call('a'));
  state.db.exec('PRAGMA query_only = ON');
  ledger.settle('a', makeReply(), 0.002);

  expect(errors.length).toBeGreaterThan(0);
  expect(ledger.find('a')).toMatchObject({ state: 'settled', costUsd: 0.002, reply: makeReply() });
  expect(ledger.held()).toMatchObject([{ id: 'a', costUsd: 0.002 }]);

  state.db.exec('PRAGMA query_only = OFF');
  expect(ledger.held()).toEqual([]);
  expect(ledger.spent()).toMatchObject({ spentUsd: 0.002, reservedUsd: 0 });
});

test('a call that ended without an answer keeps its worst case where that cannot be written', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'r', clock: systemClock });
  ledger.reserve(call('a'));
  state.db.exec('PRAGMA query_only = ON');
  ledger.release('a', 'unknown');

  expect(ledger.spent()).toMatchObject({ reservedUsd: 0.01, inFlight: 0 });
});

test('answers that the disk never takes are taken over by the next run', async () => {
  await using project = await newProject();
  const events: RunEvent[] = [];
  {
    using state = openStateFile(project.folder);
    const ledger = openLedger({ db: state.db, runId: 'r', clock: systemClock });
    ledger.reserve(call('a'));
    state.db.exec('PRAGMA query_only = ON');
    ledger.settle('a', makeReply(), 0.002);
    keepHeld(ledger, state.path, (event) => events.push(event as RunEvent));
  }
  using state = openStateFile(project.folder);
  const ledger = openLedger({ db: state.db, runId: 'next', clock: systemClock });
  takeRescued(state.path, ({ id, reply, costUsd }) => ledger.settle(id, reply, costUsd));

  expect(events).toMatchObject([{ type: 'run:warning', code: 'DISK_FULL' }]);
  expect(ledger.find('a')?.reply).toEqual(makeReply());
  const again: string[] = [];
  takeRescued(state.path, ({ id }) => again.push(id));
  expect(again).toEqual([]);
});

test('the room for answers is given once, and is gone when the run ends', async () => {
  await using project = await newProject();
  const path = join(project.folder, 'answer-room');
  {
    using room = openAnswerRoom(project.folder, 40);
    expect(existsSync(path)).toBe(true);
    expect([room.give(), room.give()]).toEqual([true, false]);
    expect(existsSync(path)).toBe(false);
  }
  using _room = openAnswerRoom(project.folder, 1);
  expect(existsSync(path)).toBe(true);
});

test.each([
  ['ENOSPC', true, 'DISK_FULL'],
  ['EDQUOT', true, 'DISK_FULL'],
  ['EFBIG', true, 'DISK_FULL'],
  ['EROFS', true, 'OUTPUT_UNWRITABLE'],
  ['SQLITE_FULL', true, 'DISK_FULL'],
  ['SQLITE_IOERR', true, 'DISK_FULL'],
  ['SQLITE_IOERR_WRITE', true, 'DISK_FULL'],
  ['SQLITE_READONLY', true, 'OUTPUT_UNWRITABLE'],
  ['SQLITE_READONLY_DBMOVED', true, 'OUTPUT_UNWRITABLE'],
  ['SQLITE_BUSY', false, 'STATE_BROKEN'],
  ['SQLITE_CORRUPT', false, 'STATE_BROKEN'],
  ['EACCES', false, 'OUTPUT_UNWRITABLE'],
] as const)('%s: the disk takes no more: %s; the run ends with %s', (code, isDisk, named) => {
  const error = Object.assign(new Error('x'), { code });

  expect(isDiskError(error)).toBe(isDisk);
  expect(stateError(error, 'state.db').code).toBe(named);
});
