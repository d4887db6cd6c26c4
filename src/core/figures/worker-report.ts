/** Heartbeat of a worker, sent every few seconds. */
export interface WorkerReport {
  readonly id: string;
  readonly machine: string;
  readonly version: string;
  /** Hash of everything that affects its answers: it writes posts only for runs with the same hash. */
  readonly shape: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly at: number;
  readonly isDraining: boolean;
  /** Since it started. */
  readonly pages: number;
  readonly posts: number;
  readonly failed: number;
  readonly costUsd: number;
  readonly doing: readonly {
    readonly kind: string;
    readonly what: string;
    /** Milliseconds since the epoch. */
    readonly since: number;
  }[];
}
