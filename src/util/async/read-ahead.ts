/**
 * Yields `items` in their order while reading up to `count` of them ahead of the reader, so that neighbouring stages overlap.
 * A reader that stops also stops the source.
 */
export async function* readAhead<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T, void, undefined> {
  const iterator = items[Symbol.asyncIterator]();
  const queue: T[] = [];
  let failure: { readonly error: unknown } | undefined;
  let finished = false;
  let stopped = false;
  let wakeReader: (() => void) | undefined;
  let wakeSource: (() => void) | undefined;

  const reading = (async () => {
    try {
      while (!stopped) {
        if (queue.length >= count) {
          await new Promise<void>((resolve) => {
            wakeSource = resolve;
          });
          continue;
        }
        const next = await iterator.next();
        if (next.done === true) break;
        queue.push(next.value);
        wakeReader?.();
      }
    } catch (error) {
      failure = { error };
    }
    finished = true;
    wakeReader?.();
  })();

  try {
    for (;;) {
      const item = queue.shift();
      if (item !== undefined) {
        wakeSource?.();
        yield item;
        continue;
      }
      if (finished) break;
      await new Promise<void>((resolve) => {
        wakeReader = resolve;
      });
    }
    if (failure !== undefined) throw failure.error;
  } finally {
    stopped = true;
    wakeSource?.();
    if (!finished) {
      await iterator.return?.(undefined);
      await reading;
    }
  }
}
