import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { JobQueue } from '../../src/services/jobs/local/job-queue.ts';
import { openLedger } from '../../src/services/ledger/ledger.ts';
import { openPostTable } from '../../src/services/runs/post-records.ts';
import { openPublications } from '../../src/services/runs/publications.ts';
import { openRetrySalt } from '../../src/services/runs/retry-salts.ts';
import { openRunStore } from '../../src/services/runs/run-store.ts';
import { openSiteTable } from '../../src/services/site/site-table.ts';
import type { Db } from '../../src/services/sqlite/db.ts';
import { MIGRATIONS } from '../../src/services/sqlite/migrations/migrations.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { systemClock } from '../../src/util/clock.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';

/** A store that 0.1.0 wrote, before stores had a version: a run of two posts, paid calls, a hold, an interrupted retry. */
const OLD_STORE = gunzipSync(readFileSync(new URL('../fixtures/stores/0.1.0.db.gz', import.meta.url)));

function versionOf(db: Db): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

/** Tables, indexes and triggers, without the white space in which statements may differ. */
function schemaOf(db: Db): string[] {
  const rows = db.prepare('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name').all();
  return (rows as { sql: string }[]).map(({ sql }) => sql.replace(/\s+/g, ' ').replace(' IF NOT EXISTS', ''));
}

async function openOld(change = '') {
  const project = await newProject();
  writeFileSync(join(project.folder, 'state.db'), OLD_STORE);
  if (change !== '') {
    const { default: Database } = await import('libsql');
    const db = new Database(join(project.folder, 'state.db'));
    db.exec(change);
    db.close();
  }
  const state = openStateFile(project.folder);
  return {
    db: state.db,
    folder: project.folder,
    async [Symbol.asyncDispose]() {
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

test('a store without a version is migrated and keeps its data', async () => {
  await using old = await openOld();
  const { db } = old;

  expect(versionOf(db)).toBe(MIGRATIONS.length);
  const ledger = openLedger({ db, runId: 'next', workId: 'work-old', capUsd: 1, clock: systemClock });
  expect(ledger.spent()).toMatchObject({ workUsd: 0.0375, heldUsd: 0.1 });
  expect(ledger.find('a')).toMatchObject({ state: 'settled', costUsd: 0.0075 });
  expect(openRunStore(db).list({ limit: 5 })).toHaveLength(1);
  expect(openPostTable(db).list()).toHaveLength(2);
  expect(new JobQueue({ db }).list().map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS']);
  expect(openPublications(db).find('wordpress', 'k')).toMatchObject({ state: 'sent' });
  expect(openSiteTable(db).search(['turbine'], { except: '', atLeast: 1, limit: 5 })).toHaveLength(1);
  expect(openRetrySalt(db, 'retry', { now: 1_764_000_000_000, newName: 'other' })).toBe('salt-1');
});

/** Forms in which earlier days may have left a store. */
const EARLIER = {
  'as it was written': '',
  'whose calls know no work': `DROP TRIGGER ledger_calls_added; DROP TRIGGER ledger_calls_changed; DROP TRIGGER ledger_calls_gone;
    DROP TABLE ledger_sums; ALTER TABLE ledger_calls DROP COLUMN work_id`,
  'whose totals are wrong': 'UPDATE ledger_sums SET spent = 0',
  'whose shards have no start': 'ALTER TABLE shards DROP COLUMN intended_at',
  'without the tables that were added later': `DROP TABLE works; DROP TABLE ledger_holds; DROP TABLE watched_items; DROP TABLE published_pictures;
    DROP TABLE anew; DROP TABLE run_stops`,
};

test.each(Object.entries(EARLIER))(
  'a store %s gets the same tables as a new one, and its sums',
  async (_name, change) => {
    await using fresh = await newProject();
    using empty = openStateFile(fresh.folder);
    await using old = await openOld(change);

    const columns = (db: Db) =>
      schemaOf(db).filter((sql) => !/TABLE (?:ledger_calls|shards|retry_salts|"retry_salts")/.test(sql));
    expect(columns(old.db)).toEqual(columns(empty.db));
    const ledger = openLedger({ db: old.db, runId: 'run-old', clock: systemClock });
    expect(ledger.spent()).toMatchObject({ spentUsd: 0.0375, unknownCalls: 1 });
    old.db.prepare('SELECT work_id FROM ledger_calls').all();
    old.db.prepare('SELECT intended_at FROM shards').all();
  },
);

test('a migrated store is opened again without a change, and by two connections', async () => {
  await using old = await openOld();
  const before = old.db.prepare('PRAGMA schema_version').get();
  using other = openStateFile(old.folder, { checkpoint: false });
  expect(other.db.prepare('PRAGMA schema_version').get()).toMatchObject({
    schema_version: (before as { schema_version: number }).schema_version,
  });
});

test('a migration that fails leaves the store as it was', async () => {
  const { default: Database } = await import('libsql');
  await using project = await newProject();
  const path = join(project.folder, 'state.db');
  writeFileSync(path, OLD_STORE);
  const db = new Database(path);
  db.exec('CREATE TABLE retry_salts (other TEXT)');
  const before = schemaOf(db);
  expect(() => openStateFile(project.folder)).toThrow(/retry_salts/);
  expect(schemaOf(db)).toEqual(before);
  expect(versionOf(db)).toBe(0);
  db.close();
});

test('a store of a newer version is refused, with what to do, and is not changed', async () => {
  await using project = await newProject({ 'list.txt': 'a.html' });
  const folder = join(project.folder, '.blogger');
  const state = openStateFile(folder);
  state.db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 3}`);
  state[Symbol.dispose]();

  const { exitCode, stderr } = await blogger(['generate', 'list.txt'], { cwd: project.folder });
  expect(exitCode).toBe(5);
  expect(stderr).toContain(`has version ${MIGRATIONS.length + 3}, but this version of blogger knows versions up to`);
  expect(stderr).toContain('Update blogger');
  expect(() => openStateFile(folder)).toThrow(expect.objectContaining({ code: 'STATE_NEWER' }));
});
