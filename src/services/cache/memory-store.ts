import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter } from 'keyv';
import { LRUCache } from 'lru-cache';
import { packValue, unpackValue } from './encode.ts';
import type { SizedStore } from './sized-store.ts';

/** Keyv store in process memory: limited in bytes, evicts the least recently used. Values are stored as bytes, so objects are never shared. */
export class MemoryStore extends EventEmitter implements KeyvStoreAdapter, SizedStore {
  readonly opts = { dialect: 'memory', url: 'memory:' };
  namespace?: string;
  readonly #entries: LRUCache<string, Buffer>;
  #evictions = 0;

  constructor({ maxBytes }: { readonly maxBytes: number }) {
    super();
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (value, key) => value.byteLength + key.length * 2 + 100,
      dispose: (_value, _key, reason) => {
        if (reason === 'evict') this.#evictions += 1;
      },
    });
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const bytes = this.#entries.get(key);
    return bytes === undefined ? undefined : (unpackValue(bytes) as Value); // the writer knows the type
  }

  async set(key: string, value: unknown): Promise<boolean> {
    this.#entries.set(key, packValue(value));
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.#entries.delete(key);
  }

  async has(key: string): Promise<boolean> {
    return this.#entries.has(key);
  }

  async clear(): Promise<void> {
    const lead = this.namespace === undefined ? '' : `${this.namespace}:`;
    for (const key of [...this.#entries.keys()]) if (key.startsWith(lead)) this.#entries.delete(key);
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<[string, Awaited<Value> | undefined], void> {
    const lead = namespace === undefined ? '' : `${namespace}:`;
    for (const [key, bytes] of [...this.#entries.entries()])
      if (key.startsWith(lead)) yield [key, unpackValue(bytes) as Awaited<Value>];
  }

  async size(): Promise<{ entries: number; bytes: number; evictions: number }> {
    return { entries: this.#entries.size, bytes: this.#entries.calculatedSize, evictions: this.#evictions };
  }

  async prune(): Promise<number> {
    return this.#entries.purgeStale() ? 1 : 0;
  }
}
