import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Cache } from '../../src/services/cache/cache.ts';
import type { SharedStore } from '../../src/services/cache/shared-tier.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { FakeClock } from '../helpers/fakes.ts';
import { newProject } from '../helpers/run-bin.ts';

const TIMEOUT_MS = 250;

/** A shared store whose moods are set by the test; silence lasts as long as a client would wait. */
class MoodyStore extends EventEmitter implements SharedStore {
  readonly opts = { dialect: 'redis', url: 'redis:' };
  readonly kept = new Map<string, unknown>();
  mood: 'well' | 'silent' | 'full' = 'well';
  asked = 0;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
  }

  async #answer<T>(value: () => T, writes = false): Promise<T> {
    this.asked += 1;
    if (this.mood === 'silent') {
      await this.#clock.sleep(TIMEOUT_MS, new AbortController().signal);
      throw new Error('Command timed out');
    }
    if (writes && this.mood === 'full') throw new Error('OOM command not allowed');
    return value();
  }

  get = (key: string) => this.#answer(() => this.kept.get(key)) as Promise<never>; // of the type that was put in
  set = (key: string, value: unknown) => this.#answer(() => Boolean(this.kept.set(key, value)), true);
  delete = (key: string) => this.#answer(() => this.kept.delete(key));
  has = (key: string) => this.#answer(() => this.kept.has(key));
  clear = () => this.#answer(() => this.kept.clear());
  ping = () => this.#answer(() => 'PONG');
  size = () => this.#answer(() => ({ entries: this.kept.size, bytes: 0, evictions: 0 }));
  prune = async () => 0;
  refusesWrites = (error: unknown) => error instanceof Error && error.message.startsWith('OOM');
  async *iterator() {
    yield* this.kept;
  }
}

async function openSetup() {
  const project = await newProject();
  const clock = new FakeClock();
  const store = new MoodyStore(clock);
  const files: Disposable[] = [];
  const states: string[] = [];
  return {
    clock,
    store,
    states,
    /** A process: its own memory, the folder's file. */
    open() {
      const state = openStateFile(project.folder);
      files.push(state);
      return new Cache({
        memoryBytes: 1,
        db: state.db,
        shared: store,
        clock,
        onState: ({ state, of }) => states.push(`${of} ${state}`),
      });
    },
    async [Symbol.asyncDispose]() {
      for (const file of files) file[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

/** Does the work while time goes on as long as somebody waits for it; tells how long that was. */
async function waitedFor(clock: FakeClock, work: Promise<unknown>): Promise<number> {
  const startedAt = clock.now();
  let done = false;
  void work.finally(() => {
    done = true;
  });
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!done && clock.sleeping > 0) await clock.advance(10);
  }
  return clock.now() - startedAt;
}

describe('a shared store that', () => {
  test('hangs costs all callers together less than a second, however long it hangs', async () => {
    await using setup = await openSetup();
    const { clock, store } = setup;
    const cache = setup.open();
    store.mood = 'silent';

    const waits: number[] = [];
    for (let index = 0; index < 60; index += 1) {
      waits.push(
        await waitedFor(clock, cache.set(`key-${index}`, index)),
        await waitedFor(clock, cache.get(`key-${index}`)),
      );
      await clock.advance(1000);
    }

    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(1000);
    expect(store.asked).toBeGreaterThan(20); // it was tried again, behind their backs
    expect(setup.states).toEqual(['all open']);
  });

  test('comes back receives entries written in that time, newest last, and deletions', async () => {
    await using setup = await openSetup();
    const { clock, store } = setup;
    const cache = setup.open();
    await cache.set('gone', 1);
    store.mood = 'silent';
    for (let index = 0; index < 5; index += 1) await waitedFor(clock, cache.set(`key-${index}`, 'old'));
    await cache.delete('gone');
    store.mood = 'well';
    await clock.advance(2000);
    await cache.get('knock');
    await clock.advance(0);
    await cache.set('key-0', 'new');
    await cache.settled();

    expect(setup.states).toEqual(['all open', 'all closed']);
    expect([...store.kept.keys()].sort()).toEqual(['key-0', 'key-1', 'key-2', 'key-3', 'key-4']);
    expect(await cache.get('key-0')).toBe('new');
    expect(await cache.get('gone')).toBeUndefined();
    expect((await cache.stats()).tiers.find(({ tier }) => tier === 'redis')).toMatchObject({
      state: 'closed',
      waiting: 0,
    });
  });

  test('comes back after this process has ended receives them from the next one', async () => {
    await using setup = await openSetup();
    const { clock, store } = setup;
    const first = setup.open();
    store.mood = 'silent';
    for (let index = 0; index < 5; index += 1) await waitedFor(clock, first.set(`key-${index}`, index));
    store.mood = 'well';
    const next = setup.open();
    await next.get('anything');
    await next.settled();

    expect(store.kept.size).toBe(5);
  });

  test('is full still answers reads; the file keeps new entries until it accepts them', async () => {
    await using setup = await openSetup();
    const { clock, store } = setup;
    const cache = setup.open();
    await cache.set('before', 1);
    store.mood = 'full';
    for (let index = 0; index < 10; index += 1) {
      await cache.set(`key-${index}`, index);
      expect(await cache.get('before')).toBe(1);
    }
    await clock.advance(2000);
    await cache.set('key-10', 10);
    expect(await cache.get('key-3')).toBe(3);
    expect(setup.states).toEqual(['writes open']);

    store.mood = 'well';
    await clock.advance(2000);
    await cache.set('key-11', 11);
    await clock.advance(0);
    await cache.settled();
    expect(setup.states).toEqual(['writes open', 'writes closed']);
    expect(store.kept.size).toBe(13);
  });
});
