/** What a queue holds at one moment. */
export interface QueueDepth {
  readonly queue: string;
  readonly byState: Readonly<Record<string, number>>;
  /** When the oldest waiting job was added, in milliseconds since the epoch; absent when nothing waits. */
  readonly oldestWaitingAt?: number;
  /** When the oldest failed job failed; absent without one. */
  readonly oldestFailedAt?: number;
  /** Workers that listen; absent where this process does the work, or the server does not list its clients. */
  readonly workers?: number;
}
