import type { BatchJournal, BatchLanguageModel, Clock, Emit, LanguageModel, Ledger } from '../../../core/ports.ts';
import type { Prices } from '../calls/charged-model.ts';

export interface VendorBatchesOptions {
  readonly model: BatchLanguageModel;
  readonly journal: BatchJournal;
  readonly ledger: Ledger;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly runId: string;
  /** Requests in a batch at most. */
  readonly size: number;
  /** Milliseconds between two looks at a batch. */
  readonly pollMs: number;
  /** False: submit, look once, and leave the rest for a later run (`BATCH_PENDING`). */
  readonly wait: boolean;
  /** Asks at once: for what is late, and for what a run of another tier finds in no batch. */
  readonly live: LanguageModel;
  /** False in a run of another tier: what is in a batch already is awaited, and no batch is made. */
  readonly makesBatches: boolean;
  /** From this time on, what the vendor has not answered is taken back and asked for live: flex first, then standard. */
  readonly escalateAt?: number;
  /** Posts that wait for money until other posts are done. */
  readonly blocked: () => number;
  /** Fires when the run takes no new work: no batch is begun. */
  readonly stopping: AbortSignal;
  /** Fires when the user stops the run: batches stay at the vendor and are collected later. */
  readonly leaving: AbortSignal;
  /** Fires when what is in flight is given up: a batch that is being made. */
  readonly giveUp: AbortSignal;
}
