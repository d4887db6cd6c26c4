/** Time, randomness, logs and events. */

import type { RunEvent } from '../events.ts';

export interface Clock {
  /** Milliseconds since the epoch: for dates, and for values that outlive the process. Users and time servers may set it back. */
  now(): number;
  /** Milliseconds since an arbitrary moment, never set back: for durations and waits within the process. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason if it aborts first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  uuid(): string;
}

/** Compatible with Pino. Logs describe the program; events describe the work. */
export interface Logger {
  debug(object: object, message: string): void;
  info(object: object, message: string): void;
  warn(object: object, message: string): void;
  error(object: object, message: string): void;
  child(bindings: object): Logger;
}

/** Receives events synchronously; must not throw or block. */
export type EventSink = (event: RunEvent) => void;

/** `Omit` over each member of a union. */
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event as a stage emits it; the bus adds `at`. */
export type EventBody = DistributiveOmit<RunEvent, 'at'>;
export type Emit = (event: EventBody) => void;
