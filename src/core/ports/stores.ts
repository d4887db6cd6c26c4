/** Storage of values. */

export interface ReadOptions {
  /** Also return an expired value that is still stored. @default false */
  readonly stale?: boolean;
}

export interface WriteOptions {
  /** Milliseconds until the value expires. @default never */
  readonly ttlMs?: number;
  /** Milliseconds that an expired value stays readable with `stale`. @default 0 */
  readonly staleMs?: number;
}

/** Any JSON value (and `Uint8Array` inside it) under a string key. A value that cannot be read is `undefined`, not an error. */
export interface KeyValueStore {
  get(key: string, options?: ReadOptions): Promise<unknown>;
  set(key: string, value: unknown, options?: WriteOptions): Promise<void>;
  delete(key: string): Promise<boolean>;
  iterate(prefix?: string): AsyncIterable<readonly [key: string, value: unknown]>;
}
