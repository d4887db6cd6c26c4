/** Language models. */

import type { ErrorCode } from '../errors.ts';
import type { Brief, Tier, Usage } from '../types.ts';

/** A JSON Schema (draft 2020-12 subset) that the answer must follow. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Everything a model needs to answer; fixed instructions first, the source last, so that vendors' prefix caches hit. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
  readonly schemaName: string;
  readonly schema: JsonSchema;
  readonly maxOutputTokens: number;
  /** Estimated tokens of system, user and schema together. */
  readonly inputTokens: number;
}

export interface ModelRequest {
  /** Identity of the paid call: same id, same answer. */
  readonly id: string;
  readonly prompt: Prompt;
  readonly tier: Tier;
  /** What the prompt was made from; the built-in writer works from this. */
  readonly brief: Brief;
  /** Keys of the posts that share this prompt, if there are more than that of `brief`. */
  readonly holders?: readonly string[];
}

export type FinishReason = 'stop' | 'length' | 'refusal' | 'safety' | 'recitation' | 'blocked' | 'other';

export interface ModelReply {
  readonly text: string;
  readonly finishReason: FinishReason;
  /** Undefined when the server does not report it. */
  readonly usage: Usage | undefined;
  /** The tier that was served and is billed. */
  readonly tier: Tier;
  /** The model snapshot that answered. */
  readonly model: string;
  /** US dollars, if the vendor reports the price of the call. */
  readonly billedUsd?: number;
  /** True if the answer was cut off at the model's maximum output, so a larger limit cannot help. */
  readonly isLargest?: boolean;
  /** Reason the vendor gives for an answer that is billed but unusable. */
  readonly problem?: string;
  /** The vendor's raw answer (JSON text), stored before it is parsed. */
  readonly raw: string;
}

/** Answers one prompt now. Throws `BloggerError` (`PROVIDER_…`); never retries by itself. */
export interface LanguageModel {
  readonly provider: string;
  readonly model: string;
  answer(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

export type VendorBatchStatus = 'pending' | 'running' | 'completed' | 'failed' | 'expired' | 'cancelled';

export interface VendorBatch {
  /** The vendor's id. */
  readonly id: string;
  /** Our run and shard IDs, as stored in metadata or displayName. */
  readonly shardId: string;
  readonly status: VendorBatchStatus;
  /** The vendor's name of an unfinished state that blogger does not know. */
  readonly word?: string;
  readonly createdAt: number;
  readonly counts: { readonly total: number; readonly done: number; readonly failed: number };
  /** A row of the batch, when the vendor stores no name of ours; `shardId` is then empty. */
  readonly rowId?: string;
  /** Why the batch failed as a whole. */
  readonly error?: BatchFailure;
}

export interface BatchFailure {
  /** `queue-full`: the vendor accepts it later; `billing`: the account has no credit. */
  /** `invalid`: a line is refused, and would be again. */
  readonly kind: 'queue-full' | 'billing' | 'invalid' | 'other';
  readonly message: string;
}

export type BatchRow =
  | { readonly id: string; readonly kind: 'answer'; readonly reply: ModelReply }
  | {
      readonly id: string;
      readonly kind: 'error';
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint?: string | undefined;
      readonly retryable: boolean;
    };

/** The prompt of a row that is waited for. */
export type PromptOf = (rowId: string) => Prompt | undefined;

/** A vendor's overnight batches, half price. */
export interface BatchLanguageModel {
  readonly provider: string;
  readonly model: string;
  submit(shardId: string, requests: readonly ModelRequest[], signal: AbortSignal): Promise<VendorBatch>;
  poll(batchId: string, signal: AbortSignal): Promise<VendorBatch>;
  /** Rows that are ready, in any order; repeatable and free. With the prompts, refused rows teach the limits of the model. */
  collect(batchId: string, signal: AbortSignal, promptOf?: PromptOf): AsyncIterable<BatchRow>;
  cancel(batchId: string, signal: AbortSignal): Promise<VendorBatch>;
  /** Our batches at the vendor, newest first. */
  list(signal: AbortSignal): AsyncIterable<VendorBatch>;
}
