/** A pool whose queries wait while the server is unreachable, like commands of a Redis client. */

import type { Pool, PoolClient, QueryResult } from 'pg';
import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { mayPass } from './answers.ts';

export interface PatientPoolOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  /** Throws `STORE_UNREACHABLE` after this. */
  readonly patienceMs: number;
  /** Aborted on close: queries stop waiting. */
  readonly signal: AbortSignal;
}

/** The methods of a pool that BullMQ uses. */
export interface PatientPool {
  /** BullMQ reads this to see whether idle connections are probed. */
  readonly options: { readonly keepAlive: true };
  query(text: string, values?: readonly unknown[]): Promise<QueryResult>;
  connect(): Promise<PoolClient>;
  end(): Promise<void>;
  on: Pool['on'];
  removeAllListeners: Pool['removeAllListeners'];
}

const FIRST_MS = 50;
const MAX_MS = 1000;

/**
 * Repeats a statement whose response was lost. All statements of the queue are idempotent: adding by id adds once, and finishing a job that
 * has ended is refused.
 */
export function createPatientPool({ pool, clock, patienceMs, signal }: PatientPoolOptions): PatientPool {
  async function patiently<T>(ask: () => Promise<T>): Promise<T> {
    const giveUpAt = clock.monotonic() + patienceMs;
    for (let pauseMs = FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_MS)) {
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
  return new BloggerError(`PostgreSQL has not responded for too long: ${reason}`, {
    code: 'STORE_UNREACHABLE',
    hint: 'Run the same command again when it is reachable; finished work is kept.',
    cause,
  });
}
