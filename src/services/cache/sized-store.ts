/** What a store offers beyond Keyv's contract. */
export interface SizedStore {
  size(): Promise<StoreSize>;
  /** Removes entries that are expired or over the limit; returns their number. */
  prune(now: number): Promise<number>;
}

export interface StoreSize {
  readonly entries: number;
  readonly bytes: number;
  readonly evictions: number;
  readonly oldestAt?: number;
  readonly newestAt?: number;
}
