import type { Clock } from '../../core/ports.ts';

/** An item, or `pause` if none came for a while. */
export type ItemOrPause<T> = { readonly item: T } | 'pause';

/** Yields the items and, once after each of them, `pause` when no other follows within `ms`. */
export async function* withPauses<T>(
  items: AsyncIterable<T>,
  ms: number,
  clock: Clock,
): AsyncGenerator<ItemOrPause<T>, void, undefined> {
  const iterator = items[Symbol.asyncIterator]();
  let exhausted = false;
  let isPaused = true; // nothing has come yet, so there is nothing to pause after
  try {
    for (;;) {
      const next = iterator.next();
      if (!isPaused && (await isSlow(next, ms, clock))) {
        isPaused = true;
        yield 'pause';
      }
      const result = await next;
      if (result.done === true) {
        exhausted = true;
        return;
      }
      isPaused = false;
      yield { item: result.value };
    }
  } finally {
    if (!exhausted) await iterator.return?.();
  }
}

/** True if `next` is still pending after `ms`; the caller handles its failure. */
async function isSlow(next: Promise<unknown>, ms: number, clock: Clock): Promise<boolean> {
  const over = new AbortController();
  const arrived = next.then(
    () => false,
    () => false,
  );
  const waited = clock.sleep(ms, over.signal).then(
    () => true,
    () => false, // the item was faster
  );
  const slow = await Promise.race([arrived, waited]);
  over.abort();
  return slow;
}
