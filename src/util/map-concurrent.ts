export interface MapConcurrentOptions {
  /** Calls of `fn` in flight at once. */
  readonly concurrency: number;
}

/**
 * Runs `fn` over `items` with at most `concurrency` calls in flight and yields each result as soon as it is ready, in the order of completion.
 * Pulls the next item only when there is room, so a slow reader slows the source. The first error ends it; calls in flight are left to their signal.
 */
export async function* mapConcurrent<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  fn: (item: T) => Promise<R>,
  { concurrency }: MapConcurrentOptions,
): AsyncGenerator<R, void, undefined> {
  type Done = { readonly kind: 'result'; readonly id: number; readonly value: R };
  type Pulled = { readonly kind: 'pulled'; readonly next: IteratorResult<T> };
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const inFlight = new Map<number, Promise<Done>>();
  let pulling: Promise<Pulled> | undefined;
  let exhausted = false;
  let nextId = 0;
  try {
    for (;;) {
      if (!exhausted && pulling === undefined && inFlight.size < concurrency) {
        pulling = Promise.resolve(iterator.next()).then((next) => ({ kind: 'pulled', next }) as const);
        pulling.catch(() => {}); // it may fail while we yield; the race below reports it
      }
      const waits: Promise<Done | Pulled>[] = [...inFlight.values()];
      if (pulling !== undefined) waits.push(pulling);
      if (waits.length === 0) return;
      const event = await Promise.race(waits);
      if (event.kind === 'result') {
        inFlight.delete(event.id);
        yield event.value;
        continue;
      }
      pulling = undefined;
      if (event.next.done === true) {
        exhausted = true;
        continue;
      }
      const id = nextId;
      nextId += 1;
      const call = fn(event.next.value).then((value) => ({ kind: 'result', id, value }) as const);
      call.catch(() => {}); // reported where it is raced
      inFlight.set(id, call);
    }
  } finally {
    if (!exhausted) await iterator.return?.();
  }
}
