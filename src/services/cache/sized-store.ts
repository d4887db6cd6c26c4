/** What a tier can tell and do besides Keyv's contract. */
export interface SizedStore {
  size(): Promise<{ readonly entries: number; readonly bytes: number; readonly evictions: number }>;
  /** Removes what is expired or beyond the bound; answers how many entries went. */
  prune(now: number): Promise<number>;
}
