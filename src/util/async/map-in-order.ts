import { mapConcurrent } from './map-concurrent.ts';

/** Runs `fn` over `items` with at most `concurrency` calls in flight; results are in the order of the items. Rejects with the first error. */
export async function mapInOrder<T, R>(
  items: readonly T[],
  fn: (item: T) => Promise<R>,
  concurrency: number,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const numbered = items.map((item, index) => ({ item, index }));
  const done = mapConcurrent(numbered, async ({ item, index }) => ({ result: await fn(item), index }), { concurrency });
  for await (const { result, index } of done) results[index] = result;
  return results;
}
