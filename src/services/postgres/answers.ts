/** Classifies PostgreSQL errors by SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */

/** Disk full, out of memory, read-only transaction, not permitted; a missing schema, table or function. */
const REFUSALS = new Set(['53100', '53200', '25006', '42501', '3F000', '42P01', '42883']);
/** Temporary errors: no connection, wrong password, no resources, server starting or stopping, read-only server, conflicts between transactions. */
const PASSING = /^(08|28|53|57P0|25006|40001|40P01)/;

/** The server is reachable but refuses the operation. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && REFUSALS.has(sqlState(error) ?? '');
}

/** A retry of the statement may succeed. An error without SQLSTATE is a connection error. */
export function mayPass(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined || PASSING.test(state);
}

/** The database was not prepared by `blogger db migrate`. */
export function isUnprepared(error: unknown): boolean {
  return ['3F000', '42P01', '42883'].includes(sqlState(error) ?? '');
}

function sqlState(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code) ? code : undefined;
}
