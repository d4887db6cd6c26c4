import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import type { RedisClient } from '../redis/open-redis.ts';
import { packValue, unpackValue } from './encode.ts';
import type { SizedStore } from './sized-store.ts';

export interface RedisStoreOptions {
  /** Borrowed; whoever opened it closes it. */
  readonly client: RedisClient;
  /** In front of every key, so that several programs share one Redis. */
  readonly prefix: string;
}

/** Keyv's store in a Redis that many machines share. Errors and silence are thrown; whoever wraps it decides what they mean. */
export class RedisStore extends EventEmitter implements SizedStore {
  readonly opts = { dialect: 'redis', url: 'redis:' };
  namespace?: string;
  readonly #client: RedisClient;
  readonly #prefix: string;

  constructor({ client, prefix }: RedisStoreOptions) {
    super();
    this.#client = client;
    this.#prefix = prefix;
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const bytes = await this.#client.getBuffer(this.#prefix + key);
    return bytes === null ? undefined : (unpackValue(bytes) as Value); // of a foreign or older schema: undefined
  }

  async set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    const bytes = packValue(value);
    if (ttl === undefined) await this.#client.set(this.#prefix + key, bytes);
    else if (ttl > 0) await this.#client.set(this.#prefix + key, bytes, 'PX', Math.ceil(ttl));
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#client.del(this.#prefix + key)) > 0;
  }

  async has(key: string): Promise<boolean> {
    return (await this.#client.exists(this.#prefix + key)) > 0;
  }

  async clear(): Promise<void> {
    const lead = this.namespace === undefined ? '' : `${this.namespace}:`;
    for await (const keys of this.#scan(lead)) if (keys.length > 0) await this.#client.unlink(...keys);
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<[string, Awaited<Value> | undefined], void> {
    for await (const keys of this.#scan(namespace === undefined ? '' : `${namespace}:`)) {
      for (const key of keys) {
        const bytes = await this.#client.getBuffer(key);
        if (bytes !== null) yield [key.slice(this.#prefix.length), unpackValue(bytes) as Awaited<Value>];
      }
    }
  }

  /** Redis counts for itself; walking all keys only to show a number would burden everybody. */
  async size(): Promise<{ entries: number; bytes: number; evictions: number }> {
    let entries = 0;
    for await (const keys of this.#scan('')) entries += keys.length;
    return { entries, bytes: 0, evictions: 0 };
  }

  /** Redis removes what is expired by itself. */
  async prune(): Promise<number> {
    return 0;
  }

  async *#scan(lead: string): AsyncGenerator<string[], void> {
    const pattern = `${(this.#prefix + lead).replace(/[\\*?[\]]/g, '\\$&')}*`;
    const nodes: Redis[] = 'nodes' in this.#client ? this.#client.nodes('master') : [this.#client];
    for (const node of nodes) {
      let cursor = '0';
      do {
        const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', 500);
        cursor = next;
        yield keys;
      } while (cursor !== '0');
    }
  }
}
