import type { KeyvPostgres } from '@keyv/postgres';
import { BloggerError } from '../../core/errors.ts';
import { openRedis, type RedisClient } from '../redis/open-redis.ts';
import { POSTGRES_TABLE, PostgresStore } from './postgres-store.ts';
import { RedisStore } from './redis-store.ts';
import type { SharedStore } from './shared-tier.ts';

export interface SharedStoreOptions {
  /** Key prefix. All keys under it belong to the cache. */
  readonly prefix: string;
  /** Timeout of one command, in milliseconds. */
  readonly timeoutMs: number;
  /** Called with connection errors. */
  readonly onError?: (error: unknown) => void;
}

export interface OpenSharedStore extends AsyncDisposable {
  readonly store: SharedStore;
  /** The Redis connection, if the store is Redis. */
  readonly redis?: RedisClient;
}

/** True for the address of a store that can hold only the cache. */
export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/**
 * Opens a store for `Cache`'s `shared`: any address that `openRedis` takes, or `postgres://` with the optional package `@keyv/postgres`.
 * A server that does not answer is not an error here. Throws `CONFIG_INVALID` for another address or when the package is not installed.
 */
export async function openSharedStore(
  url: string,
  { prefix, timeoutMs, onError = () => {} }: SharedStoreOptions,
): Promise<OpenSharedStore> {
  if (isPostgres(url)) {
    // The pool is shared by the whole process; idle connections close by themselves and do not keep the process alive.
    return {
      store: new PostgresStore({ prefix, open: await postgresOpener(url, { timeoutMs, onError }) }),
      [Symbol.asyncDispose]: async () => {},
    };
  }
  const redis = await openRedis(url, { timeoutMs, limitCommands: false, onError });
  return {
    store: new RedisStore({ client: redis, prefix, timeoutMs }),
    redis,
    [Symbol.asyncDispose]: async () => redis.disconnect(),
  };
}

/** Factory of Keyv's adapter with timeouts, whose connection errors do not end the process. */
export async function postgresOpener(
  url: string,
  { timeoutMs, onError }: Required<Omit<SharedStoreOptions, 'prefix'>>,
): Promise<() => KeyvPostgres> {
  const [{ KeyvPostgres: Adapter }, { default: pg }] = await Promise.all([
    import('@keyv/postgres'),
    import('pg'),
  ]).catch((cause: unknown) => {
    throw new BloggerError('A postgres:// cache needs the package @keyv/postgres, which is not installed', {
      code: 'CONFIG_INVALID',
      hint: 'npm install @keyv/postgres pg, or name a Redis, or leave REDIS_URL out.',
      cause,
    });
  });
  /** The pool emits errors of idle connections; ignored here because the next call fails anyway. */
  class QuietClient extends pg.Client {
    override emit(name: string, ...values: unknown[]): boolean {
      if (name !== 'error') return super.emit(name, ...values);
      onError(values[0]);
      return true;
    }
  }
  const pool = {
    Client: QuietClient,
    max: 4,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    idleTimeoutMillis: 1000,
    allowExitOnIdle: true,
  };
  return () => {
    const adapter = new Adapter({ uri: url, ...POSTGRES_TABLE, ...pool });
    adapter.on('error', onError);
    return adapter;
  };
}
