import { expect, test } from 'vitest';
import { mapConcurrent } from '../../../src/util/map-concurrent.ts';
import { readAhead } from '../../../src/util/read-ahead.ts';
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
        await settle();
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
  const results = mapConcurrent([slow.promise, Promise.resolve()], (item) => item.then(() => (item === slow.promise ? 'slow' : 'quick')), { concurrency: 2 });

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

  const failing = gather(mapConcurrent(source(), (item) => (item === 1 ? Promise.reject(new Error('boom')) : new Promise(() => {})), { concurrency: 1 }));

  await expect(failing).rejects.toThrow('boom');
  expect(closed).toBe(true);
});

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
  for (let turn = 0; turn < 20; turn += 1) await settle();
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
