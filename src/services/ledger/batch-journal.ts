import type { BatchJournal, ShardRecord } from '../../core/ports.ts';
import type { Db } from '../sqlite/db.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';

interface ShardRow {
  readonly id: string;
  readonly batch_id: string | null;
  readonly attempt: number;
  readonly intended_at: number;
}

/** Journal of which requests are in which vendor batch; written before the batch is created. */
export function openBatchJournal(
  db: Db,
  { provider, model }: { readonly provider: string; readonly model: string },
): BatchJournal {
  const toRecord = (row: ShardRow): ShardRecord => ({
    id: row.id,
    batchId: row.batch_id ?? undefined,
    attempt: row.attempt,
    intendedAt: row.intended_at,
    requestIds: (
      db.prepare('SELECT request_id FROM shard_requests WHERE shard_id = ? ORDER BY request_id').all(row.id) as {
        request_id: string;
      }[]
    ).map(({ request_id: id }) => id),
  });
  return {
    open: () =>
      (
        db
          .prepare(
            "SELECT id, batch_id, attempt, intended_at FROM shards WHERE state = 'open' AND provider = ? AND model = ? ORDER BY rowid",
          )
          .all(provider, model) as ShardRow[]
      ).map(toRecord),
    shardOf(requestId) {
      const row = db
        .prepare(
          "SELECT s.id, s.batch_id, s.attempt, s.intended_at FROM shard_requests r JOIN shards s ON s.id = r.shard_id WHERE r.request_id = ? AND s.state = 'open' AND s.provider = ? AND s.model = ?",
        )
        .get(requestId, provider, model) as ShardRow | undefined;
      return row === undefined ? undefined : toRecord(row);
    },
    intend(id, { attempt, requestIds, at }) {
      inTransaction(db, () => {
        db.prepare(
          "INSERT INTO shards (id, provider, model, attempt, intended_at, state) VALUES (?, ?, ?, ?, ?, 'open')",
        ).run(id, provider, model, attempt, at);
        const insert = db.prepare('INSERT OR REPLACE INTO shard_requests (request_id, shard_id) VALUES (?, ?)');
        for (const requestId of requestIds) insert.run(requestId, id);
      });
    },
    submitted(id, batchId) {
      db.prepare('UPDATE shards SET batch_id = ? WHERE id = ?').run(batchId, id);
    },
    close(id) {
      db.prepare("UPDATE shards SET state = 'done' WHERE id = ?").run(id);
    },
  };
}

/** Providers and models with open batches. */
export function ownersOfShards(db: Db): { readonly provider: string; readonly model: string }[] {
  const rows = db.prepare("SELECT DISTINCT provider, model FROM shards WHERE state = 'open'").all() as {
    provider: string;
    model: string;
  }[];
  return rows.map(({ provider, model }) => ({ provider, model })); // the driver adds an extra member to every row
}

/** Requests in open batches, of all providers. */
export function requestsInBatches(db: Db): readonly string[] {
  const rows = db
    .prepare(
      "SELECT r.request_id AS id FROM shard_requests r JOIN shards s ON s.id = r.shard_id WHERE s.state = 'open'",
    )
    .all() as readonly { readonly id: string }[];
  return rows.map(({ id }) => id);
}
