/** The jobs that this process runs: renews their leases, and aborts those that were cancelled or lost. */

import type { Clock } from '../../../core/ports.ts';
import { cancelledError, lostError } from '../job-errors.ts';
import type { JobTable } from './job-table.ts';

export interface LeasesOptions {
  readonly table: JobTable;
  readonly worker: string;
  readonly leaseMs: number;
  readonly clock: Clock;
  /** Aborted when the queue closes; ends the renewals. */
  readonly closed: AbortSignal;
}

/** Longest time until a cancelled job is aborted. */
const MAX_PAUSE_MS = 400;

export class Leases {
  readonly #options: LeasesOptions;
  readonly #held = new Map<string, AbortController>();
  #isRenewing = false;

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  ids(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Starts to renew the lease of a job. The signal is aborted when the job is cancelled or its lease is lost. */
  hold(id: string): AbortSignal {
    const abort = new AbortController();
    this.#held.set(id, abort);
    if (!this.#isRenewing) void this.#renew(); // it ends by itself and never throws
    return abort.signal;
  }

  abort(id: string, reason: unknown): void {
    this.#held.get(id)?.abort(reason);
  }

  drop(id: string): void {
    this.#held.delete(id);
  }

  clear(): void {
    this.#held.clear();
  }

  /** At least three times within a lease. */
  async #renew(): Promise<void> {
    const { table, worker, leaseMs, clock, closed } = this.#options;
    this.#isRenewing = true;
    while (this.#held.size > 0 && !closed.aborted) {
      await clock.sleep(Math.min(leaseMs / 3, MAX_PAUSE_MS), closed).catch(() => {}); // the loop condition ends it
      const ids = this.ids();
      if (ids.length === 0 || closed.aborted) break;
      try {
        table.renew([...ids], worker, clock.now() + leaseMs);
        for (const { id, cancelled } of table.disturbed([...ids], worker))
          this.abort(id, cancelled ? cancelledError() : lostError());
      } catch {
        // The file is busy or missing: the leases expire, and the next round tries again.
      }
    }
    this.#isRenewing = false;
  }
}
