import type { ModelReply } from '../../../core/ports.ts';
import type { Db } from '../../sqlite/db.ts';

const AT_ONCE = 100;

/** Stored answers of calls that were settled since then, the oldest first, a few at a time. */
export function* answersSince(
  db: Db,
  since: number,
): Generator<{ readonly id: string; readonly reply: ModelReply }, void, undefined> {
  const next = db.prepare(
    `SELECT rowid AS row, id, reply FROM ledger_calls WHERE rowid > ? AND state = 'settled' AND reply IS NOT NULL AND at >= ? ORDER BY rowid LIMIT ${AT_ONCE}`,
  );
  for (let row = 0; ; ) {
    const found = next.all(row, since) as readonly {
      readonly row: number;
      readonly id: string;
      readonly reply: string;
    }[];
    for (const { id, reply } of found) yield { id, reply: JSON.parse(reply) as ModelReply }; // written by the ledger only
    const last = found.at(-1);
    if (last === undefined) return;
    row = last.row;
  }
}
