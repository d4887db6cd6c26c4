/** One refusal, with what is known of its server, and what is decided of it. */

import type { ErrorCode } from '../../../core/errors.ts';
import type { WireError } from './read-refusal.ts';
import { plainWords } from './refusal-words.ts';

export interface ProviderErrorContext {
  readonly provider: string;
  readonly model: string;
  /** The variable that holds the key. */
  readonly keyName: string;
  /** False where the vendor says "check your plan and billing" on every 429, as Google does. */
  readonly says429ForCredit: boolean;
  /** Where the calls go, for messages: without user, password and query. */
  readonly address?: string | undefined;
  /** True for a server that is not the vendor's own. */
  readonly isOwnServer?: boolean;
  /** True where the vendor charges for reading a text that it then refuses as flagged. */
  readonly chargesFlagged?: boolean;
  /** True once an answer came: the key, the account and the region are good, so that a later 403 is about its page. */
  hasAnswered?: boolean;
  /** Never shown in a message. */
  readonly secrets: readonly string[];
}

export interface Verdict {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable?: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface Case {
  readonly wire: WireError;
  /** Type, code and message in the form of `plainWords`. */
  readonly words: string;
  readonly context: ProviderErrorContext;
}

/** The vendor's own terms, which mean the same at any status; the message may be about anything. */
export function termsOf({ type, code }: WireError): string {
  return plainWords([type, code]);
}
