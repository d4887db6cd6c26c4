import type Database from 'libsql';
import { inTransaction } from '../sqlite/in-transaction.ts';
import { createLedgerTables } from './ledger-tables.ts';

/**
 * Calls that a killed process left behind may have been paid for: their worst case counts as spent. Calls in a vendor's batch and jobs of the
 * shared queue go on without their process, and so does the money held for the repairs of their posts. The caller holds the folder's lock.
 */
export function closeLostCalls(db: Database.Database, goesOn: ReadonlySet<string>): void {
  createLedgerTables(db);
  const posts = new Set([...goesOn].map((id) => id.replace(/:.*/s, '')));
  const idsOf = (sql: string) => (db.prepare(sql).all() as readonly { readonly id: string }[]).map(({ id }) => id);
  inTransaction(db, () => {
    const lose = db.prepare("UPDATE ledger_calls SET state = 'unknown' WHERE id = ?");
    for (const id of idsOf("SELECT id FROM ledger_calls WHERE state = 'reserved'")) if (!goesOn.has(id)) lose.run(id);
    const drop = db.prepare('DELETE FROM ledger_holds WHERE holder = ?');
    for (const id of idsOf('SELECT holder AS id FROM ledger_holds')) if (!posts.has(id)) drop.run(id);
  });
}
