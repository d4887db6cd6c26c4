/** Ports of what machines share apart from the cache and the queue: limits, the money cap, the list of workers. Each call is one atomic step on the store's own clock. */

/** Token buckets and pauses of a vendor. */
export interface GateStore {
  /** Takes `amount` from a bucket of `perMinute` and returns 0, or returns the milliseconds until it may have that much. */
  take(key: string, perMinute: number, amount: number): Promise<number>;
  /** Lowers the level of a bucket to `remaining` if it is higher. */
  lower(key: string, perMinute: number, remaining: number): Promise<void>;
  hold(key: string, ms: number): Promise<void>;
  /** Milliseconds left of a `hold`; 0 or less without one. */
  heldMs(key: string): Promise<number>;
}

export interface PlaceRequest {
  /** Identity of the request that takes the place. */
  readonly id: string;
  readonly places: number;
  /** The place of a dead process is free after this. */
  readonly leaseMs: number;
}

/** Places for requests at a host. */
export interface PlaceStore {
  /** 0: the place is taken. Above 0: milliseconds until the host may be asked. -1: all places are in use. */
  enter(host: string, request: PlaceRequest): Promise<number>;
  /** Frees the place; the host rests for `restMs` from now. */
  leave(host: string, id: string, restMs: number): Promise<void>;
  /** The host must not be asked for `ms`. */
  hold(host: string, ms: number): Promise<void>;
}

export interface BudgetRequest {
  readonly runId: string;
  readonly callId: string;
  readonly worstUsd: number;
  readonly capUsd: number;
  /** Others wait this long for what the call may give back. */
  readonly leaseMs: number;
  /** The budget of a run is forgotten after this. */
  readonly keepMs: number;
}

/** Money reserved and spent by the calls of a run. */
export interface BudgetStore {
  /** `wait`: over the cap, but an open call may give some back. `takenUsd`: over the cap. */
  reserve(request: BudgetRequest): Promise<'reserved' | 'wait' | { readonly takenUsd: number }>;
  /** Without `costUsd` the worst case counts as spent. */
  settle(runId: string, callId: string, costUsd: number | undefined, keepMs: number): Promise<void>;
}

/** The workers that are there, each with what it last told about itself. */
export interface RosterStore {
  tell(id: string, state: string, keepMs: number): Promise<void>;
  all(): Promise<readonly string[]>;
  leave(id: string): Promise<void>;
}

export interface SharedControl {
  /** Name of the store in messages. */
  readonly store: string;
  readonly gate: GateStore;
  readonly places: PlaceStore;
  readonly budget: BudgetStore;
  readonly roster: RosterStore;
  /** True for an answer of the store that refuses (full, read only, not permitted): the store is there. */
  isRefusal(error: unknown): error is Error;
}
