import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { lockFolder } from '../../src/services/runs/folder-lock.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { openRuntime } from '../../src/wiring/runtime.ts';
import { FakeClock, settle } from '../helpers/fakes.ts';
import { newProject } from '../helpers/run-bin.ts';

const MINUTE = 60_000;

/** A project's folder, and a lock in it as another process would have written it. */
async function openFolder() {
  const project = await newProject();
  const state = openStateFile(project.folder);
  const { db } = state;
  const clock = new FakeClock();
  const first = lockFolder(db, 'first', clock);
  const { host: here } = db.prepare('SELECT host FROM folder_lock').get() as { host: string };
  first[Symbol.dispose]();
  return {
    db,
    clock,
    here,
    heldBy(host: string, pid: number): void {
      db.prepare('INSERT OR REPLACE INTO folder_lock (id, host, pid, run_id, at) VALUES (1, ?, ?, ?, ?)').run(
        host,
        pid,
        'other',
        clock.now(),
      );
    },
    async [Symbol.asyncDispose]() {
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

test('two runs of one process exclude each other until the first ends', async () => {
  await using folder = await openFolder();
  const { db, clock } = folder;
  using first = lockFolder(db, 'a', clock);
  await clock.advance(20 * MINUTE);

  expect(() => lockFolder(db, 'b', clock)).toThrow(/held by run a/);
  first[Symbol.dispose]();
  using second = lockFolder(db, 'b', clock);

  expect(second).toBeDefined();
});

test.each([
  ['of the same process number, which is ours now', process.pid],
  ['whose process number nobody has', 2 ** 22 - 1],
])('a killed run %s holds nothing', async (_which, pid) => {
  await using folder = await openFolder();
  folder.heldBy(folder.here, pid);

  using lock = lockFolder(folder.db, 'mine', folder.clock);

  expect(lock).toBeDefined();
});

test.each([
  ['on another machine', () => 'elsewhere', 1, 5 * MINUTE],
  ['whose process number somebody else has now', ({ here }: { here: string }) => here, process.ppid, 5 * MINUTE],
  [
    'in another container of the same host name, which is restarted or still on',
    () => `${hostname()}#1`,
    process.pid,
    45_000,
  ],
])('a holder %s is believed for a while after its last sign', async (_which, hostOf, pid, silentMs) => {
  await using folder = await openFolder();
  const { db, clock } = folder;
  folder.heldBy(hostOf(folder), pid);
  await clock.advance(silentMs - 1);
  expect(() => lockFolder(db, 'mine', clock)).toThrow(expect.objectContaining({ code: 'STATE_LOCKED' }));
  await clock.advance(1);

  using lock = lockFolder(db, 'mine', clock);

  expect(lock).toBeDefined();
});

test('a holder sends heartbeats that other machines see, and makes up for one that failed', async () => {
  await using folder = await openFolder();
  const { db, clock } = folder;
  using lock = lockFolder(db, 'mine', clock);
  db.prepare("UPDATE folder_lock SET host = 'elsewhere'").run();
  await clock.advance(10 * MINUTE);
  expect(() => lockFolder(db, 'other', clock)).toThrow(/held by run mine/);

  db.exec('ALTER TABLE folder_lock RENAME TO away');
  await clock.advance(MINUTE);
  db.exec('ALTER TABLE away RENAME TO folder_lock');
  await clock.advance(4 * MINUTE + 59_000);

  expect(() => lockFolder(db, 'other', clock)).toThrow(/held by run mine/);
  expect(lock).toBeDefined();
});

test('a process that wakes up after losing its lock is notified and does not release the lock of the new holder', async () => {
  await using folder = await openFolder();
  const { db, clock } = folder;
  const lock = lockFolder(db, 'mine', clock);
  folder.heldBy('elsewhere', 7);
  await clock.advance(15_000);

  await expect(lock.lost).resolves.toMatchObject({
    code: 'STATE_LOCKED',
    message: expect.stringContaining('process 7 on elsewhere'),
  });
  lock[Symbol.dispose]();

  expect(() => lockFolder(db, 'next', clock)).toThrow(/held by run other/);
});

test('a run that lost its lock takes no new work and ends with STATE_LOCKED', async () => {
  await using project = await newProject();
  const clock = new FakeClock();
  await using runtime = await openRuntime({ cwd: project.folder, settings: { state: '.' }, clock });
  using state = openStateFile(project.folder);

  const { stoppedBy } = await runtime.run(async (run) => {
    run.begin([]);
    state.db.prepare("UPDATE folder_lock SET run_id = 'other'").run();
    await clock.advance(15_000);
    await settle();
    expect(run.stopping.aborted).toBe(true);
  });

  expect(stoppedBy).toMatchObject({ code: 'STATE_LOCKED' });
});

test.each([
  ['an hour', 60 * MINUTE],
  ['a year', 365 * 24 * 60 * MINUTE],
])('a lock of another machine from %s in the future is no sign of life', async (_what, ahead) => {
  await using folder = await openFolder();
  folder.heldBy('elsewhere#1', 4242);
  folder.clock.setBack(ahead);
  using lock = lockFolder(folder.db, 'mine', folder.clock);

  expect(lock).toBeDefined();
});

test('neither is one of an earlier start of this container', async () => {
  await using folder = await openFolder();
  folder.heldBy(`${hostname()}#another-start`, 1);
  folder.clock.setBack(60 * MINUTE);
  using lock = lockFolder(folder.db, 'mine', folder.clock);

  expect(lock).toBeDefined();
});

test('a machine whose clock is two minutes ahead keeps its lock', async () => {
  await using folder = await openFolder();
  folder.heldBy('elsewhere#1', 4242);
  folder.clock.setBack(2 * MINUTE);

  expect(() => lockFolder(folder.db, 'mine', folder.clock)).toThrow(/held by run other/);
});

test('a live run of this machine keeps its lock although the clock was set back', async () => {
  await using folder = await openFolder();
  folder.heldBy(folder.here, process.ppid);
  folder.clock.setBack(60 * MINUTE);

  expect(() => lockFolder(folder.db, 'mine', folder.clock)).toThrow(/held by run other/);
});
