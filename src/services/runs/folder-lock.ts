import { hostname } from 'node:os';
import type Database from 'libsql';
import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { isProcessGone } from '../../util/is-process-gone.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly run_id: string;
  readonly at: number;
}

/** How long a holder on another machine that shares the folder is believed to be alive without a sign. */
const FOREIGN_HOLD_MS = 12 * 3_600_000;

/** Takes the project's folder for one run; throws `STATE_LOCKED` naming who has it. A dead holder's lock is taken over. */
export function lockFolder(db: Database.Database, runId: string, clock: Clock): Disposable {
  db.exec(
    'CREATE TABLE IF NOT EXISTS folder_lock (id INTEGER PRIMARY KEY CHECK (id = 1), host TEXT NOT NULL, pid INTEGER NOT NULL, run_id TEXT NOT NULL, at INTEGER NOT NULL)',
  );
  inTransaction(db, () => {
    const holder = db.prepare('SELECT host, pid, run_id, at FROM folder_lock').get() as Holder | undefined;
    if (holder !== undefined && isAlive(holder, clock.now())) throw lockedBy(holder);
    db.prepare('INSERT OR REPLACE INTO folder_lock (id, host, pid, run_id, at) VALUES (1, ?, ?, ?, ?)').run(hostname(), process.pid, runId, clock.now());
  });
  return {
    [Symbol.dispose]() {
      try {
        db.prepare('DELETE FROM folder_lock WHERE run_id = ?').run(runId);
      } catch {
        // The disk is full: the next run sees that this process is gone and takes the lock over.
      }
    },
  };
}

/** Who holds the project, in words; undefined while nobody does. */
export function holderOf(db: Database.Database): string | undefined {
  const there = db.prepare("SELECT 1 AS there FROM sqlite_master WHERE name = 'folder_lock'").get();
  const holder = there === undefined ? undefined : (db.prepare('SELECT host, pid, run_id, at FROM folder_lock').get() as Holder | undefined);
  return holder === undefined ? undefined : lockedBy(holder).message;
}

function isAlive({ host, pid, at }: Holder, now: number): boolean {
  if (host !== hostname()) return now - at < FOREIGN_HOLD_MS;
  return pid === process.pid || !isProcessGone(pid);
}

function lockedBy({ host, pid, run_id: runId, at }: Holder): BloggerError {
  return new BloggerError(`This project is held by run ${runId} (process ${pid} on ${host}, since ${new Date(at).toISOString()})`, {
    code: 'STATE_LOCKED',
    hint: 'Wait until it ends, or give this run another folder with --state.',
  });
}
