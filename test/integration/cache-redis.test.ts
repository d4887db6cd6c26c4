import { keyvApiTests, keyvIteratorTests, keyvNamespaceTest, keyvValueTests } from '@keyv/test-suite';
import { Keyv } from 'keyv';
import * as vitest from 'vitest';
import { describe, expect, inject, test } from 'vitest';
import { Cache } from '../../src/services/cache/cache.ts';
import { MemoryStore } from '../../src/services/cache/memory-store.ts';
import { openSharedStore } from '../../src/services/cache/open-shared-store.ts';
import { RedisStore } from '../../src/services/cache/redis-store.ts';
import { SqliteStore } from '../../src/services/cache/sqlite-store.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { openRedisServer, type RedisServer } from '../helpers/redis-server.ts';
import { newProject } from '../helpers/run-bin.ts';

const binary = inject('redisServer');

/** A machine: its own memory and file, the shared Redis. */
async function openMachine(url: string) {
  const project = await newProject();
  const state = openStateFile(project.folder);
  const shared = await openSharedStore(url, { timeoutMs: 250, prefix: 'blogger:' });
  const states: string[] = [];
  const cache = new Cache({
    db: state.db,
    shared: shared.store,
    onState: (next) => states.push(next.of === 'all' ? next.state : `writes ${next.state}`),
  });
  return {
    cache,
    states,
    redisTier: async () => (await cache.stats()).tiers.find(({ tier }) => tier === 'redis'),
    async [Symbol.asyncDispose]() {
      await shared[Symbol.asyncDispose]();
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(binary === '')('with a real redis-server', () => {
  test('what one machine writes another reads, after a restart too', async () => {
    await using server = await openRedisServer(binary);
    await using one = await openMachine(server.url);
    await using two = await openMachine(server.url);
    await one.cache.set('page', { body: new Uint8Array([1, 2]), text: '안녕' }, { ttlMs: 60_000 });

    expect(await two.cache.get('page')).toEqual({ body: new Uint8Array([1, 2]), text: '안녕' });
    await using cold = await openMachine(server.url);
    expect(await cold.cache.get('page')).toMatchObject({ text: '안녕' });
    expect(await cold.redisTier()).toMatchObject({ hits: 1, state: 'closed' });
    expect(await server.connect().pttl('blogger:page')).toBeGreaterThan(50_000);
  });

  const faults: [
    string,
    (server: RedisServer) => Promise<void> | void,
    (server: RedisServer) => Promise<void> | void,
  ][] = [
    ['stopped', (server) => server.stop(), (server) => server.start()],
    ['frozen', (server) => server.freeze(), (server) => server.thaw()],
  ];

  test.each(faults)(
    '%s: the file is used at once, nothing is lost, and entries written in that time are pushed later',
    async (_name, hurt, heal) => {
      await using server = await openRedisServer(binary);
      await using machine = await openMachine(server.url);
      const { cache, states } = machine;
      await cache.set('before', 1);
      await hurt(server);

      const startedAt = performance.now();
      for (let index = 0; index < 50; index += 1) await cache.set(`during-${index}`, index);
      for (let index = 0; index < 50; index += 1) expect(await cache.get(`during-${index}`)).toBe(index);
      // Three silent answers of 250 ms open the breaker; a hundred of them would be 25 s.
      expect(performance.now() - startedAt).toBeLessThan(10_000);
      expect(states).toEqual(['open']);

      await heal(server);
      await expect
        .poll(
          async () => {
            await cache.set('knock', 1);
            return states.at(-1);
          },
          { timeout: 15_000, interval: 200 },
        )
        .toBe('closed');
      const witness = server.connect();
      await expect
        .poll(() => witness.exists(...Array.from({ length: 50 }, (_, index) => `blogger:during-${index}`)), {
          timeout: 10_000,
        })
        .toBe(50);
      await using other = await openMachine(server.url);
      expect(await other.cache.get('during-49')).toBe(49);
    },
    40_000,
  );

  test('missing at the start: the file is used, and Redis is found later', async () => {
    const server = await openRedisServer(binary);
    await server.stop();
    await using machine = await openMachine(server.url);
    await machine.cache.set('a', 1);
    expect(await machine.cache.get('a')).toBe(1);

    await server.start();
    await expect
      .poll(
        async () => {
          await machine.cache.set('knock', 1);
          return (await machine.redisTier())?.state;
        },
        { timeout: 15_000, interval: 200 },
      )
      .toBe('closed');
    await server[Symbol.asyncDispose]();
  }, 30_000);

  test('a wrong password and a full memory count as a missing Redis, not as an error', async () => {
    await using locked = await openRedisServer(binary, ['--requirepass', 'secret']);
    await using outside = await openMachine(locked.url);
    await outside.cache.set('a', 1);
    expect(await outside.cache.get('a')).toBe(1);

    await using small = await openRedisServer(binary, ['--maxmemory', '1mb', '--maxmemory-policy', 'noeviction']);
    await using machine = await openMachine(small.url);
    const noise = (index: number) =>
      Array.from({ length: 3000 }, (_, place) => ((index * 7919 + place * 104_729) % 1_000_003).toString(36)).join('');
    for (let index = 0; index < 200; index += 1) await machine.cache.set(`key-${index}`, noise(index));
    for (let index = 0; index < 200; index += 1) expect(await machine.cache.get(`key-${index}`)).toBe(noise(index));
  });

  test('values of a foreign or older schema are a miss', async () => {
    await using server = await openRedisServer(binary);
    await using machine = await openMachine(server.url);
    const witness = server.connect();
    for (const value of ['{"json":true}', '', '\u0000\u0001']) {
      await witness.set('blogger:key', value);
      expect(await machine.cache.get('key')).toBeUndefined();
    }
    expect(machine.states).toEqual([]);
  });
});

describe('the stores pass the contract tests of Keyv', () => {
  const suites = (store: () => unknown) => {
    keyvApiTests(vitest, Keyv, store);
    keyvValueTests(vitest, Keyv, store);
    keyvNamespaceTest(vitest, Keyv, store);
  };
  describe('memory', () => suites(() => new MemoryStore({ maxBytes: 10_000_000 })));
  describe('file', async () => {
    const project = await newProject();
    const state = openStateFile(project.folder);
    vitest.afterAll(async () => {
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    });
    suites(() => new SqliteStore({ db: state.db }));
    keyvIteratorTests(vitest, Keyv, () => new SqliteStore({ db: state.db }));
  });
  describe.skipIf(binary === '')('redis', async () => {
    const server = await openRedisServer(binary);
    const client = server.connect();
    vitest.afterAll(() => server[Symbol.asyncDispose]());
    suites(() => new RedisStore({ client, prefix: 'test:' }));
    keyvIteratorTests(vitest, Keyv, () => new RedisStore({ client, prefix: 'test:' }));
  });
});
