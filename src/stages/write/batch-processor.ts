import type { Clock } from '../../core/ports.ts';
import { systemClock } from '../../util/clock.ts';

/** Requests gathered for one dispatch. */
export interface Batch<I> {
  readonly id: string;
  readonly items: readonly BatchItem<I>[];
  /** Why it was sent: full, interval elapsed, or flushed. */
  readonly reason: 'size' | 'time' | 'flush';
}

export interface BatchItem<I> {
  readonly value: I;
  /** Aborted when no caller waits for the answer. */
  readonly signal: AbortSignal;
}

export interface BatchProcessorOptions<I, O> {
  /** Requests in a batch. @default 10 */
  readonly size?: number;
  /** Milliseconds after which a batch is sent even if it is not full. @default 500 */
  readonly intervalMs?: number;
  /** Maximum concurrent batches. @default 4 */
  readonly concurrency?: number;
  /** Requests of one key in flight share one answer. @default every request is its own */
  readonly keyOf?: (value: I) => string;
  /** Sends a batch: one promise for each of its items, in their order. They may be settled one by one. */
  readonly dispatch: (batch: Batch<I>) => readonly Promise<O>[];
  readonly onBatch?: (event: { readonly type: 'start' | 'end'; readonly batch: Batch<I>; readonly ms: number }) => void;
  readonly clock?: Clock;
}

export interface BatchStats {
  readonly batches: number;
  readonly requests: number;
  /** Requests that got the answer of an equal one in flight. */
  readonly shared: number;
  readonly waiting: number;
  readonly inFlight: number;
}

interface Ticket<I, O> {
  readonly item: BatchItem<I>;
  readonly answer: Promise<O>;
  settle(answer: Promise<O>): void;
  readonly abandon: AbortController;
  waiters: number;
}

/**
 * Collects requests until a count or a time limit is reached, whichever is first, and sends them as batches.
 * @example
 * const lengths = new BatchProcessor<string, number>({ size: 2, dispatch: ({ items }) => items.map(async ({ value }) => value.length) });
 * const [a, b] = await Promise.all([lengths.add('one'), lengths.add('three')]); // one batch, a = 3, b = 5
 */
export class BatchProcessor<I, O> {
  readonly #options: Required<Pick<BatchProcessorOptions<I, O>, 'size' | 'intervalMs' | 'concurrency' | 'clock'>> &
    BatchProcessorOptions<I, O>;
  #waiting: Ticket<I, O>[] = [];
  readonly #shared = new Map<string, Ticket<I, O>>();
  #timer: AbortController | undefined;
  #inFlight = 0;
  #batches = 0;
  #requests = 0;
  #sharedCount = 0;
  #due: Batch<I>['reason'] | undefined;

  constructor(options: BatchProcessorOptions<I, O>) {
    this.#options = { size: 10, intervalMs: 500, concurrency: 4, clock: systemClock, ...options };
  }

  /** Resolves with the answer to `value`; rejects with the signal's reason when it aborts first; a request without waiters is not sent. */
  add(value: I, signal?: AbortSignal): Promise<O> {
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    this.#requests += 1;
    const key = this.#options.keyOf?.(value);
    const known = key === undefined ? undefined : this.#shared.get(key);
    if (known !== undefined) this.#sharedCount += 1;
    const ticket = known ?? this.#open(value, key);
    ticket.waiters += 1;
    return this.#wait(ticket, signal);
  }

  /** Sends pending requests without waiting for a full batch. */
  flush(): void {
    if (this.#waiting.length > 0) this.#leave('flush');
  }

  stats(): BatchStats {
    return {
      batches: this.#batches,
      requests: this.#requests,
      shared: this.#sharedCount,
      waiting: this.#waiting.length,
      inFlight: this.#inFlight,
    };
  }

  #open(value: I, key: string | undefined): Ticket<I, O> {
    const abandon = new AbortController();
    let settle: (answer: Promise<O>) => void = () => {};
    const answer = new Promise<O>((resolve) => {
      settle = resolve;
    });
    const ticket: Ticket<I, O> = { item: { value, signal: abandon.signal }, answer, settle, abandon, waiters: 0 };
    if (key !== undefined) {
      this.#shared.set(key, ticket);
      const forget = () => this.#shared.delete(key);
      answer.then(forget, forget);
    } else answer.catch(() => {}); // the caller of `add` gets the error
    this.#waiting.push(ticket);
    if (this.#waiting.length >= this.#options.size) this.#leave('size');
    else this.#startTimer();
    return ticket;
  }

  #wait(ticket: Ticket<I, O>, signal: AbortSignal | undefined): Promise<O> {
    if (signal === undefined) return ticket.answer;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        ticket.waiters -= 1;
        if (ticket.waiters === 0) this.#abandon(ticket, signal.reason);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const done = () => signal.removeEventListener('abort', onAbort);
      ticket.answer
        .then(resolve, reject)
        .finally(done)
        .catch(() => {}); // both ends are handled by the line's own `then`
    });
  }

  #abandon(ticket: Ticket<I, O>, reason: unknown): void {
    ticket.abandon.abort(reason);
    const index = this.#waiting.indexOf(ticket);
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    ticket.settle(Promise.reject(reason as Error));
  }

  #startTimer(): void {
    if (this.#timer !== undefined) return;
    const timer = new AbortController();
    this.#timer = timer;
    this.#options.clock.sleep(this.#options.intervalMs, timer.signal).then(
      () => this.#leave('time'),
      () => {}, // the batch was sent before its interval elapsed
    );
  }

  /** Sends batches while slots are free; due batches without a slot are sent when one becomes free. */
  #leave(reason: Batch<I>['reason']): void {
    this.#timer?.abort();
    this.#timer = undefined;
    this.#due = reason;
    while (this.#inFlight < this.#options.concurrency && this.#waiting.length > 0 && this.#due !== undefined) {
      const full = this.#waiting.length >= this.#options.size;
      this.#send(this.#waiting.splice(0, this.#options.size), full ? 'size' : this.#due);
      if (this.#waiting.length < this.#options.size) this.#due = undefined;
    }
    if (this.#waiting.length === 0) this.#due = undefined;
    else if (this.#due === undefined) this.#startTimer();
  }

  #send(tickets: readonly Ticket<I, O>[], reason: Batch<I>['reason']): void {
    const { clock, dispatch, onBatch } = this.#options;
    this.#inFlight += 1;
    this.#batches += 1;
    const batch: Batch<I> = { id: `batch-${this.#batches}`, items: tickets.map(({ item }) => item), reason };
    const startedAt = clock.monotonic();
    onBatch?.({ type: 'start', batch, ms: 0 });
    const answers = safely(() => dispatch(batch), tickets.length);
    for (const [index, ticket] of tickets.entries())
      ticket.settle(answers[index] ?? Promise.reject(new Error('dispatch gave too few answers')));
    void Promise.allSettled(answers).then(() => {
      this.#inFlight -= 1;
      onBatch?.({ type: 'end', batch, ms: clock.monotonic() - startedAt });
      if (this.#due !== undefined) this.#leave(this.#due);
    });
  }
}

/** A dispatch that throws fails its own requests only. */
function safely<O>(dispatch: () => readonly Promise<O>[], count: number): readonly Promise<O>[] {
  try {
    return dispatch();
  } catch (error) {
    return Array.from({ length: count }, () => Promise.reject(error as Error));
  }
}
