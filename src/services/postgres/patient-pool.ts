/** A pool whose queries wait while the server is away, as commands of a Redis client do. */

import type { Pool, PoolClient, QueryResult } from 'pg';
import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { mayPass } from './answers.ts';

export interface PatientPoolOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  /** After this, `STORE_UNREACHABLE`. */
  readonly patienceMs: number;
  /** Fires at the end: nothing waits any longer. */
  readonly signal: AbortSignal;
}

/** The part of a pool that BullMQ uses. */
export interface PatientPool {
  /** BullMQ looks up whether idle connections are probed. */
  readonly options: { readonly keepAlive: true };
  query(text: string, values?: readonly unknown[]): Promise<QueryResult>;
  connect(): Promise<PoolClient>;
  end(): Promise<void>;
  on: Pool['on'];
  removeAllListeners: Pool['removeAllListeners'];
}

const FIRST_MS = 50;
const MOST_MS = 1000;

/**
 * Repeats a statement whose answer did not come. Every statement of the queue may be repeated: adding by id adds once, and ending a job that
 * has ended is refused.
 */
export function createPatientPool({ pool, clock, patienceMs, signal }: PatientPoolOptions): PatientPool {
  async function patiently<T>(ask: () => Promise<T>): Promise<T> {
    const giveUpAt = clock.monotonic() + patienceMs;
    for (let pauseMs = FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, MOST_MS)) {
      try {
        return await ask();
      } catch (error) {
        if (signal.aborted || !mayPass(error)) throw error;
        if (clock.monotonic() > giveUpAt) throw unreachable(error);
        await clock.sleep(pauseMs, signal).catch(() => {
          throw error;
        });
      }
    }
  }
  return {
    options: { keepAlive: true },
    query: (text, values) => patiently(() => pool.query(text, values === undefined ? undefined : [...values])),
    connect: () => patiently(() => pool.connect()),
    end: () => pool.end(),
    on: pool.on.bind(pool),
    removeAllListeners: pool.removeAllListeners.bind(pool),
  };
}

function unreachable(cause: unknown): BloggerError {
  const reason = cause instanceof Error && cause.message !== '' ? cause.message : 'no connection';
  return new BloggerError(`PostgreSQL has not answered for too long: ${reason}`, {
    code: 'STORE_UNREACHABLE',
    hint: 'Run the same command again when it is back; what was done is kept.',
    cause,
  });
}
