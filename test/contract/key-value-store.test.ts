import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Cache, type CacheOptions } from '../../src/services/cache/cache.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { FakeClock } from '../helpers/fakes.ts';
import { newProject } from '../helpers/run-bin.ts';

async function openCache(kind: 'memory' | 'file', options: Omit<CacheOptions, 'db'> = {}) {
  const project = await newProject();
  const state = kind === 'file' ? openStateFile(project.folder) : undefined;
  return {
    cache: new Cache({ ...options, ...(state === undefined ? {} : { db: state.db }) }),
    db: state?.db,
    async [Symbol.asyncDispose]() {
      state?.[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

const VALUES: readonly [string, unknown][] = [
  ['text', 'hello'],
  ['Korean', '안녕하세요 🎉'],
  ['a number', 42.5],
  ['null', null],
  ['false', false],
  ['an empty text', ''],
  ['a list', [1, 'two', null, { three: 3 }]],
  ['an object', { a: { b: [true] }, value: 1 }],
  ['bytes', new Uint8Array([0, 255, 1])],
  ['bytes inside', { body: new Uint8Array([1, 2, 3]), name: 'x' }],
  ['something large', 'abc '.repeat(100_000)],
  ['what looks like our bytes', { $bytes: 5 }],
];

describe.each(['memory', 'file'] as const)('Cache over %s', (kind) => {
  test.each(VALUES)('keeps %s', async (_name, value) => {
    await using setup = await openCache(kind);
    await setup.cache.set('key', value);

    expect(await setup.cache.get('key')).toEqual(value);
    expect(await setup.cache.has('key')).toBe(true);
  });

  test('what is not there is undefined and a miss', async () => {
    await using setup = await openCache(kind);
    expect(await setup.cache.get('nothing')).toBeUndefined();
    await setup.cache.set('a', 1);
    await setup.cache.get('a');

    expect(await setup.cache.stats()).toMatchObject({ hits: 1, misses: 1, hitRate: 0.5 });
  });

  test('a value ends with its time', async () => {
    await using setup = await openCache(kind);
    await setup.cache.set('short', 1, { ttlMs: 30 });
    await setup.cache.set('long', 2, { ttlMs: 60_000 });
    expect(await setup.cache.get('short')).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(await setup.cache.get('short')).toBeUndefined();
    expect(await setup.cache.get('long')).toBe(2);
  });

  test('delete, clear, getMany, iterate, namespaces', async () => {
    await using setup = await openCache(kind);
    const { cache } = setup;
    const pages = cache.namespace('pages');
    await pages.set('a', 1);
    await pages.set('b', 2);
    await cache.namespace('other').set('a', 3);

    expect(await pages.get('a')).toBe(1);
    expect(await cache.getMany(['pages:b', 'pages:x', 'other:a'])).toEqual([2, undefined, 3]);
    const seen = [];
    for await (const entry of pages.iterate()) seen.push(entry);
    expect(seen.sort()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(await pages.delete('a')).toBe(true);
    expect(await pages.delete('a')).toBe(false);
    await cache.clear();
    expect(await pages.get('b')).toBeUndefined();
  });

  test('callers at the same time wait for one making', async () => {
    await using setup = await openCache(kind);
    let made = 0;
    const make = async () => {
      made += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return made;
    };

    expect(await Promise.all([1, 2, 3].map(() => setup.cache.getOrSet('key', make)))).toEqual([1, 1, 1]);
    expect(await setup.cache.getOrSet('key', make)).toBe(1);
  });

  test('nobody shares an object with the cache', async () => {
    await using setup = await openCache(kind);
    const value = { list: [1] };
    await setup.cache.set('key', value);
    value.list.push(2);
    ((await setup.cache.get('key')) as typeof value).list.push(3);

    expect(await setup.cache.get('key')).toEqual({ list: [1] });
  });
});

test('memory is bounded in bytes, the least used goes first', async () => {
  const cache = new Cache({ memoryBytes: 20_000 });
  const noise = () =>
    Array.from({ length: 500 }, () => Math.random().toString(36))
      .join('')
      .slice(0, 3000);
  for (let index = 0; index < 10; index += 1) {
    await cache.set(`key-${index}`, noise());
    await cache.get('key-0');
  }
  const [memory] = (await cache.stats()).tiers;

  expect(memory?.bytes).toBeLessThanOrEqual(20_000);
  expect(memory?.evictions).toBeGreaterThan(0);
  expect(await cache.get('key-0')).toBeDefined();
});

test('the file is bounded too, and what it finds goes up into memory', async () => {
  await using setup = await openCache('file', { maxBytes: 50_000, memoryBytes: 5000 });
  const noise = (index: number) =>
    Array.from({ length: 400 }, (_, place) => ((index * 7919 + place * 104_729) % 1_000_003).toString(36)).join('-');
  for (let index = 0; index < 100; index += 1) await setup.cache.set(`key-${index}`, noise(index));
  await setup.cache.prune();

  const file = (await setup.cache.stats()).tiers[1];
  expect(file?.bytes).toBeLessThanOrEqual(50_000);
  expect(file?.entries).toBeGreaterThan(5);
  expect(await setup.cache.get('key-99')).toBe(noise(99));
  expect(await setup.cache.get('key-0')).toBeUndefined();
});

test('a value of a foreign or older schema, or a damaged one, is a miss and no crash', async () => {
  await using setup = await openCache('file', { memoryBytes: 2000 });
  for (const bytes of [
    Buffer.from('{"json":1}'),
    Buffer.alloc(0),
    Buffer.from([0xb2, 1, 2, 3]),
    Buffer.from([0xb3, 255, 0, 0, 0, 0x7b]),
    Buffer.from([0xb4, 1, 2]),
  ]) {
    setup.db
      ?.prepare(
        'INSERT OR REPLACE INTO cache_values (key, value, bytes, expires, at, used_at) VALUES (?, ?, 1, NULL, 1, 1)',
      )
      .run('key', bytes);
    expect(await setup.cache.get('key')).toBeUndefined();
  }
});

test('the file on the disk is bounded, and shrinks when less is to be kept', async () => {
  await using setup = await openCache('file', { maxBytes: 4_000_000, memoryBytes: 1 });
  const { db } = setup;
  const pragma = (name: string) =>
    (db?.prepare(`SELECT ${name} AS value FROM pragma_${name}`).get() as { value: number } | undefined)?.value ??
    Number.NaN;
  const size = () => pragma('page_count') * pragma('page_size');
  for (let index = 0; index < 1000; index += 1) await setup.cache.set(`key-${index}`, randomBytes(20_000));
  expect(size()).toBeLessThan(4_000_000 * 1.35); // 20 MB were written

  if (db !== undefined) await new Cache({ db, maxBytes: 1_000_000 }).prune();
  db?.exec('VACUUM');
  expect(size()).toBeLessThan(1_000_000 * 1.35);
});

test('what is read is kept longer than what is not', async () => {
  const clock = new FakeClock();
  await using setup = await openCache('file', { maxBytes: 200_000, memoryBytes: 1, clock });
  for (const key of ['read', 'unread']) await setup.cache.set(key, randomBytes(60_000));
  await clock.advance(2 * 86_400_000);
  await setup.cache.get('read');
  await setup.cache.set('new', randomBytes(90_000));
  await setup.cache.prune();

  expect(
    await setup.cache.getMany(['read', 'unread', 'new']).then((values) => values.map((value) => value !== undefined)),
  ).toEqual([true, false, true]);
});

test('an expired value serves those who ask for it, and whoever cannot make a new one', async () => {
  const clock = new FakeClock();
  const cache = new Cache({ clock });
  const made = { ttlMs: 1000, staleMs: 10_000 };
  await cache.getOrSet('key', async () => 'old', made);
  await clock.advance(1500);
  const down = async () => {
    throw new Error('host is down');
  };
  const heard: unknown[] = [];

  expect(await cache.get('key')).toBeUndefined();
  expect(await cache.get('key', { stale: true })).toBe('old');
  expect(await cache.getOrSet('key', down, { ...made, onStale: (error) => heard.push(error) })).toBe('old');
  expect(heard).toHaveLength(1);
  expect((await cache.stats()).tiers[0]).toMatchObject({ hits: 0, staleHits: 2, misses: 2 });
  expect(await cache.getOrSet('key', async () => 'new', made)).toBe('new');
  await clock.advance(11_001);
  await expect(cache.getOrSet('key', down, made)).rejects.toThrow('host is down');
});

test('a state file of the first layout is a miss and no crash', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  state.db.exec(
    "CREATE TABLE cache_entries (key TEXT PRIMARY KEY, value BLOB, bytes INTEGER, expires INTEGER, at INTEGER); INSERT INTO cache_entries VALUES ('key', x'b3', 1, NULL, 1)",
  );
  const cache = new Cache({ db: state.db });

  expect(await cache.get('key')).toBeUndefined();
  await cache.set('key', 1);
  expect(await new Cache({ db: state.db }).get('key')).toBe(1);
});
