/** blogger's cache and what people use instead, behind the same four calls. Each opens in a folder of its own or on the Redis at `redisUrl`. */

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Cache } from '../../dist/services/cache/cache.js';
import { openSharedStore } from '../../dist/services/cache/open-shared-store.js';
import { openStateFile } from '../../dist/services/sqlite/open-state-file.js';

export const CONTENDERS = {
  'blogger, file': async ({ folder }) => {
    const state = openStateFile(folder);
    const cache = new Cache({ db: state.db });
    return {
      get: (key) => cache.get(key),
      set: (key, value) => cache.set(key, value),
      close: () => state[Symbol.dispose](),
      bytes: () => bytesIn(folder),
    };
  },
  'blogger, Redis': async ({ folder, redisUrl }) => {
    const state = openStateFile(folder);
    const shared = await openSharedStore(redisUrl, { prefix: 'blogger:', timeoutMs: 5000 });
    const cache = new Cache({ db: state.db, shared: shared.store });
    const close = async () => {
      await shared[Symbol.asyncDispose]();
      state[Symbol.dispose]();
    };
    return {
      get: (key) => cache.get(key),
      set: (key, value) => cache.set(key, value),
      close,
      bytes: async () => (await shared.store.size()).bytes,
    };
  },
  'keyv-file': async ({ folder }) => {
    const { Keyv, KeyvFile } = await import('../peers/stores.js');
    // Without its delay of 100 ms, which it waits before each save.
    const keyv = new Keyv({ store: new KeyvFile({ filename: join(folder, 'keyv.json'), writeDelay: 0 }) });
    return {
      get: (key) => keyv.get(key),
      set: (key, value) => keyv.set(key, value),
      close: () => {},
      bytes: () => bytesIn(folder),
    };
  },
  'Keyv on Redis': async ({ redisUrl }) => {
    const { Keyv, KeyvRedis } = await import('../peers/stores.js');
    const keyv = new Keyv({ store: new KeyvRedis(redisUrl), namespace: 'plain' });
    return {
      get: (key) => keyv.get(key),
      set: (key, value) => keyv.set(key, value),
      close: () => keyv.disconnect(),
      bytes: () => undefined,
    };
  },
};

function bytesIn(folder) {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
