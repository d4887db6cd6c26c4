/** The stores that several machines can share, one row each. Store-specific code is only in these rows. */

import type { Settings } from '../../config/schema.ts';
import { BloggerError } from '../../core/errors.ts';
import type { SharedControl } from '../../core/ports/shared-control.ts';
import type { Clock } from '../../core/ports.ts';
import { type OpenSharedStore, openSharedStore } from '../../services/cache/open-shared-store.ts';
import { migrateJobs } from '../../services/jobs/shared/migrate-postgres.ts';
import { openPostgresBackend } from '../../services/jobs/shared/postgres-backend.ts';
import type { OpenBackend } from '../../services/jobs/shared/queue-backend.ts';
import { openRedisBackend } from '../../services/jobs/shared/redis-backend.ts';
import { openSharedJobQueue, type SharedJobQueue } from '../../services/jobs/shared/shared-job-queue.ts';
import { checkMigrated, migrate } from '../../services/postgres/migrate.ts';
import { openPool } from '../../services/postgres/open-pool.ts';
import { createPostgresControl } from '../../services/postgres/postgres-control.ts';
import { isOneServer, openRedis } from '../../services/redis/open-redis.ts';
import { parseRedisAddress } from '../../services/redis/parse-address.ts';
import { createRedisControl } from '../../services/redis/redis-control.ts';
import { shownAddress } from '../../util/net/shown-address.ts';

export interface ConnectOptions {
  readonly timeoutMs: number;
  readonly onError: (error: unknown) => void;
}

export interface OpenControl {
  /** Absent if the store cannot share limits; `because` is the reason. */
  readonly control?: SharedControl;
  readonly because?: BloggerError;
  /** False when the store did not answer at the start. */
  readonly isThere: boolean;
  readonly close: () => Promise<void>;
}

export interface StoreKind {
  /** Name in messages. */
  readonly name: string;
  readonly address: RegExp;
  /** Value of the setting `queue` for workers on this store. */
  readonly queue: Exclude<Settings['queue'], 'local'>;
  readonly backend: OpenBackend;
  openCache(url: string, options: ConnectOptions & { readonly prefix: string }): Promise<OpenSharedStore>;
  /** Limits of hosts and vendors, the spending cap, the list of workers. `prefix` is prepended to every key. */
  openControl(url: string, prefix: string, options: ConnectOptions): Promise<OpenControl>;
  /** Creates or updates the tables; absent if the store has none. */
  readonly migrate?: (url: string) => Promise<MigrateOutcome>;
}

export interface MigrateOutcome {
  /** Version of the tables before and after. */
  readonly before: number;
  readonly after: number;
  /** Version of the queue's own tables. */
  readonly queue: number;
}

const REDIS: StoreKind = {
  name: 'Redis',
  address: /^rediss?(\+(sentinel|cluster))?:\/\//,
  queue: 'redis',
  backend: openRedisBackend,
  openCache: openSharedStore,
  async openControl(url, prefix, options) {
    const redis = await openRedis(url, options);
    const close = async () => redis.disconnect();
    const isThere = redis.status === 'ready';
    // A script cannot span keys on a cluster, so each process keeps its own limits.
    return isOneServer(redis) ? { control: createRedisControl(redis, prefix), isThere, close } : { isThere, close };
  },
};

const CONTROL_CONNECTIONS = 4;
/** Long, because a migration may wait for another one. */
const MIGRATE_MS = 120_000;

const POSTGRES: StoreKind = {
  name: 'PostgreSQL',
  address: /^postgres(ql)?:\/\//,
  queue: 'postgres',
  backend: openPostgresBackend,
  openCache: openSharedStore,
  async openControl(url, prefix, options) {
    const pool = await openPool(url, { ...options, max: CONTROL_CONNECTIONS });
    const opened = { control: createPostgresControl(pool, prefix), close: () => pool.end() };
    try {
      await checkMigrated(pool);
      await pool.query('SELECT blogger.prune()');
      return { ...opened, isThere: true };
    } catch (error) {
      if (!BloggerError.is(error)) return { ...opened, isThere: false };
      await pool.end();
      return { because: error, isThere: true, close: async () => {} };
    }
  },
  async migrate(url) {
    const pool = await openPool(url, { timeoutMs: MIGRATE_MS, max: 1 });
    try {
      const client = await pool.connect().catch((cause: unknown) => {
        throw new BloggerError(
          `PostgreSQL does not answer: ${cause instanceof Error ? cause.message : 'no connection'}`,
          {
            code: 'STORE_UNREACHABLE',
            hint: 'Start PostgreSQL, or check REDIS_URL, the password and the firewall.',
            cause,
          },
        );
      });
      try {
        return { ...(await migrate(client)), queue: await migrateJobs(client) };
      } finally {
        client.release(true);
      }
    } finally {
      await pool.end();
    }
  },
};

const STORE_KINDS: readonly StoreKind[] = [REDIS, POSTGRES];

/** Throws `CONFIG_INVALID` for an address of an unknown store; the message never contains the password. */
export function storeKindOf(url: string): StoreKind {
  const kind = STORE_KINDS.find(({ address }) => address.test(url));
  if (kind !== undefined) return kind;
  parseRedisAddress(url); // throws and names the allowed schemes
  return REDIS;
}

/** The shared queue for people: its store, the place without user and password, and the prefix of its names. */
export function describeQueue({ redisUrl, cache }: Pick<Settings, 'redisUrl' | 'cache'>): string | undefined {
  if (redisUrl === undefined) return undefined;
  return `${storeKindOf(redisUrl).name} at ${shownAddress(redisUrl)} (${queuePrefix(cache)})`;
}

function queuePrefix({ prefix }: Settings['cache']): string {
  return `${prefix}queue`;
}

/** Finished jobs to keep for an interrupted run; each contains its article. */
const KEPT = 2000;

export interface QueueSettings {
  readonly settings: Settings;
  readonly clock?: Clock;
}

/** Opens a queue between runs and workers. Throws `CONFIG_INVALID` without a shared store, or with a store other than `queue`. */
export async function openQueue(name: 'pages' | 'posts', { settings, clock }: QueueSettings): Promise<SharedJobQueue> {
  const { redisUrl, queue, cache, jobs } = settings;
  if (redisUrl === undefined) {
    throw new BloggerError('Workers share their queue through Redis or PostgreSQL, but no address is set', {
      code: 'CONFIG_INVALID',
      hint:
        queue === 'local'
          ? 'Set REDIS_URL to redis://… or postgres://…, in the environment or in .env, as where `blogger generate --queue` runs.'
          : 'Set REDIS_URL to redis://… or postgres://…, or leave out --queue to do all work on this machine.',
    });
  }
  const kind = storeKindOf(redisUrl);
  if (queue !== 'local' && queue !== kind.queue) {
    throw new BloggerError(`--queue ${queue} needs another address: REDIS_URL is the address of a ${kind.name}`, {
      code: 'CONFIG_INVALID',
      hint: `Use --queue ${kind.queue}, or set REDIS_URL to another address.`,
    });
  }
  return await openSharedJobQueue({
    backend: kind.backend,
    url: redisUrl,
    name,
    prefix: queuePrefix(cache),
    leaseMs: jobs.leaseMs,
    keep: KEPT,
    ...(clock === undefined ? {} : { clock }),
  });
}
