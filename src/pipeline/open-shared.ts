import type { Redis } from 'ioredis';
import type { Settings } from '../config/schema.ts';
import type { Clock, Emit, Logger } from '../core/ports.ts';
import { Cache } from '../services/cache/cache.ts';
import type { ProviderChoice } from '../services/models/choose-provider.ts';
import { createRateGate, type RateGate } from '../services/models/limits/rate-gate.ts';
import { createSharedGate } from '../services/models/limits/shared-gate.ts';
import { isOneServer, openRedis } from '../services/redis/open-redis.ts';
import type { StateFile } from '../services/sqlite/open-state-file.ts';
import type { HostLimits } from '../stages/crawl/hosts/host-limits.ts';
import { openSharedHostLimits } from '../stages/crawl/hosts/shared-host-limits.ts';
import type { Disposer } from '../util/disposer.ts';

export interface OpenCacheOptions {
  readonly db: StateFile['db'];
  readonly clock: Clock;
  readonly emit: Emit;
  readonly disposer: Disposer;
  readonly logger: Logger;
}

const MESSAGES = {
  open: 'Redis does not answer; the file serves as the cache until it does',
  'half-open': 'Redis is tried again',
  closed: 'Redis answers again; what was written meanwhile is pushed to it',
} as const;

/** The cache of a run: memory over the file, or over Redis with the file behind it. */
export async function openCache({ cache, redisUrl }: Settings, { db, clock, emit, disposer, logger }: OpenCacheOptions): Promise<Cache> {
  const sizes = { memoryBytes: cache.memoryBytes, maxBytes: cache.maxBytes };
  if (redisUrl === undefined) return new Cache({ db, clock, ...sizes });
  const redis = await openRedis(redisUrl, { timeoutMs: cache.timeoutMs, onError: (error) => logger.debug({ error }, 'redis connection') });
  disposer.defer(() => redis.disconnect());
  return new Cache({
    ...sizes,
    db,
    clock,
    redis,
    prefix: cache.prefix,
    // A try that fails is no news: only that it went away and that it is back.
    onState: (state) => state !== 'half-open' && emit({ type: 'cache:state', tier: 'redis', state, message: MESSAGES[state] }),
    onError: (tier, error) => logger.debug({ tier, error }, 'cache tier failed'),
  });
}

/** A connection for what must be told at once: limits of a vendor, the money cap. Undefined without Redis and on a cluster, where no script spans keys. */
export async function openControl(
  { redisUrl, cache }: Settings,
  { disposer, logger }: Pick<OpenCacheOptions, 'disposer' | 'logger'>,
): Promise<Redis | undefined> {
  if (redisUrl === undefined) return undefined;
  const redis = await openRedis(redisUrl, { timeoutMs: cache.timeoutMs, onError: (error) => logger.debug({ error }, 'redis connection') });
  disposer.defer(() => redis.disconnect());
  return isOneServer(redis) ? redis : undefined;
}

/** With Redis, limits per host that all machines keep together. */
export async function sharedLimits(
  { redisUrl, cache, crawl }: Settings,
  { clock, emit, disposer }: Pick<OpenCacheOptions, 'clock' | 'emit' | 'disposer'>,
): Promise<{ readonly limits?: HostLimits }> {
  if (redisUrl === undefined) return {};
  const redis = await openRedis(redisUrl, { timeoutMs: cache.timeoutMs, patient: true });
  disposer.defer(() => redis.disconnect());
  // A cluster keeps no script over several keys: each process keeps its own limits there.
  if (!isOneServer(redis)) return {};
  return { limits: disposer.use(openSharedHostLimits({ redis, perHost: crawl.perHost, prefix: cache.prefix, timeoutMs: crawl.timeoutMs, clock, emit })) };
}

/** One gate for what a vendor allows; with Redis all machines keep it together. */
export function openGate({ limits, cache }: Settings, { provider, model }: ProviderChoice, redis: Redis | undefined, clock: Clock): RateGate {
  const local = createRateGate({ ...limits, clock });
  return redis === undefined ? local : createSharedGate({ ...limits, redis, prefix: `${cache.prefix}${provider}:${model}:`, local, clock });
}
