import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapConcurrent } from '../../../src/util/async/map-concurrent.ts';
import { readAhead } from '../../../src/util/async/read-ahead.ts';
import { settle } from '../../helpers/fakes.ts';

async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('mapConcurrent never has more calls in flight than allowed and loses nothing', async () => {
  let inFlight = 0;
  let most = 0;

  const results = await gather(
    mapConcurrent(
      Array.from({ length: 50 }, (_, index) => index),
      async (item) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await sleep(5);
        inFlight -= 1;
        return item * 2;
      },
      { concurrency: 7 },
    ),
  );

  expect(most).toBe(7);
  expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index * 2));
});

test('mapConcurrent yields in the order of completion', async () => {
  const slow = deferred();
  const results = mapConcurrent(
    [slow.promise, Promise.resolve()],
    (item) => item.then(() => (item === slow.promise ? 'slow' : 'quick')),
    { concurrency: 2 },
  );

  expect((await results.next()).value).toBe('quick');
  slow.resolve();
  expect((await results.next()).value).toBe('slow');
});

test('mapConcurrent pulls no item that it has no room for', async () => {
  let pulled = 0;
  function* source() {
    for (;;) yield pulled++;
  }
  const results = mapConcurrent(source(), async (item) => item, { concurrency: 3 });

  await results.next();
  await settle();

  expect(pulled).toBeLessThanOrEqual(4);
  await results.return();
});

test('mapConcurrent ends with the first error and closes its source', async () => {
  let closed = false;
  function* source() {
    try {
      yield 1;
      yield 2;
    } finally {
      closed = true;
    }
  }

  const failing = gather(
    mapConcurrent(source(), (item) => (item === 1 ? Promise.reject(new Error('boom')) : new Promise(() => {})), {
      concurrency: 1,
    }),
  );

  await expect(failing).rejects.toThrow('boom');
  expect(closed).toBe(true);
});

test('mapConcurrent listens to each call a few times, however many are in flight', async () => {
  const gate = deferred();
  const count = 500;

  const results = await gather(
    mapConcurrent(
      Array.from({ length: count }, (_, index) => index),
      (item) => {
        if (item === count - 1) setImmediate(gate.resolve);
        return CountedPromise.of(gate.promise).then(() => item);
      },
      { concurrency: count },
    ),
  );

  expect(results).toHaveLength(count);
  expect(CountedPromise.listeners).toBeLessThan(5 * count); // a race of all at each pull makes it count * count / 2
});

test('mapConcurrent gives results that came before an error, holds room for those that nobody took, and closes its source when its reader leaves', async () => {
  const started: number[] = [];
  const closed = deferred();
  function* source() {
    try {
      for (let item = 0; ; item += 1) yield item;
    } finally {
      closed.resolve();
    }
  }
  const failing = (item: number) => {
    started.push(item);
    return item === 1 ? Promise.reject(new Error('boom')) : Promise.resolve(item);
  };

  const results = mapConcurrent(source(), failing, { concurrency: 2 });
  expect((await results.next()).value).toBe(0);
  await settle();
  expect(started.length).toBeLessThanOrEqual(2);
  await expect(results.next()).rejects.toThrow('boom');
  await closed.promise;

  const left = mapConcurrent(source(), async (item) => item, { concurrency: 2 });
  await left.next();
  await left.return();
  expect(await left.next()).toEqual({ done: true, value: undefined });
});

/** Counts who listens to it and to what comes of it. */
class CountedPromise<T> extends Promise<T> {
  static listeners = 0;

  static of(promise: Promise<void>): CountedPromise<void> {
    return new CountedPromise((resolve) => void promise.then(resolve));
  }

  // biome-ignore lint/suspicious/noThenProperty: what is counted is who listens
  override then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    CountedPromise.listeners += 1;
    return super.then(onValue, onError);
  }
}

test('readAhead keeps the order and reads no further ahead than told', async () => {
  let read = 0;
  async function* source() {
    for (let item = 0; item < 20; item += 1) {
      read += 1;
      yield item;
    }
  }
  const items = readAhead(source(), 5);

  expect((await items.next()).value).toBe(0);
  await settle(20);
  expect(read).toBeLessThanOrEqual(7);
  expect(await gather(items)).toEqual(Array.from({ length: 19 }, (_, index) => index + 1));
});

test('readAhead passes the error of its source on, after what came before it', async () => {
  async function* source() {
    yield 'good';
    throw new Error('source broke');
  }
  const items = readAhead(source(), 5);

  expect((await items.next()).value).toBe('good');
  await expect(items.next()).rejects.toThrow('source broke');
});

/** Counts the turns of the event loop in which a timer of 0 ms ran while `work` went on. */
async function timersDuring(work: () => Promise<unknown>): Promise<number> {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 0);
  try {
    await work();
    return ticks;
  } finally {
    clearInterval(timer);
  }
}

/** Keeps the thread busy for longer than a timer waits. */
async function compute(): Promise<void> {
  for (const end = performance.now() + 2; performance.now() < end; );
}

test.each([1, 10])('mapConcurrent lets timers run between calls that only compute, %i at once', async (concurrency) => {
  const items = Array.from({ length: 10 }, (_, index) => index);

  expect(await timersDuring(() => gather(mapConcurrent(items, compute, { concurrency })))).toBeGreaterThan(7);
});
