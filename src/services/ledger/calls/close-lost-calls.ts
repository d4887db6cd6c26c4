import type { Db } from '../../sqlite/db.ts';
import { inTransaction } from '../../sqlite/in-transaction.ts';

/**
 * Calls of a killed process may be billed, so their worst case counts as spent. Calls in a vendor's batch and jobs of the shared queue
 * continue without their process, and the money held for repairs of their posts stays held. The caller holds the folder's lock.
 */
export function closeLostCalls(db: Db, goesOn: ReadonlySet<string>): void {
  const posts = new Set([...goesOn].map((id) => id.replace(/:.*/s, '')));
  const idsOf = (sql: string) => (db.prepare(sql).all() as readonly { readonly id: string }[]).map(({ id }) => id);
  inTransaction(db, () => {
    const lose = db.prepare("UPDATE ledger_calls SET state = 'unknown' WHERE id = ?");
    for (const id of idsOf("SELECT id FROM ledger_calls WHERE state = 'reserved'")) if (!goesOn.has(id)) lose.run(id);
    const drop = db.prepare('DELETE FROM ledger_holds WHERE holder = ?');
    for (const id of idsOf('SELECT holder AS id FROM ledger_holds')) if (!posts.has(id)) drop.run(id);
  });
}
