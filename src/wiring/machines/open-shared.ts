import type { Settings } from '../../config/schema.ts';
import type { Clock, Emit, Logger } from '../../core/ports.ts';
import type { SharedControl } from '../../core/shared-control.ts';
import { Cache, type SharedState } from '../../services/cache/cache.ts';
import { isOwnServer, type ProviderChoice } from '../../services/models/choose-provider.ts';
import { createRateGate, type RateGate } from '../../services/models/limits/rate-gate.ts';
import { createSharedGate } from '../../services/models/limits/shared-gate.ts';
import { slowStart } from '../../services/models/limits/slow-start.ts';
import { providerOf } from '../../services/models/providers.ts';
import type { StateFile } from '../../services/sqlite/open-state-file.ts';
import type { HostLimits } from '../../stages/crawl/hosts/host-limits.ts';
import { openSharedHostLimits } from '../../stages/crawl/hosts/shared-host-limits.ts';
import { type Breaker, createBreaker } from '../../util/async/breaker.ts';
import type { Disposer } from '../../util/disposer.ts';
import { storeKindOf } from './shared-stores.ts';

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
  /** Vendor limits, the money cap, the list of workers. Absent where the store cannot share them. */
  readonly control?: { readonly control: SharedControl; readonly health: Breaker };
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
  const kind = storeKindOf(redisUrl);
  const [opened, shared] = await Promise.all([
    kind.openCache(redisUrl, { ...connect, prefix: cachePrefix({ cache }) }),
    kind.openControl(redisUrl, cache.prefix, connect),
  ]);
  disposer.use(opened);
  disposer.defer(shared.close);
  const { store } = opened;
  const tell = ({ state, of, cause }: SharedState) => {
    logger.debug({ error: cause }, 'shared store');
    emit({
      type: 'cache:state',
      tier: store.opts.dialect,
      state,
      message: MESSAGES[of][state].replace('%', kind.name),
    });
  };
  const health = createBreaker({
    clock,
    probe: () => store.ping(),
    onChange: (state, cause) => tell({ state, of: 'all', cause }),
  });
  if (!shared.isThere || (opened.redis !== undefined && opened.redis.status !== 'ready'))
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
  const { control, because } = shared;
  if (because !== undefined) {
    const { code, message, hint = '' } = because;
    emit({ type: 'run:warning', code, message: `${message}: limits are kept by this process alone`, hint });
  }
  if (control === undefined) return { cache: sharing };
  const limits = openSharedHostLimits({
    control,
    health,
    answerMs: cache.timeoutMs,
    perHost: crawl.perHost,
    timeoutMs: crawl.timeoutMs,
    clock,
    emit,
  });
  return { cache: sharing, limits: disposer.use(limits), control: { control, health } };
}

/** The queue, limits and budgets use the same key prefix. */
export function cachePrefix({ cache }: Pick<Settings, 'cache'>): string {
  return `${cache.prefix}cache:`;
}

/** One rate gate per vendor, shared by all machines where they share a store. */
export function openGate(
  { limits }: Settings,
  { provider, model, baseUrl }: ProviderChoice,
  { control, clock, emit }: { readonly control: Shared['control'] } & Pick<OpenSharedOptions, 'clock' | 'emit'>,
): RateGate {
  const local = createRateGate({ ...limits, clock });
  const onRefused = (error: Error) => {
    emit({
      type: 'run:warning',
      code: 'STORE_UNREACHABLE',
      message: `${control?.control.store} does not take part (${error.message}): the vendor's limits are kept by this process alone`,
      hint: 'Other machines may use the same limits at the same time until Redis takes part again.',
    });
  };
  const name = `${provider}:${model}:`;
  const gate =
    control === undefined ? local : createSharedGate({ ...limits, ...control, name, local, clock, onRefused });
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
