import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { answeredWithin } from '../../util/async/answered-within.ts';
import { stopwatch, systemClock } from '../../util/clock.ts';
import type { RedisClient } from '../redis/open-redis.ts';
import { packValue, unpackValue } from './encode.ts';
import type { SharedStore } from './shared-tier.ts';
import type { StoreSize } from './sized-store.ts';

export interface RedisStoreOptions {
  /** Not owned; the caller closes it. */
  readonly client: RedisClient;
  /** Key prefix, so that several programs can share one Redis. All keys under it belong to the cache. */
  readonly prefix: string;
  /** Timeout of one command, in milliseconds. @default the client's own, if any */
  readonly timeoutMs?: number;
}

/** Time limit for counting keys: a full scan for a statistic must not slow down other clients. */
const MAX_WALK_MS = 1000;

/** Keyv store in a shared Redis. Errors and timeouts are thrown; the wrapping tier handles them. */
export class RedisStore extends EventEmitter implements SharedStore {
  readonly opts = { dialect: 'redis', url: 'redis:' };
  namespace?: string;
  readonly #client: RedisClient;
  readonly #prefix: string;
  readonly #timeoutMs: number | undefined;
  /** Redis's eviction count at the start; undefined if it did not answer. */
  readonly #evictedBefore: Promise<number | undefined>;

  constructor({ client, prefix, timeoutMs }: RedisStoreOptions) {
    super();
    this.#client = client;
    this.#prefix = prefix;
    this.#timeoutMs = timeoutMs;
    this.#evictedBefore = this.#evicted().catch(() => undefined);
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const bytes = await this.#answer(this.#client.getBuffer(this.#prefix + key));
    return bytes === null ? undefined : (unpackValue(bytes) as Value); // another schema: a miss
  }

  async set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    const bytes = packValue(value);
    if (ttl === undefined) await this.#answer(this.#client.set(this.#prefix + key, bytes));
    else if (ttl > 0) await this.#answer(this.#client.set(this.#prefix + key, bytes, 'PX', Math.ceil(ttl)));
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#answer(this.#client.del(this.#prefix + key))) > 0;
  }

  async has(key: string): Promise<boolean> {
    return (await this.#answer(this.#client.exists(this.#prefix + key))) > 0;
  }

  async clear(): Promise<void> {
    const lead = this.namespace === undefined ? '' : `${this.namespace}:`;
    // One command per key: in a cluster, keys live in different slots.
    for await (const { keys } of this.#scan(lead))
      await this.#answer(Promise.all(keys.map((key) => this.#client.unlink(key))));
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<[string, Awaited<Value> | undefined], void> {
    for await (const { keys } of this.#scan(namespace === undefined ? '' : `${namespace}:`)) {
      for (const key of keys) {
        const bytes = await this.#answer(this.#client.getBuffer(key));
        if (bytes !== null) yield [key.slice(this.#prefix.length), unpackValue(bytes) as Awaited<Value>];
      }
    }
  }

  ping(): Promise<unknown> {
    return this.#answer(this.#client.ping());
  }

  refusesWrites(error: unknown): boolean {
    return error instanceof Error && /^(OOM|READONLY|MISCONF|NOREPLICAS|NOPERM) /.test(error.message);
  }

  /** Counts keys for at most one second. */
  async size(): Promise<StoreSize> {
    const elapsed = stopwatch();
    let entries = 0;
    let bytes = 0;
    for await (const { node, keys } of this.#scan('')) {
      entries += keys.length;
      const lengths = await this.#answer(Promise.all(keys.map((key) => node.strlen(key))));
      bytes += lengths.reduce((sum, length) => sum + length, 0);
      if (elapsed() > MAX_WALK_MS) break;
    }
    const [before, now] = [await this.#evictedBefore, await this.#evicted()];
    return { entries, bytes, evictions: before === undefined ? 0 : Math.max(0, now - before) };
  }

  /** Nothing to do: Redis removes expired keys itself. */
  async prune(): Promise<number> {
    return 0;
  }

  async #evicted(): Promise<number> {
    const infos = await this.#answer(Promise.all(this.#nodes().map((node) => node.info('stats'))));
    return infos.reduce((sum, info) => sum + Number(/^evicted_keys:(\d+)/m.exec(info)?.[1] ?? 0), 0);
  }

  #answer<T>(call: Promise<T>): Promise<T> {
    return this.#timeoutMs === undefined
      ? call
      : answeredWithin(call, { ms: this.#timeoutMs, who: 'Redis', clock: systemClock });
  }

  #nodes(): Redis[] {
    return 'nodes' in this.#client ? this.#client.nodes('master') : [this.#client];
  }

  async *#scan(lead: string): AsyncGenerator<{ readonly node: Redis; readonly keys: readonly string[] }, void> {
    const pattern = `${(this.#prefix + lead).replace(/[\\*?[\]]/g, '\\$&')}*`;
    for (const node of this.#nodes()) {
      let cursor = '0';
      do {
        const [next, keys] = await this.#answer(node.scan(cursor, 'MATCH', pattern, 'COUNT', 500));
        cursor = next;
        yield { node, keys };
      } while (cursor !== '0');
    }
  }
}
