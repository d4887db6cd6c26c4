import type { Redis } from 'ioredis';
import { BloggerError } from '../../core/errors.ts';
import { shownAddress } from '../../util/net/shown-address.ts';
import { parseRedisAddress } from './parse-address.ts';

export type QueueConnection = Redis;

/**
 * A connection for BullMQ: commands wait while Redis is unavailable, blocking ones without a timeout. The caller disconnects it.
 * Throws `CONFIG_INVALID` for anything but the address of a single server, and `STORE_UNREACHABLE` if nothing responds at the start.
 */
export async function openQueueConnection(
  url: string,
  { blocking }: { readonly blocking: boolean },
): Promise<QueueConnection> {
  if (!/^rediss?:\/\//.test(url)) {
    throw new BloggerError('The job queue needs a single Redis server (redis:// or rediss://)', {
      code: 'CONFIG_INVALID',
      hint: 'Set REDIS_URL to a single Redis server or to PostgreSQL, or leave out --queue redis.',
    });
  }
  parseRedisAddress(url);
  const { Redis: OneRedis } = await import('ioredis');
  const connection = new OneRedis(url, {
    maxRetriesPerRequest: blocking ? null : 20,
    lazyConnect: true,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  connection.on('error', () => {}); // the failing calls report it
  try {
    await connection.connect();
    return connection;
  } catch (error) {
    connection.disconnect();
    throw new BloggerError(`The job queue needs Redis, but ${shownAddress(url)} does not respond`, {
      code: 'STORE_UNREACHABLE',
      hint: 'Start Redis or check REDIS_URL; without --queue redis this machine does all work.',
      cause: error,
    });
  }
}
