/** What a tier can tell and do besides Keyv's contract. */
export interface SizedStore {
  size(): Promise<StoreSize>;
  /** Removes what is expired or beyond the bound; answers how many entries went. */
  prune(now: number): Promise<number>;
}

export interface StoreSize {
  readonly entries: number;
  readonly bytes: number;
  readonly evictions: number;
  readonly oldestAt?: number;
  readonly newestAt?: number;
}
