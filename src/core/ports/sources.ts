/** Types shared by the reader of watched sources and their table. */

import type { Entry, ItemFacts } from '../types.ts';

/** Validators of a conditional request. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** An item, stored until its post is written. */
export interface StoredItem {
  readonly keys: readonly string[];
  readonly entry: Entry;
  readonly facts: ItemFacts;
}

export type LookOutcome =
  | {
      readonly kind: 'read';
      readonly validators: Validators;
      /** Shortest time between two looks that the source asks for. */
      readonly intervalMs?: number;
      /** How long its server says that the answer holds. */
      readonly freshMs?: number;
      readonly taken: readonly StoredItem[];
      /** Keys of items that are never taken. */
      readonly passed: readonly string[];
      /** No item was there: the first look that finds some is still to come. */
      readonly isEmpty?: boolean;
    }
  | { readonly kind: 'unchanged'; readonly freshMs?: number }
  | { readonly kind: 'not due' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly retryAfterMs?: number };

/** One read of a source. */
export interface SourceLook {
  readonly url: string;
  readonly kind: string;
  readonly title?: string;
  /** Where the address has moved permanently. */
  readonly movedTo?: string;
  readonly outcome: LookOutcome;
}
