import type { Redis } from 'ioredis';
import type { Settings } from '../../config/schema.ts';
import type { Clock, Emit, Logger } from '../../core/ports.ts';
import { Cache, type SharedState } from '../../services/cache/cache.ts';
import { isPostgres, openSharedStore } from '../../services/cache/open-shared-store.ts';
import { isOwnServer, type ProviderChoice } from '../../services/models/choose-provider.ts';
import { createRateGate, type RateGate } from '../../services/models/limits/rate-gate.ts';
import { createSharedGate } from '../../services/models/limits/shared-gate.ts';
import { slowStart } from '../../services/models/limits/slow-start.ts';
import { providerOf } from '../../services/models/providers.ts';
import { isOneServer, openRedis } from '../../services/redis/open-redis.ts';
import type { StateFile } from '../../services/sqlite/open-state-file.ts';
import type { HostLimits } from '../../stages/crawl/hosts/host-limits.ts';
import { openSharedHostLimits } from '../../stages/crawl/hosts/shared-host-limits.ts';
import { type Breaker, createBreaker } from '../../util/async/breaker.ts';
import type { Disposer } from '../../util/disposer.ts';

export interface OpenSharedOptions {
  readonly db: StateFile['db'];
  readonly clock: Clock;
  readonly emit: Emit;
  readonly disposer: Disposer;
  readonly logger: Logger;
}

/** State shared between machines, when a shared store is set. */
export interface Shared {
  readonly cache: Cache;
  /** Limits per host across all machines. */
  readonly limits?: HostLimits;
  /** Redis for atomic scripts: vendor limits, the money cap. Absent on a cluster, where a script cannot span keys. */
  readonly control?: { readonly redis: Redis; readonly health: Breaker };
}

/** Time limit for pushing pending values at the end of a run; the next run pushes the rest. */
const PUSH_MS = 2000;

/** Memory over the file, or over the shared store with the file as fallback. One breaker per server, shared by all its users. */
export async function openShared(
  { cache, redisUrl, crawl }: Settings,
  { db, clock, emit, disposer, logger }: OpenSharedOptions,
): Promise<Shared> {
  const sizes = { memoryBytes: cache.memoryBytes, maxBytes: cache.maxBytes };
  if (redisUrl === undefined) return { cache: new Cache({ db, clock, ...sizes }) };
  const onError = (error: unknown) => logger.debug({ error }, 'shared store connection');
  const connect = { timeoutMs: cache.timeoutMs, onError };
  // In parallel, so that a silent server costs one timeout at the start.
  const since = clock.monotonic();
  const [opened, control, patient] = await Promise.all([
    openSharedStore(redisUrl, { ...connect, prefix: cachePrefix({ cache }) }),
    isPostgres(redisUrl) ? undefined : openRedis(redisUrl, connect),
    isPostgres(redisUrl) ? undefined : openRedis(redisUrl, { ...connect, patient: true }),
  ]);
  disposer.use(opened);
  for (const client of [control, patient]) if (client !== undefined) disposer.defer(() => client.disconnect());
  const { store } = opened;
  const name = isPostgres(redisUrl) ? 'PostgreSQL' : 'Redis';
  const tell = ({ state, of, cause }: SharedState) => {
    logger.debug({ error: cause }, 'shared store');
    emit({ type: 'cache:state', tier: store.opts.dialect, state, message: MESSAGES[of][state].replace('%', name) });
  };
  const health = createBreaker({
    clock,
    probe: () => store.ping(),
    onChange: (state, cause) => tell({ state, of: 'all', cause }),
  });
  if ([opened.redis, control, patient].some((client) => client !== undefined && client.status !== 'ready'))
    health.failed(undefined, since);
  const sharing = new Cache({
    ...sizes,
    db,
    clock,
    shared: store,
    health,
    onState: tell,
    onError: (tier, error) => logger.debug({ tier, error }, 'cache tier failed'),
  });
  disposer.defer(() => within(PUSH_MS, sharing.settled(), clock));
  // A Redis cluster cannot run scripts over several keys: there each process keeps its own limits.
  if (control === undefined || patient === undefined || !isOneServer(control) || !isOneServer(patient))
    return { cache: sharing };
  const limits = openSharedHostLimits({
    redis: patient,
    health,
    answerMs: cache.timeoutMs,
    perHost: crawl.perHost,
    prefix: cache.prefix,
    timeoutMs: crawl.timeoutMs,
    clock,
    emit,
  });
  return { cache: sharing, limits: disposer.use(limits), control: { redis: control, health } };
}

/** The queue, limits and budgets use the same key prefix. */
export function cachePrefix({ cache }: Pick<Settings, 'cache'>): string {
  return `${cache.prefix}cache:`;
}

/** One rate gate per vendor, shared by all machines when Redis is set. */
export function openGate(
  { limits, cache }: Settings,
  { provider, model, baseUrl }: ProviderChoice,
  { control, clock, emit }: { readonly control: Shared['control'] } & Pick<OpenSharedOptions, 'clock' | 'emit'>,
): RateGate {
  const local = createRateGate({ ...limits, clock });
  const onRefused = (error: Error) => {
    emit({
      type: 'run:warning',
      code: 'STORE_UNREACHABLE',
      message: `Redis does not take part (${error.message}): the vendor's limits are kept by this process alone`,
      hint: 'Other machines may use the same limits at the same time until Redis takes part again.',
    });
  };
  const prefix = `${cache.prefix}${provider}:${model}:`;
  const gate =
    control === undefined ? local : createSharedGate({ ...limits, ...control, prefix, local, clock, onRefused });
  const isKnown = limits.requestsPerMinute !== undefined && limits.tokensPerMinute !== undefined;
  return isKnown ? gate : slowStart(gate, isOwnServer(providerOf(provider), baseUrl) ? { firstCalls: 1 } : {});
}

async function within(ms: number, work: Promise<void>, clock: Clock): Promise<void> {
  const done = new AbortController();
  const tooLong = clock.sleep(ms, done.signal).catch(() => {}); // ended early when the work is done
  await Promise.race([work, tooLong]);
  done.abort();
}

const MESSAGES = {
  all: {
    open: '% does not answer; the file serves as the cache until it does',
    closed: '% answers again; what was written meanwhile is pushed to it',
  },
  writes: {
    open: '% takes no more entries; the file keeps new ones until it does',
    closed: '% takes entries again; what was written meanwhile is pushed to it',
  },
} as const;
