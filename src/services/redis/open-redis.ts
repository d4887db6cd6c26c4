import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { parseRedisAddress } from './parse-address.ts';

export type RedisClient = Redis | Cluster;

export interface OpenRedisOptions {
  /** Timeout of one command, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether commands time out after `timeoutMs`; false if the caller has its own timeout. @default true */
  readonly limitCommands?: boolean;
  /** Commands wait for the connection instead of failing at once; the caller has its own timeout. @default false */
  readonly patient?: boolean;
  /** Called with connection errors; without it, a lost connection is noticed when a command fails. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Opens a Redis connection that fails fast: commands fail at once without a connection, and after `timeoutMs` if the server does not
 * answer. It connects and reconnects in the background. Takes `redis://USER:PASSWORD@HOST:PORT/DATABASE`,
 * `redis+sentinel://USER:PASSWORD@HOST:PORT,HOST:PORT/MASTER/DATABASE` and `redis+cluster://USER:PASSWORD@HOST:PORT,HOST:PORT`; `rediss` in
 * place of `redis` means TLS. Throws `CONFIG_INVALID`.
 */
export async function openRedis(
  url: string,
  { timeoutMs, limitCommands = true, patient = false, onError = () => {} }: OpenRedisOptions,
): Promise<RedisClient> {
  const options: RedisOptions = {
    lazyConnect: true,
    ...(patient || !limitCommands ? {} : { commandTimeout: timeoutMs }),
    connectTimeout: 2000,
    enableOfflineQueue: patient,
    enableReadyCheck: true,
    maxRetriesPerRequest: patient ? 1 : 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  };
  const client = await createClient(url, options);
  client.on('error', onError);
  // Waits briefly for a running server; otherwise reconnects in the background.
  const patience = new Promise<void>((resolve) => setTimeout(resolve, timeoutMs * 2).unref());
  await Promise.race([client.connect().catch(onError), patience]);
  return client;
}

async function createClient(url: string, options: RedisOptions): Promise<RedisClient> {
  const address = parseRedisAddress(url);
  // Loaded on use: most installations have no Redis.
  const { Cluster: RedisCluster, Redis: OneRedis } = await import('ioredis');
  if (address.kind === 'one') return new OneRedis(url, options);
  const { username, password, tls } = address;
  const secured = {
    ...options,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
  };
  if (address.kind === 'sentinel') {
    const { nodes, name, db } = address;
    // One setting for the master, one for the sentinels.
    const sentinel = {
      sentinels: [...nodes],
      name,
      enableTLSForSentinelMode: tls,
      ...(tls ? { sentinelTLS: {} } : {}),
    };
    return new OneRedis({ ...secured, ...sentinel, db });
  }
  return new RedisCluster([...address.nodes], {
    lazyConnect: true,
    enableOfflineQueue: false,
    redisOptions: secured,
    // Certificates contain host names, not resolved addresses.
    ...(tls ? { dnsLookup: (host, callback) => callback(null, host) } : {}),
  });
}

/** False for a cluster. */
export function isOneServer(client: RedisClient): client is Redis {
  return !client.isCluster;
}
