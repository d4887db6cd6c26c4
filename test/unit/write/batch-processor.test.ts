import { expect, test } from 'vitest';
import { type Batch, BatchProcessor } from '../../../src/stages/write/batch-processor.ts';
import { FakeClock, settle } from '../../helpers/fakes.ts';

function recording(
  options: { size?: number; intervalMs?: number; concurrency?: number; keyOf?: (value: string) => string } = {},
) {
  const clock = new FakeClock();
  const batches: Batch<string>[] = [];
  const open: { value: string; resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const processor = new BatchProcessor<string, string>({
    size: 3,
    intervalMs: 500,
    concurrency: 2,
    ...options,
    clock,
    dispatch: (batch) => {
      batches.push(batch);
      return batch.items.map(({ value }) => new Promise((resolve, reject) => open.push({ value, resolve, reject })));
    },
  });
  const finish = (value: string) => {
    const index = open.findIndex((one) => one.value === value);
    open.splice(index, 1)[0]?.resolve(`${value}!`);
  };
  const values = () => batches.map(({ items }) => items.map(({ value }) => value));
  return { clock, batches, processor, finish, values, open };
}

test('a full batch leaves at once', async () => {
  const { processor, values, batches, finish } = recording();
  const answers = ['a', 'b', 'c'].map((value) => processor.add(value));

  expect(values()).toEqual([['a', 'b', 'c']]);
  expect(batches[0]?.reason).toBe('size');
  for (const value of ['a', 'b', 'c']) finish(value);
  expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'c!']);
});

test('a batch that is not full leaves when its time is over, not before', async () => {
  const { processor, values, clock, batches } = recording();
  void processor.add('a');
  await clock.advance(499);
  expect(values()).toEqual([]);

  await clock.advance(1);

  expect(values()).toEqual([['a']]);
  expect(batches[0]?.reason).toBe('time');
});

test('each answer comes when it is there, without waiting for its batch', async () => {
  const { processor, finish } = recording();
  const [a] = ['a', 'b', 'c'].map((value) => processor.add(value));
  finish('a');

  expect(await a).toBe('a!');
});

test('no more batches than allowed are in flight; what waits leaves with the next free place', async () => {
  const { processor, values, finish } = recording({ size: 1, concurrency: 2 });
  for (const value of ['a', 'b', 'c', 'd']) void processor.add(value);
  await settle();
  expect(values()).toEqual([['a'], ['b']]);
  expect(processor.stats()).toMatchObject({ waiting: 2, inFlight: 2 });

  finish('a');
  await settle();

  expect(values()).toEqual([['a'], ['b'], ['c']]);
});

test('a batch whose time came while there was no place leaves as soon as there is one', async () => {
  const { processor, values, clock, finish } = recording({ size: 2, concurrency: 1 });
  for (const value of ['a', 'b', 'c']) void processor.add(value);
  await clock.advance(1000);
  expect(values()).toEqual([['a', 'b']]);

  finish('a');
  finish('b');
  await settle();

  expect(values()).toEqual([['a', 'b'], ['c']]);
});

test('equal requests in flight share one answer', async () => {
  const { processor, values, finish } = recording({ size: 2, keyOf: (value) => value });
  const answers = [processor.add('a'), processor.add('a'), processor.add('b')];
  expect(values()).toEqual([['a', 'b']]);
  finish('a');
  finish('b');

  expect(await Promise.all(answers)).toEqual(['a!', 'a!', 'b!']);
  expect(processor.stats()).toMatchObject({ requests: 3, shared: 1, batches: 1 });
});

test('a request that fails fails alone', async () => {
  const { processor, open, finish } = recording();
  const [a, b, c] = ['a', 'b', 'c'].map((value) => processor.add(value));
  open.find(({ value }) => value === 'b')?.reject(new Error('no'));
  finish('a');
  finish('c');

  await expect(b).rejects.toThrow('no');
  expect(await Promise.all([a, c])).toEqual(['a!', 'c!']);
});

test('a dispatch that throws fails its own batch and not the next', async () => {
  let calls = 0;
  const processor = new BatchProcessor<string, string>({
    size: 1,
    dispatch: ({ items }) => {
      calls += 1;
      if (calls === 1) throw new Error('broken');
      return items.map(async ({ value }) => value);
    },
  });

  await expect(processor.add('a')).rejects.toThrow('broken');
  expect(await processor.add('b')).toBe('b');
});

test('a request given up while it waits never leaves; in flight its signal fires once nobody waits', async () => {
  const { processor, values, batches } = recording({ size: 2, keyOf: (value) => value });
  const gone = new AbortController();
  const lost = processor.add('a', gone.signal);
  gone.abort(new Error('enough'));
  await expect(lost).rejects.toThrow('enough');
  expect(processor.stats().waiting).toBe(0);

  const [one, two] = [new AbortController(), new AbortController()];
  const waits = [processor.add('b', one.signal), processor.add('b', two.signal), processor.add('c')];
  for (const wait of waits) wait.catch(() => {});
  expect(values()).toEqual([['b', 'c']]);
  one.abort(new Error('one'));
  expect(batches[0]?.items[0]?.signal.aborted).toBe(false);
  two.abort(new Error('two'));
  expect(batches[0]?.items[0]?.signal.aborted).toBe(true);
});

test('flush sends what waits', () => {
  const { processor, values, batches } = recording();
  void processor.add('a');
  processor.flush();

  expect(values()).toEqual([['a']]);
  expect(batches[0]?.reason).toBe('flush');
});

test('says when each batch starts and ends, and how long it took', async () => {
  const clock = new FakeClock();
  const heard: unknown[] = [];
  let finish: (answer: string) => void = () => {};
  const processor = new BatchProcessor<string, string>({
    size: 1,
    clock,
    dispatch: () => [
      new Promise((resolve) => {
        finish = resolve;
      }),
    ],
    onBatch: ({ type, batch, ms }) => heard.push([type, batch.id, ms]),
  });
  const answer = processor.add('a');
  await clock.advance(70);
  finish('a!');
  await answer;
  await settle();

  expect(heard).toEqual([
    ['start', 'batch-1', 0],
    ['end', 'batch-1', 70],
  ]);
});

test('counts what was asked, shared, sent, and what waits', async () => {
  const { processor, finish, clock } = recording({ size: 2, concurrency: 1, keyOf: (value) => value });
  const answers = ['a', 'a', 'b', 'c'].map((value) => processor.add(value));
  expect(processor.stats()).toEqual({ batches: 1, requests: 4, shared: 1, waiting: 1, inFlight: 1 });

  finish('a');
  finish('b');
  await clock.advance(500);
  finish('c');
  await Promise.all(answers);
  await settle();
  expect(processor.stats()).toEqual({ batches: 2, requests: 4, shared: 1, waiting: 0, inFlight: 0 });
});

test('a request whose signal has fired already is refused and asks nobody', async () => {
  const { processor, values } = recording({ size: 1 });

  await expect(processor.add('a', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  expect(values()).toEqual([]);
  expect(processor.stats().requests).toBe(0);
});

test('an answered key is asked anew, a failed one too', async () => {
  const { processor, finish, open, values } = recording({ size: 1, keyOf: (value) => value });
  const first = processor.add('a');
  finish('a');
  await first;
  const second = processor.add('a');
  open.pop()?.reject(new Error('no'));
  await expect(second).rejects.toThrow('no');
  void processor.add('a');

  expect(values()).toEqual([['a'], ['a'], ['a']]);
});

test('a dispatch with too few answers fails those that it left out', async () => {
  const processor = new BatchProcessor<string, string>({ size: 2, dispatch: () => [Promise.resolve('one')] });
  const [one, two] = [processor.add('a'), processor.add('b')];

  await expect(two).rejects.toThrow('too few answers');
  expect(await one).toBe('one');
});

test('what comes after a full batch left waits its own time', async () => {
  const { processor, values, clock } = recording({ size: 2 });
  void processor.add('a');
  await clock.advance(400);
  void processor.add('b');
  void processor.add('c');
  await clock.advance(499);
  expect(values()).toEqual([['a', 'b']]);

  await clock.advance(1);
  expect(values()).toEqual([['a', 'b'], ['c']]);
});

test('with no wishes: ten in a batch, four batches at once', async () => {
  const batches: number[] = [];
  const processor = new BatchProcessor<number, never>({
    clock: new FakeClock(),
    dispatch: ({ items }) => {
      batches.push(items.length);
      return items.map(() => new Promise(() => {}));
    },
  });
  for (let index = 0; index < 60; index += 1) void processor.add(index);

  expect(batches).toEqual([10, 10, 10, 10]);
  expect(processor.stats()).toMatchObject({ waiting: 20, inFlight: 4 });
});
