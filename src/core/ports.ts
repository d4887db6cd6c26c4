/** Ports: interfaces that stages use and services implement. At most six methods each. */

import type { RunEvent } from './events.ts';
import type {
  Brief,
  CheckedDraft,
  Draft,
  Entry,
  JobStatus,
  Page,
  Post,
  Priority,
  Statement,
  Tier,
  Usage,
} from './types.ts';

export interface Clock {
  /** Milliseconds since the epoch: for dates, and for what outlives the process. People and time servers set it back and forth. */
  now(): number;
  /** Milliseconds since some moment in the past, never set back: for durations and waits within the process. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  uuid(): string;
}

/** Compatible with Pino. Logs describe the program; events describe the work. */
export interface Logger {
  debug(object: object, message: string): void;
  info(object: object, message: string): void;
  warn(object: object, message: string): void;
  error(object: object, message: string): void;
  child(bindings: object): Logger;
}

/** Receives events synchronously; must not throw or block. */
export type EventSink = (event: RunEvent) => void;

/** `Omit` over each member of a union. */
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event as a stage emits it; the bus adds `at`. */
export type EventBody = DistributiveOmit<RunEvent, 'at'>;
export type Emit = (event: EventBody) => void;

// ── crawl ───────────────────────────────────────────────────────────────────

export interface FetchRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Redirects followed before `TOO_MANY_REDIRECTS`; 0 returns the 3xx itself. */
  readonly maxRedirects: number;
  /** What to do with a body over `maxBytes`: fail with `TOO_LARGE`, or keep its first `maxBytes`. @default 'fail' */
  readonly overflow?: 'fail' | 'cut';
  /** Called after the headers; when it returns false the body is not read and stays empty. Default: read every body below status 400. */
  readonly wantsBody?: (head: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  }) => boolean;
}

export interface FetchResponse {
  readonly url: string;
  /** The address that answered. */
  readonly finalUrl: string;
  readonly status: number;
  /** Lower-case names; repeated headers joined by `, `, the lines of `x-robots-tag` by line breaks. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded (unzipped) bytes, at most `maxBytes`. */
  readonly body: Uint8Array;
  readonly ms: number;
}

/** One HTTP exchange: redirects, decoding, size and time limits, and the guard against private addresses. No retries, no cache; error statuses do not throw. */
export interface Fetcher {
  fetch(request: FetchRequest, signal: AbortSignal): Promise<FetchResponse>;
}

/** Turns an entry into its page, or throws a `BloggerError` that names why not. */
export interface PageReader {
  read(entry: Entry, signal: AbortSignal): Promise<Page>;
}

export interface RenderRequest {
  readonly url: string;
  /** The document as the server sent it, in UTF-8. */
  readonly html: Uint8Array;
  /** Answers each request of the page, within the rules of its host; throws where there is no answer. */
  readonly load: (
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<Pick<FetchResponse, 'status' | 'headers' | 'body'>>;
  /** Limit for the rendered document with everything that it loads. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export interface RenderedPage {
  readonly finalUrl: string;
  readonly html: string;
}

/** Renders a document by running its scripts. Throws `NEEDS_BROWSER` when no browser is available. */
export interface PageRenderer {
  render(request: RenderRequest, signal: AbortSignal): Promise<RenderedPage>;
}

// ── stores ──────────────────────────────────────────────────────────────────

export interface ReadOptions {
  /** Also return an expired value that is still stored. @default false */
  readonly stale?: boolean;
}

export interface WriteOptions {
  /** Milliseconds until the value expires. @default never */
  readonly ttlMs?: number;
  /** Milliseconds that an expired value stays readable with `stale`. @default 0 */
  readonly staleMs?: number;
}

/** Any JSON value (and `Uint8Array` inside it) under a string key. A value that cannot be read is `undefined`, not an error. */
export interface KeyValueStore {
  get(key: string, options?: ReadOptions): Promise<unknown>;
  set(key: string, value: unknown, options?: WriteOptions): Promise<void>;
  delete(key: string): Promise<boolean>;
  iterate(prefix?: string): AsyncIterable<readonly [key: string, value: unknown]>;
}

// ── jobs ────────────────────────────────────────────────────────────────────

export interface JobProgress {
  /** 0 to 100. */
  readonly percent: number;
  readonly message: string;
}

export interface JobFailure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly retryable?: boolean;
}

export interface JobRecord {
  readonly id: string;
  readonly kind: string;
  readonly runId: string;
  readonly status: JobStatus;
  readonly priority: Priority;
  /** JSON. */
  readonly payload: unknown;
  /** JSON, once SUCCESS. */
  readonly result?: unknown;
  readonly error?: JobFailure;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly progress: JobProgress;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly runAt: number;
  readonly leaseUntil?: number;
  readonly worker?: string;
  readonly cancelRequested: boolean;
}

/** A job leased by one worker. */
export interface JobLease {
  readonly job: JobRecord;
  /** Aborted when the job is cancelled, its lease is lost or its worker stops. */
  readonly signal: AbortSignal;
  progress(percent: number, message: string): void;
  succeed(result: unknown): Promise<void>;
  /** FAILED, or PENDING again where the error is retryable and attempts are left. */
  fail(error: unknown): Promise<void>;
  /** Back to PENDING without counting the attempt: the worker stops. */
  release(): Promise<void>;
}

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  readonly runId: string;
  readonly priority: Priority;
  readonly payload: unknown;
  readonly maxAttempts: number;
}

/** Does the work of one job; its result is kept. Throw to fail; a retryable `BloggerError` is tried again. */
export type JobHandler = (lease: Pick<JobLease, 'job' | 'progress' | 'signal'>) => Promise<unknown>;

export interface WorkOptions {
  /** Jobs done at once. @default 1 */
  readonly workers?: number;
  /** When aborted: take no new jobs, finish the running ones. */
  readonly stopping?: AbortSignal;
  /** When aborted: stop at once and release running jobs. */
  readonly signal?: AbortSignal;
  /** End when the queue is empty instead of waiting for new jobs. @default false */
  readonly untilEmpty?: boolean;
}

type Eventual<T> = T | Promise<T>;

/** Durable job queue. Adding the same id twice has one effect; the job of a dead worker goes to another worker. */
export interface WorkQueue extends AsyncDisposable {
  /** Registers the handler for a kind of job. */
  register(kind: string, handler: JobHandler): void;
  /** Adds a job, or finds the one of this id. Throws `QUEUE_FULL`. */
  add(job: NewJob): Promise<JobRecord>;
  /** Does jobs of the registered kinds, most urgent first, then oldest. */
  work(options?: WorkOptions): Promise<void>;
  get(id: string): Eventual<JobRecord | undefined>;
  /** Cancels a waiting job at once, a running one as soon as its worker is notified; false when it is finished or unknown. */
  cancel(id: string): Eventual<boolean>;
  /** Puts a finished job back; false when it is unknown or not finished. */
  retry(id: string): Eventual<boolean>;
}

// ── models ──────────────────────────────────────────────────────────────────

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
  /** Keys of the posts that it is made for, where it is more than the one of `brief`. */
  readonly holders?: readonly string[];
}

export type FinishReason = 'stop' | 'length' | 'refusal' | 'safety' | 'recitation' | 'blocked' | 'other';

export interface ModelReply {
  readonly text: string;
  readonly finishReason: FinishReason;
  /** Undefined when the server does not report it. */
  readonly usage: Usage | undefined;
  /** The tier really served and to be billed. */
  readonly tier: Tier;
  /** The model snapshot that answered. */
  readonly model: string;
  /** US dollars, where the vendor names what it bills for the call. */
  readonly billedUsd?: number;
  /** True for an answer that was cut off at the largest output of its model: more room cannot be had. */
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
  /** Our run and shard, as written into metadata or displayName. */
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
  readonly kind: 'queue-full' | 'billing' | 'other';
  readonly message: string;
}

export type BatchRow =
  | { readonly id: string; readonly kind: 'answer'; readonly reply: ModelReply }
  | {
      readonly id: string;
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly retryable: boolean;
    };

/** A vendor's overnight batches, half price. */
export interface BatchLanguageModel {
  readonly provider: string;
  readonly model: string;
  submit(shardId: string, requests: readonly ModelRequest[], signal: AbortSignal): Promise<VendorBatch>;
  poll(batchId: string, signal: AbortSignal): Promise<VendorBatch>;
  /** Rows that are ready, in any order; repeatable and free. */
  collect(batchId: string, signal: AbortSignal): AsyncIterable<BatchRow>;
  cancel(batchId: string, signal: AbortSignal): Promise<VendorBatch>;
  /** Our batches at the vendor, newest first. */
  list(signal: AbortSignal): AsyncIterable<VendorBatch>;
}

// ── money ───────────────────────────────────────────────────────────────────

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
}

/** Ledger of paid calls: reserve before the call, store the answer, settle by usage. Never exceeds the cap. */
export interface Ledger {
  /** The stored answer of this id, if there is one: it is never paid again. */
  find(id: string): CallRecord | undefined;
  /** Throws `BUDGET_REACHED` when spent + reserved + held for others + this would pass the cap, `PRICE_UNKNOWN` when a cap is set and `worstUsd` is undefined. */
  reserve(reservation: Reservation): void;
  /** Durable before it returns: raw answer, usage and cost. Where the disk takes no more it is kept in memory, and the run ends. */
  settle(id: string, reply: ModelReply, costUsd: number | undefined): void;
  /** The call did not happen or was free (429, 5xx); `unknown` keeps the worst case as spent. */
  release(id: string, outcome: 'free' | 'unknown'): void;
  /** Answers that the disk did not take; tries to write them first. */
  held(): readonly { readonly id: string; readonly reply: ModelReply; readonly costUsd: number | undefined }[];
  /** Calls for a post that are or may be billed. */
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
    /** Of this run. */
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

// ── out ─────────────────────────────────────────────────────────────────────

/** Saves a checked draft atomically. */
export interface Publisher {
  publish(checked: CheckedDraft, signal: AbortSignal): Promise<Post>;
  /** Writes the files that list all posts: index and feed, if the format has them. */
  finish(): Promise<void>;
  /** Status of the post of these sources, looked up before anything is paid for it. */
  look(brief: Pick<Brief, 'key' | 'sourceKey' | 'categories'>): Promise<Standing>;
}

/** `unchanged`: it exists and its sources are the same. `kept`: a person decided about it, so it is not rewritten. `due`: to be written. */
export type Standing =
  | { readonly kind: 'due' }
  | { readonly kind: 'unchanged'; readonly post: Post }
  | { readonly kind: 'kept'; readonly post: Post; readonly because: 'approved' | 'rejected' | 'edited' | 'deleted' };

/** Turns a brief into validated content: BatchProcessor, ledger, model, repair. */
export interface Writer {
  write(brief: Brief, signal: AbortSignal): Promise<Draft>;
  /** Flush: no more briefs will come, so pending requests leave without waiting for a full batch. */
  flush(): void;
  /** The one repair attempt: sends the draft back with its faults. */
  repair(draft: Draft, problems: readonly string[], signal: AbortSignal): Promise<Draft>;
  /** The second look: asks a model about the numbered statements; the draft comes back with its verdicts and what they cost. */
  look(draft: Draft, statements: readonly Statement[], signal: AbortSignal): Promise<Draft>;
  /** The post sends no more requests in this run; releases its budget. `isPending`: its request stays in a vendor batch. */
  end(brief: Brief, options?: { readonly isPending?: boolean }): void;
}
