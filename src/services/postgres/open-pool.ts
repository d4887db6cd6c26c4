/** PostgreSQL pools that report errors to their callers and never crash the process. */

import type { Pool } from 'pg';
import { BloggerError } from '../../core/errors.ts';

export interface OpenPoolOptions {
  /** Timeout for connecting, and for each query, in milliseconds. */
  readonly timeoutMs: number;
  readonly max: number;
  /** Schema search path. @default that of the user */
  readonly searchPath?: string;
  /** Called with errors of idle connections. */
  readonly onError?: (error: unknown) => void;
}

/** Throws `CONFIG_INVALID` when the package `pg` is not installed. Does not connect. */
export async function openPool(
  url: string,
  { timeoutMs, max, searchPath, onError = () => {} }: OpenPoolOptions,
): Promise<Pool> {
  const { default: pg } = await import('pg').catch((cause: unknown) => {
    throw new BloggerError('A postgres:// address needs the package pg, which is not installed', {
      code: 'CONFIG_INVALID',
      hint: 'npm install pg, or use Redis.',
      cause,
    });
  });
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    idleTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(searchPath === undefined ? {} : { options: `-c search_path=${searchPath}` }),
  });
  pool.on('error', onError);
  // A connection that breaks during use emits an error, which would crash the process without a listener; the query in flight fails anyway.
  pool.on('connect', (client) => void client.on('error', onError));
  return pool;
}
