import type { RunSummary } from '../../core/events.ts';
import type { Db } from '../sqlite/db.ts';

export interface RunRecord {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Absent during the run, and permanently if it was killed. */
  readonly endedAt?: number;
  readonly command: string;
  readonly provider: string;
  readonly model: string;
  readonly tier: string;
  readonly out: string;
  readonly summary?: RunSummary;
  readonly stoppedBy?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** Outcome of a run; `details` is JSON data defined by the caller. */
export interface RunEnd extends Pick<RunRecord, 'stoppedBy'> {
  readonly at: number;
  readonly summary: RunSummary;
  readonly details: unknown;
}

interface RunRow {
  readonly id: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly head: string;
  readonly summary: string | null;
  readonly stopped_by: string | null;
}

/** History of the runs of a project. */
export interface RunStore {
  start(run: Omit<RunRecord, 'endedAt' | 'summary' | 'stoppedBy'>): void;
  end(id: string, end: RunEnd): void;
  /** The outcome passed to `end`; undefined for a run that has not ended. */
  detailsOf(id: string): unknown;
  get(id: string): RunRecord | undefined;
  /** Newest first. */
  list(options?: { readonly since?: number; readonly limit?: number }): RunRecord[];
  /** Requests the end of a run from another process; false when it has ended or is unknown. */
  requestStop(id: string): boolean;
  isStopRequested(id: string): boolean;
  /** Addresses for `--retry-failed`: those that failed in the newest finished `crawl`; for every other command in the newest `generate` and each `collect` after it. */
  failedIn(command: string): ReadonlySet<string>;
}

export function openRunStore(db: Db): RunStore {
  return {
    start({ id, startedAt, ...head }) {
      db.prepare('DELETE FROM run_stops WHERE id = ?').run(id); // drop a stop request for an earlier run with this id
      db.prepare('INSERT OR REPLACE INTO runs (id, started_at, head) VALUES (?, ?, ?)').run(
        id,
        startedAt,
        JSON.stringify(head),
      );
    },
    end(id, { at, summary, stoppedBy, details }) {
      db.prepare('UPDATE runs SET ended_at = ?, summary = ?, stopped_by = ? WHERE id = ?').run(
        at,
        JSON.stringify(summary),
        stoppedBy === undefined ? null : JSON.stringify(stoppedBy),
        id,
      );
      db.prepare('INSERT OR REPLACE INTO run_details (id, details) VALUES (?, ?)').run(id, JSON.stringify(details));
    },
    detailsOf(id) {
      const row = db.prepare('SELECT details FROM run_details WHERE id = ?').get(id) as
        | { readonly details: string }
        | undefined;
      return row === undefined ? undefined : (JSON.parse(row.details) as unknown);
    },
    get(id) {
      const start = id.replace(/[%_]/g, '');
      if (start === '') return undefined;
      const row = db
        .prepare('SELECT * FROM runs WHERE id = ? OR id LIKE ? ORDER BY started_at DESC LIMIT 1')
        .get(id, `${start}%`) as RunRow | undefined;
      return row === undefined ? undefined : toRecord(row);
    },
    list({ since = 0, limit = 1000 } = {}) {
      const rows = db
        .prepare('SELECT * FROM runs WHERE started_at >= ? ORDER BY started_at DESC LIMIT ?')
        .all(since, limit) as RunRow[];
      return rows.map(toRecord);
    },
    requestStop(id) {
      return (
        db.prepare('INSERT OR IGNORE INTO run_stops (id) SELECT id FROM runs WHERE id = ? AND ended_at IS NULL').run(id)
          .changes > 0
      );
    },
    isStopRequested(id) {
      return db.prepare('SELECT 1 AS there FROM run_stops WHERE id = ?').get(id) !== undefined;
    },
    failedIn(command) {
      const main = command === 'crawl' ? 'crawl' : 'generate';
      const ended = this.list({ limit: 1000 }).filter(({ summary }) => summary !== undefined);
      const upToLast = ended.slice(0, ended.findIndex((run) => run.command === main) + 1);
      const counted = upToLast.filter(
        (run) => run.command === main || (main === 'generate' && run.command === 'collect'),
      );
      return new Set(counted.flatMap(({ summary }) => summary?.failures.map(({ url }) => url) ?? []));
    },
  };
}

/** Rows are written by this store only, so their JSON has the expected shape. */
function toRecord(row: RunRow): RunRecord {
  return {
    id: row.id,
    startedAt: row.started_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(JSON.parse(row.head) as Pick<RunRecord, 'command' | 'provider' | 'model' | 'tier' | 'out'>),
    ...(row.summary === null ? {} : { summary: JSON.parse(row.summary) as RunSummary }),
    ...(row.stopped_by === null ? {} : { stoppedBy: JSON.parse(row.stopped_by) as { code: string; message: string } }),
  };
}
