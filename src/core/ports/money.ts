/** The ledger of paid calls, and the journal of vendor batches. */

import type { Tier, Usage } from '../types.ts';
import type { ModelReply } from './models.ts';

export interface CallRecord {
  readonly id: string;
  readonly runId: string;
  readonly provider: string;
  readonly model: string;
  readonly tier: Tier;
  readonly state: 'reserved' | 'answered' | 'settled' | 'released' | 'unknown';
  /** Worst case, set when reserving; undefined = unknown price. */
  readonly reservedUsd: number | undefined;
  readonly costUsd: number | undefined;
  readonly usage: Usage | undefined;
  readonly reply?: ModelReply;
  readonly at: number;
}

export interface Reservation {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly tier: Tier;
  readonly worstUsd: number | undefined;
  /** Posts whose held budget this call may use. */
  readonly holders?: readonly string[];
}

/** A call that is or may be billed, without its answer; sent by a worker to the run that requested it. */
export interface PaidCall extends Pick<CallRecord, 'id' | 'provider' | 'model' | 'tier' | 'at'> {
  readonly state: 'settled' | 'unknown';
  /** Undefined = unknown: `worstUsd` counts. */
  readonly costUsd?: number;
  readonly worstUsd?: number;
  readonly usage?: Usage;
  /** Kept where the call is recorded, so that it is not paid again when the machine that made it, or the shared store, is gone. */
  readonly reply?: ModelReply;
}

/** Ledger of paid calls: reserve before the call, store the answer, settle by usage. Never exceeds the cap. */
export interface Ledger {
  /** The stored answer with this id, if any; such a call is not paid again. */
  find(id: string): CallRecord | undefined;
  /** Throws `BUDGET_REACHED` when spent + reserved + held for others + this would exceed the cap, `PRICE_UNKNOWN` when a cap is set and `worstUsd` is undefined. */
  reserve(reservation: Reservation): void;
  /** Stores raw answer, usage and cost durably before it returns. If the disk is full, the answer is kept in memory and the run ends. */
  settle(id: string, reply: ModelReply, costUsd: number | undefined): void;
  /** The call did not happen or was free (429, 5xx); `unknown` keeps the worst case as spent. */
  release(id: string, outcome: 'free' | 'unknown'): void;
  /** Answers that could not be written to disk; tries to write them first. */
  held(): readonly { readonly id: string; readonly reply: ModelReply; readonly costUsd: number | undefined }[];
  /** Calls for a post that are billed, or may be. */
  callsOf(post: string): readonly PaidCall[];
  /** Records calls that another machine made for this run, each once by id; returns the new ones. */
  record(calls: readonly PaidCall[]): readonly PaidCall[];
  /** The call continues without this process, as in a vendor batch; no caller waits for its reservation to be released. */
  leave(id: string): void;
  /** Holds budget for later calls of a post; replaces the earlier hold. Throws as `reserve` does. */
  hold(holder: string, usd: number | undefined): void;
  /** US dollars held for a post. */
  heldFor(holder: string): number;
  /** Releases the hold: the post needs no more calls. */
  dropHold(holder: string): void;
  /** Resolves with the next change of what is spent, reserved or held. */
  changed(signal: AbortSignal): Promise<void>;
  spent(): {
    /** Spent by this run. */
    readonly spentUsd: number;
    readonly reservedUsd: number;
    readonly unknownCalls: number;
    /** Spent and reserved by all runs that share the cap. */
    readonly workUsd: number;
    readonly heldUsd: number;
    /** Unsettled calls of this process. */
    readonly inFlight: number;
    /** Posts with held budget. */
    readonly holders: number;
    readonly capUsd: number | undefined;
  };
}

/** A vendor batch, recorded before it is created and updated afterwards. */
export interface ShardRecord {
  readonly id: string;
  /** The vendor's id; undefined until the batch is known to exist. */
  readonly batchId: string | undefined;
  /** 1-based: how often these requests were sent. */
  readonly attempt: number;
  readonly requestIds: readonly string[];
  /** When its creation started, in milliseconds since the epoch. */
  readonly intendedAt: number;
}

/** Journal of vendor batches. Written before a batch is created, so that a restart adopts it and never submits it twice. */
export interface BatchJournal {
  /** Shards with missing answers. */
  open(): readonly ShardRecord[];
  /** The open shard that holds this request. */
  shardOf(requestId: string): ShardRecord | undefined;
  intend(
    id: string,
    shard: { readonly attempt: number; readonly requestIds: readonly string[]; readonly at: number },
  ): void;
  submitted(id: string, batchId: string): void;
  close(id: string): void;
}
