import type { Settings } from '../../config/schema.ts';
import type { SharedControl } from '../../core/ports/shared-control.ts';
import type { Clock, Emit, Logger } from '../../core/ports.ts';
import { Cache, type SharedState } from '../../services/cache/cache.ts';
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
  /** Vendor limits, the spending cap, the list of workers. Absent if the store cannot share them. */
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
  const notify = announceState({ emit, logger, tier: store.opts.dialect, name: kind.name });
  const health = createBreaker({
    clock,
    probe: () => store.ping(),
    onChange: (state, cause) => notify({ state, of: 'all', cause }),
  });
  if (!shared.isThere || (opened.redis !== undefined && opened.redis.status !== 'ready'))
    health.failed(undefined, since);
  const sharing = new Cache({
    ...sizes,
    db,
    clock,
    shared: store,
    health,
    onState: notify,
    onError: (tier, error) => logger.debug({ tier, error }, 'cache tier failed'),
  });
  disposer.defer(() => within(PUSH_MS, sharing.settled(), clock));
  const { control, because } = shared;
  if (because !== undefined) {
    const { code, message, hint = '' } = because;
    emit({ type: 'run:warning', code, message: `${message}: limits apply to this process only`, hint });
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

/** Emits each change of the store's state. */
function announceState({
  emit,
  logger,
  tier,
  name,
}: Pick<OpenSharedOptions, 'emit' | 'logger'> & { readonly tier: string; readonly name: string }) {
  return ({ state, of, cause }: SharedState) => {
    logger.debug({ error: cause }, 'shared store');
    emit({ type: 'cache:state', tier, state, message: MESSAGES[of][state].replace('%', name) });
  };
}

async function within(ms: number, work: Promise<void>, clock: Clock): Promise<void> {
  const done = new AbortController();
  const tooLong = clock.sleep(ms, done.signal).catch(() => {}); // aborted when the work is done
  await Promise.race([work, tooLong]);
  done.abort();
}

const MESSAGES = {
  all: {
    open: '% does not respond; the local file is the cache until it does',
    closed: '% responds again; entries written in the meantime are pushed to it',
  },
  writes: {
    open: '% accepts no more entries; the local file keeps new ones until it does',
    closed: '% accepts entries again; entries written in the meantime are pushed to it',
  },
} as const;
