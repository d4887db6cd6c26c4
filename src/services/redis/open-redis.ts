import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { BloggerError } from '../../core/errors.ts';

export type RedisClient = Redis | Cluster;

export interface OpenRedisOptions {
  /** Longest wait for one answer, in milliseconds. */
  readonly timeoutMs: number;
  /** A command that is not answered fails after `timeoutMs`; false where the caller sees to that. @default true */
  readonly limitCommands?: boolean;
  /** Commands wait for the connection instead of failing at once; whoever asks has a patience of its own. @default false */
  readonly patient?: boolean;
  /** Told of what happens to the connection; without it a lost connection is silent until a command fails. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Opens a connection to Redis that never makes anybody wait: commands fail at once while there is no connection, and after `timeoutMs` while
 * the server is silent. It connects and reconnects by itself. Takes `redis://USER:PASSWORD@HOST:PORT/DATABASE`,
 * `redis+sentinel://USER:PASSWORD@HOST:PORT,HOST:PORT/MASTER/DATABASE` and `redis+cluster://USER:PASSWORD@HOST:PORT,HOST:PORT`; `rediss` in
 * place of `redis` means TLS. Throws `CONFIG_INVALID`.
 */
export async function openRedis(url: string, { timeoutMs, limitCommands = true, patient = false, onError = () => {} }: OpenRedisOptions): Promise<RedisClient> {
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
  // A moment for a server that is there; one that is not is tried again in the background.
  const patience = new Promise<void>((resolve) => setTimeout(resolve, timeoutMs * 2).unref());
  await Promise.race([client.connect().catch(onError), patience]);
  return client;
}

async function createClient(url: string, options: RedisOptions): Promise<RedisClient> {
  // Loaded on use: most people have no Redis.
  const { Cluster: RedisCluster, Redis: OneRedis } = await import('ioredis');
  const special = /^(redis|rediss)\+(sentinel|cluster):\/\/(?:([^@/]*)@)?([^/]+)(?:\/([^/]*))?(?:\/(\d+))?$/.exec(url);
  if (special !== null) {
    const [, scheme, kind, credentials = '', hosts = '', name = '', db = '0'] = special;
    const [username, password] = credentials.split(':').map(decodeURIComponent);
    const auth = password === undefined ? {} : { password, ...(username === '' || username === undefined ? {} : { username }) };
    const tls = scheme === 'rediss' ? { tls: {} } : {};
    const nodes = hosts
      .split(',')
      .map((host) => ({ host: host.replace(/:\d+$/, ''), port: Number(/:(\d+)$/.exec(host)?.[1] ?? (kind === 'sentinel' ? 26_379 : 6379)) }));
    if (kind === 'sentinel') {
      const sentinel = { sentinels: nodes, name: name === '' ? 'mymaster' : name, enableTLSForSentinelMode: scheme === 'rediss' };
      return new OneRedis({ ...options, ...auth, ...tls, ...sentinel, db: Number(db) });
    }
    return new RedisCluster(nodes, {
      lazyConnect: true,
      enableOfflineQueue: false,
      redisOptions: { ...options, ...auth, ...tls },
      // Certificates carry names, not the addresses that these resolve to.
      ...(scheme === 'rediss' ? { dnsLookup: (address, callback) => callback(null, address) } : {}),
    });
  }
  if (/^rediss?:\/\//.test(url) && URL.canParse(url)) return new OneRedis(url, options);
  throw new BloggerError('redisUrl was expected to begin with redis://, rediss://, redis+sentinel://, redis+cluster:// or, for the cache alone, postgres://', {
    code: 'CONFIG_INVALID',
    hint: 'Set REDIS_URL to something like redis://user:password@host:6379/0.',
  });
}

/** False for a cluster. */
export function isOneServer(client: RedisClient): client is Redis {
  return !client.isCluster;
}
