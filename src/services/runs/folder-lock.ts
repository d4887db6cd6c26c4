import { hostname } from 'node:os';
import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { isProcessGone, PROCESS_SPACE } from '../../util/is-process-gone.ts';
import type { Db } from '../sqlite/db.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';

export interface FolderLock extends Disposable {
  /** Rejects when another run took over the folder because this process missed its heartbeats: suspended, or asleep with its machine. */
  readonly lost: Promise<BloggerError>;
}

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly run_id: string;
  /** The holder's last heartbeat. */
  readonly at: number;
}

const BEAT_MS = 15_000;
/** A holder without a heartbeat for this long is dead, even if its process ID is in use again. Allows for clock differences between machines. */
const SILENT_MS = 5 * 60_000;
/** Shorter limit for a holder on this machine: a few missed heartbeats suffice. */
const NEAR_SILENT_MS = 3 * BEAT_MS;

/** Runs of this process: in a container every start may have the same host name and process ID as the killed one before. */
const own = new Set<string>();

/** Locks the project's folder for one run; throws `STATE_LOCKED` with the holder. Takes over the lock of a dead holder. */
export function lockFolder(db: Db, runId: string, clock: Clock): FolderLock {
  inTransaction(db, () => {
    const holder = readHolder(db);
    if (holder !== undefined && isAlive(holder, clock.now())) throw lockedBy(holder);
    db.prepare('INSERT OR REPLACE INTO folder_lock (id, host, pid, run_id, at) VALUES (1, ?, ?, ?, ?)').run(
      PROCESS_SPACE,
      process.pid,
      runId,
      clock.now(),
    );
  });
  own.add(runId);
  const over = new AbortController();
  return {
    lost: beatUntilLost(db, runId, clock, over.signal),
    [Symbol.dispose]() {
      over.abort();
      own.delete(runId);
      try {
        db.prepare('DELETE FROM folder_lock WHERE run_id = ?').run(runId);
      } catch {
        // The disk is full: the next run sees that this process is dead and takes over the lock.
      }
    },
  };
}

/** Describes the lock holder; undefined when the folder is not locked. */
export function holderOf(db: Db): string | undefined {
  const there = db.prepare("SELECT 1 AS there FROM sqlite_master WHERE name = 'folder_lock'").get();
  const holder = there === undefined ? undefined : readHolder(db);
  return holder === undefined ? undefined : lockedBy(holder).message;
}

function readHolder(db: Db): Holder | undefined {
  return db.prepare('SELECT host, pid, run_id, at FROM folder_lock').get() as Holder | undefined;
}

function isAlive({ host, pid, run_id: runId, at }: Holder, now: number): boolean {
  if (host === PROCESS_SPACE && pid === process.pid) return own.has(runId);
  if (host === PROCESS_SPACE && isProcessGone(pid)) return false;
  // The clock was set back while it held the folder: its process exists, and its next heartbeat has the right time.
  if (host === PROCESS_SPACE && at > now) return true;
  // A heartbeat from the future is as unreliable as an old one: a clock was wrong when it was written.
  return Math.abs(now - at) < (host !== PROCESS_SPACE && nameOf(host) === hostname() ? NEAR_SILENT_MS : SILENT_MS);
}

function nameOf(host: string): string {
  return host.split('#', 1)[0] ?? host;
}

/** Stays pending while the lock is held. */
async function beatUntilLost(db: Db, runId: string, clock: Clock, over: AbortSignal): Promise<BloggerError> {
  for (;;) {
    await clock.sleep(BEAT_MS, over).catch(() => {}); // the next line checks for the end
    if (over.aborted) return new Promise(() => {});
    try {
      const { changes } = db.prepare('UPDATE folder_lock SET at = ? WHERE run_id = ?').run(clock.now(), runId);
      if (changes === 0) return lostError(readHolder(db));
    } catch {
      // The disk is full or the file is busy: the next heartbeat retries.
    }
  }
}

function lockedBy(holder: Holder): BloggerError {
  return new BloggerError(`This project is held by ${describe(holder)}`, {
    code: 'STATE_LOCKED',
    hint: 'Wait until it ends, or use another folder with --state. The lock of a dead run expires after five minutes at most.',
  });
}

function lostError(holder: Holder | undefined): BloggerError {
  const other = holder === undefined ? 'another run, which has ended' : describe(holder);
  return new BloggerError(`While this process was suspended, its project was taken over by ${other}`, {
    code: 'STATE_LOCKED',
    hint: 'Run the same command again when no other run is active; saved posts and paid answers are kept.',
  });
}

function describe({ host, pid, run_id: runId, at }: Holder): string {
  return `run ${runId} (process ${pid} on ${nameOf(host)}, last heartbeat at ${new Date(at).toISOString()})`;
}
