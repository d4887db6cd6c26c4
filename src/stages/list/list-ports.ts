/** What reading lists needs from outside. */

import type { StoredItem, Validators } from '../../core/ports.ts';
import type { ListPosition } from '../../core/types.ts';

/** The text of a list, wherever it lies. */
export interface ListDocument {
  /** As problems name it. */
  readonly name: string;
  readonly text: string;
  /** The address that answered. */
  readonly address?: string;
  /** Folder that its paths start from; absent: it may name no local page. */
  readonly folder?: string;
  /** `Link` header of the answer. */
  readonly linkHeader?: string;
  /** What is wrong with its bytes; `text` is what could be read. */
  readonly damage?: string;
}

export type FetchedList = AnswerFacts &
  (
    | { readonly kind: 'unchanged' }
    | { readonly kind: 'document'; readonly document: ListDocument; readonly validators: Validators }
  );

/** What an answer says about the list beside its text. */
export interface AnswerFacts {
  /** Where permanent redirects lead. */
  readonly movedTo?: string;
  /** How long the answer is fresh by its own account. */
  readonly freshMs?: number;
}

export interface ListReader {
  /** The list in a file, or on standard input for `-`; a name that can only be a page gives `undefined`. Throws `LIST_MISSING`. */
  open(name: string, signal: AbortSignal): Promise<ListDocument | undefined>;
  /** Throws what fetching throws; any status but 200 and 304 is an error. */
  fetch(url: string, validators: Validators, signal: AbortSignal): Promise<FetchedList>;
}

export interface SourceState {
  /** False where no item was found in it yet: it could not be read, or was empty. */
  readonly wasRead: boolean;
  readonly validators: Validators;
  /** Milliseconds since the epoch before which the source asks not to be read again. */
  readonly dueAt: number;
  /** Items that were taken and are not finished. */
  readonly pending: readonly StoredItem[];
  /** Where the last look found it to have moved. */
  readonly movedTo?: string | undefined;
  /** Why the last look failed. */
  readonly lastError?: string | undefined;
}

/** What earlier runs know about watched sources. */
export interface SourceMemory {
  find(url: string): SourceState | undefined;
  knows(source: string, keys: readonly string[]): boolean;
}

/** A list that could not be read while others could. */
export interface ListFailure {
  readonly url: string;
  readonly code: string;
  readonly message: string;
  readonly position: ListPosition;
}
