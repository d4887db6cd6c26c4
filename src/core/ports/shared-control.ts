/** Ports of state that machines share besides cache and queue: limits, the spending cap, the list of workers. Each call is one atomic step and uses the store's clock. */

/** Token buckets and pauses of a vendor. */
export interface GateStore {
  /** Takes `amount` from a bucket of `perMinute` and returns 0, or returns the milliseconds until that much is available. */
  take(key: string, perMinute: number, amount: number): Promise<number>;
  /** Lowers the level of a bucket to `remaining` if it is higher. */
  lower(key: string, perMinute: number, remaining: number): Promise<void>;
  hold(key: string, ms: number): Promise<void>;
  /** Remaining milliseconds of a `hold`; 0 or less without one. */
  heldMs(key: string): Promise<number>;
}

export interface PlaceRequest {
  /** ID of the request that takes the slot. */
  readonly id: string;
  readonly places: number;
  /** The slot of a dead process is freed after this. */
  readonly leaseMs: number;
}

/** Concurrency slots of hosts. */
export interface PlaceStore {
  /** 0: the slot was acquired, or renewed by its holder. Above 0: milliseconds until a request to the host is allowed. -1: all slots are in use. */
  enter(host: string, request: PlaceRequest): Promise<number>;
  /** Frees the slot; the next request to the host is allowed after `restMs`. */
  leave(host: string, id: string, restMs: number): Promise<void>;
  /** Blocks requests to this host for `ms`. */
  hold(host: string, ms: number): Promise<void>;
}

export interface BudgetRequest {
  readonly runId: string;
  readonly callId: string;
  readonly worstUsd: number;
  readonly capUsd: number;
  /** How long others wait for the part of the reservation that this call may not need. */
  readonly leaseMs: number;
  /** The budget of a run is deleted after this. */
  readonly keepMs: number;
}

/** US dollars reserved and spent by the calls of a run. */
export interface BudgetStore {
  /** `wait`: over the cap, but open calls may cost less than reserved. `takenUsd`: over the cap. */
  reserve(request: BudgetRequest): Promise<'reserved' | 'wait' | { readonly takenUsd: number }>;
  /** Without `costUsd` the worst case counts as spent. */
  settle(runId: string, callId: string, costUsd: number | undefined, keepMs: number): Promise<void>;
}

/** Live workers, each with its last heartbeat. */
export interface RosterStore {
  report(id: string, state: string, keepMs: number): Promise<void>;
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
  /** True if the store answered with a refusal (full, read only, not permitted), so it is reachable. */
  isRefusal(error: unknown): error is Error;
}
