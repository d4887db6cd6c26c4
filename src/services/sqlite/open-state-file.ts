/** Opens the state file. Cache, jobs, ledger and runs share it; each process has one connection. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { BloggerError } from '../../core/errors.ts';
import { makeFolder } from '../../util/files/make-folder.ts';
import { isInTheWay, nodeErrorCode, systemReason } from '../../util/files/node-errors.ts';
import type { Db } from './db.ts';
import { migrate } from './migrate.ts';

export interface StateFile extends Disposable {
  readonly db: Db;
  readonly path: string;
}

export interface StateFileOptions {
  /**
   * Only the holder of the folder's lock checkpoints: the WAL-reset bug of SQLite 3.45 needs two connections, one of them checkpointing.
   * @default true
   */
  readonly checkpoint?: boolean;
  /** `FULL` survives a power loss, `NORMAL` a killed process. @default 'NORMAL' */
  readonly synchronous?: 'FULL' | 'NORMAL';
}

/**
 * Opens `<folder>/state.db` (WAL), creating the folder if it is missing, and migrates it to the newest version. The caller closes it.
 * Throws `STATE_BROKEN`, `STATE_NEWER`, `DISK_FULL` or `OUTPUT_UNWRITABLE`.
 */
export function openStateFile(folder: string, options: StateFileOptions = {}): StateFile {
  const path = join(folder, 'state.db');
  try {
    makeFolder(folder);
    refuseCut(path);
    const db = new Database(path);
    try {
      prepare(db, path, options);
    } catch (error) {
      db.close();
      throw error;
    }
    return { db, path, [Symbol.dispose]: () => db.close() };
  } catch (error) {
    throw BloggerError.is(error) ? error : stateError(error, path);
  }
}

/**
 * Opens the state of commands that inspect a project; undefined, and nothing is created, where no run has made one. Only the run's own
 * connection checkpoints.
 */
export function openExistingState(folder: string): StateFile | undefined {
  const path = join(folder, 'state.db');
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  } catch (error) {
    if (isInTheWay(nodeErrorCode(error) ?? '')) return undefined;
    throw stateError(error, path);
  }
  return openStateFile(folder, { checkpoint: false });
}

/** The smallest page of SQLite: a shorter file is no database, but SQLite takes it for an empty one and overwrites it. */
const LEAST_BYTES = 512;

/** An empty file is what a run leaves that was killed before its first write. */
function refuseCut(path: string): void {
  const { size = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  if (size > 0 && size < LEAST_BYTES) throw new Error(`its size is ${size} B, less than any database`);
}

function prepare(db: Db, path: string, { checkpoint = true, synchronous = 'NORMAL' }: StateFileOptions): void {
  db.exec('PRAGMA busy_timeout = 10000');
  patiently(() => db.exec('PRAGMA journal_mode = WAL'));
  db.exec(`PRAGMA synchronous = ${synchronous}`);
  if (!checkpoint) db.exec('PRAGMA wal_autocheckpoint = 0');
  migrate(db, path);
}

/** SQLite's busy timeout does not apply to the switch to WAL: if two processes create the file at once, one fails immediately. */
function patiently(work: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      work();
      return;
    } catch (error) {
      if (nodeErrorCode(error) !== 'SQLITE_BUSY' || attempt === 200) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

/** True if the disk cannot be written: full, over its quota, read-only or failing. SQLite reports an exceeded quota as an I/O error. */
export function isDiskError(error: unknown): boolean {
  const code = nodeErrorCode(error) ?? '';
  return (
    ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'SQLITE_FULL'].includes(code) || /^SQLITE_(?:IOERR|READONLY)/.test(code)
  );
}

/** Maps SQLite errors to `BloggerError`. */
export function stateError(error: unknown, path: string): BloggerError {
  const code = nodeErrorCode(error) ?? '';
  if (isDiskError(error) && code !== 'EROFS' && !code.startsWith('SQLITE_READONLY')) {
    return new BloggerError(`The disk is full or fails: ${path} cannot be written`, {
      code: 'DISK_FULL',
      hint: 'Free some space, then run the same command again.',
      cause: error,
    });
  }
  if (
    ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST', 'SQLITE_CANTOPEN'].includes(code) ||
    code.startsWith('SQLITE_READONLY')
  ) {
    return new BloggerError(`The state folder must be writable, but ${path} cannot be opened (${systemReason(code)})`, {
      code: 'OUTPUT_UNWRITABLE',
      hint: isInTheWay(code)
        ? 'Move the file that is in the way, or name another folder with --state.'
        : 'Give the folder write permission or name another one with --state.',
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new BloggerError(`The state file ${path} cannot be used: ${message}`, {
    code: 'STATE_BROKEN',
    hint: 'Run `blogger doctor`; deleting the state folder loses money and time already spent, never posts.',
    cause: error,
  });
}
