import { turn } from './turn.ts';

export interface MapConcurrentOptions {
  /** Calls of `fn` in flight at once. */
  readonly concurrency: number;
}

/**
 * Runs `fn` over `items` with at most `concurrency` calls in flight and yields each result as soon as it is ready, in the order of completion.
 * Each call begins in a turn of the event loop of its own, so that calls with much to compute let timers, sockets and signals in.
 * Pulls the next item only when there is room, so a slow reader slows the source. The first error ends the iteration; calls in flight are ended by their signal.
 */
export async function* mapConcurrent<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  fn: (item: T) => Promise<R>,
  { concurrency }: MapConcurrentOptions,
): AsyncGenerator<R, void, undefined> {
  type Event =
    | { readonly kind: 'result'; readonly value: R }
    | { readonly kind: 'pulled'; readonly next: IteratorResult<T> }
    | { readonly kind: 'error'; readonly error: unknown };
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  // One listener per promise: `Promise.race` at each pull would add a listener to every promise in flight.
  const events: Event[] = [];
  let wake = () => {};
  const push = (event: Event) => {
    events.push(event);
    wake();
  };
  /** The next item, in a turn of its own: its call begins before another item is pulled. */
  const pull = async () => {
    const next = await iterator.next();
    if (next.done !== true) await turn();
    return next;
  };
  const fail = (error: unknown) => push({ kind: 'error', error });
  let held = 0; // calls in flight, and results not yet consumed
  let isPulling = false;
  let exhausted = false;
  try {
    for (;;) {
      if (!exhausted && !isPulling && held < concurrency) {
        isPulling = true;
        void pull().then((next) => push({ kind: 'pulled', next }), fail); // recorded, thrown below
      }
      if (held === 0 && !isPulling) return;
      if (events.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const event = events.shift();
      if (event === undefined) continue;
      if (event.kind === 'error') throw event.error;
      if (event.kind === 'result') {
        held -= 1;
        yield event.value;
        continue;
      }
      isPulling = false;
      if (event.next.done === true) {
        exhausted = true;
        continue;
      }
      held += 1;
      void fn(event.next.value).then((value) => push({ kind: 'result', value }), fail); // recorded, thrown above
    }
  } finally {
    if (!exhausted) await iterator.return?.();
  }
}
