/** The part of a SQLite connection that the services use. Only `open-state-file.ts` imports the driver. */

export interface Db {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  readonly inTransaction: boolean;
}

export interface Statement {
  run(...parameters: unknown[]): { readonly changes: number };
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  iterate(...parameters: unknown[]): IterableIterator<unknown>;
}
