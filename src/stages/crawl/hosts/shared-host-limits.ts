/** Per-host limits shared by all processes on one Redis; while Redis does not respond, each process applies its own. */

import type { Clock, Emit } from '../../../core/ports.ts';
import { answeredWithin } from '../../../util/async/answered-within.ts';
import type { Breaker } from '../../../util/async/breaker.ts';
import { type HostLimits, type HostTurn, openHostLimits } from './host-limits.ts';
import { type DuplicableRedis, openSharedLimiters, type SharedHost } from './shared-limiters.ts';

/** The part of an ioredis client that is used here, beside Bottleneck. */
export interface SharedRedis extends DuplicableRedis {
  set(key: string, value: string, px: 'PX', ms: number): Promise<unknown>;
  pttl(key: string): Promise<number>;
}

export interface SharedHostLimitsOptions {
  /** An ioredis client, not owned; a duplicate is opened and closed here. */
  readonly redis: SharedRedis;
  /** Circuit breaker of this Redis, shared by all its users. */
  readonly health: Breaker;
  /** Timeout of one Redis request. */
  readonly answerMs: number;
  readonly perHost: number;
  /** Key prefix in Redis. */
  readonly prefix: string;
  /** Maximum duration of one request; the slot of a dead process is free after it. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
}

const POLL_MS = 100;
const SPARE_MS = 5000;

export function openSharedHostLimits({
  redis: lent,
  health,
  answerMs,
  perHost,
  prefix,
  timeoutMs,
  clock,
  emit,
}: SharedHostLimitsOptions): HostLimits {
  const limiters = openSharedLimiters({ redis: lent, id: `${prefix}crawl`, isWell: () => health.allows(), clock });
  const { redis } = limiters;
  const local = openHostLimits({ perHost });
  let warned = false;

  /** Reported once. `health` already knows about outages; a refusal (full, read only) is a response and does not open the breaker. */
  function warn(error: unknown): void {
    if (warned) return;
    warned = true;
    emit({
      type: 'run:warning',
      code: 'STORE_UNREACHABLE',
      message: `Redis does not ${isRefusal(error) ? `take part (${error.message})` : 'answer'}: limits per host are kept by this process alone`,
      hint: 'Other machines may ask the same hosts at the same time until Redis is back.',
    });
  }

  /** Calls Redis with a timeout; late results are ignored. `since`: when the caller began to wait. */
  async function answered<T>(call: PromiseLike<T>, since = clock.monotonic()): Promise<T> {
    try {
      return await answeredWithin(health.unlessLost(Promise.resolve(call)), { ms: answerMs, who: 'Redis', clock });
    } catch (error) {
      if (!isRefusal(error)) health.failed(error, since);
      throw error;
    }
  }

  async function readyHost(host: string, gapMs: number): Promise<SharedHost> {
    const shared = limiters.of(host);
    if (shared.gapMs !== gapMs) {
      await answered(
        Promise.resolve(shared.limiter.updateSettings({ maxConcurrent: gapMs > 0 ? 1 : perHost, minTime: gapMs })),
      );
      shared.gapMs = gapMs;
    }
    return shared;
  }

  /** Waits, without a slot, until Redis reports that the host may be contacted. */
  async function whenLikely(
    host: string,
    gapMs: number,
    { limiter }: SharedHost,
    { park, signal }: HostTurn,
  ): Promise<void> {
    const pollMs = Math.max(POLL_MS / 4, Math.min(POLL_MS, gapMs / 4));
    for (;;) {
      signal.throwIfAborted();
      const heldMs = await heldFor(host, gapMs);
      if (heldMs <= 0 && (await answered(limiter.check()))) return;
      await park(() => clock.sleep(Math.max(heldMs, pollMs), signal));
    }
  }

  /** Remaining time in which the host must not be contacted: a requested pause, or the delay after the last request. */
  async function heldFor(host: string, gapMs: number): Promise<number> {
    const ttls = await answered(Promise.all([redis.pttl(holdKey(host)), gapMs > 0 ? redis.pttl(restKey(host)) : -1]));
    return Math.max(...ttls);
  }

  /**
   * The turn in Redis is taken inside `schedule`; `send` itself answers its caller, so that a Redis that dies meanwhile loses no page.
   * Gives nothing when other machines were there first, and the host rests or they hold it for long. The gap counts from a request's end: a machine that was
   * busy may send late, and what the host sees between two requests must not get shorter by that.
   */
  async function takeTurn<T>(
    host: string,
    { limiter, waiting }: SharedHost,
    gapMs: number,
    send: () => Promise<T>,
  ): Promise<{ readonly sent: Promise<T> } | undefined> {
    let abandoned = false;
    let refuse: (error: unknown) => void = () => {};
    const started = new Promise<{ readonly sent: Promise<T> } | undefined>((resolve, reject) => {
      refuse = (error) => {
        if (waiting.delete(refuse) && !isRefusal(error)) health.failed(error);
        reject(error); // no effect once the turn has begun
      };
      waiting.add(refuse);
      const job = async () => {
        if (gapMs > 0 && (await heldFor(host, gapMs)) > 0) return resolve(undefined);
        if (abandoned) return;
        const sent = send();
        resolve({ sent });
        await sent.catch(() => {}); // handled by the caller
        if (gapMs > 0) await answered(redis.set(restKey(host), '1', 'PX', gapMs)).catch(warn);
      };
      limiter.schedule({ expiration: timeoutMs + SPARE_MS }, job).catch(refuse);
    });
    started.catch(() => {}); // raced below, or already settled
    const watch = new AbortController();
    const patience = untilSilent(gapMs + SPARE_MS, watch.signal);
    patience.catch(() => {}); // raced below, or no longer needed
    try {
      const turn = await Promise.race([started, patience]);
      abandoned = turn === undefined;
      return turn;
    } catch (error) {
      abandoned = true;
      throw error;
    } finally {
      waiting.delete(refuse);
      watch.abort();
    }
  }

  /** Others may hold the turn for a long time, so poll whether Redis still responds. Throws when it does not; ends after the timeout. */
  async function untilSilent(ms: number, signal: AbortSignal): Promise<undefined> {
    const giveUpAt = clock.monotonic() + ms;
    let heardAt = clock.monotonic();
    while (clock.monotonic() < giveUpAt) {
      await answered(redis.pttl(`${prefix}crawl:watch`), heardAt);
      heardAt = clock.monotonic();
      await clock.sleep(answerMs / 5, signal);
    }
    return undefined;
  }

  async function trySchedule<T>(
    host: string,
    gapMs: number,
    send: () => Promise<T>,
    turn: HostTurn,
  ): Promise<{ readonly sent: Promise<T> } | undefined> {
    if (!health.allows()) return undefined;
    try {
      const shared = await readyHost(host, gapMs);
      for (;;) {
        await whenLikely(host, gapMs, shared, turn);
        const taken = await takeTurn(host, shared, gapMs, send);
        health.succeeded();
        if (taken !== undefined) return taken;
      }
    } catch (error) {
      turn.signal.throwIfAborted();
      warn(error);
      return undefined;
    }
  }

  function holdKey(host: string): string {
    return `${prefix}crawl:hold:${host}`;
  }

  function restKey(host: string): string {
    return `${prefix}crawl:rest:${host}`;
  }

  return {
    async schedule(host, gapMs, send, turn) {
      const taken = await trySchedule(host, gapMs, send, turn);
      return taken === undefined ? local.schedule(host, gapMs, send, turn) : taken.sent;
    },
    hold(host, ms) {
      if (!health.allows() || ms <= 0) return;
      redis.set(holdKey(host), '1', 'PX', Math.ceil(ms)).catch(() => {}); // this process applies the pause anyway
    },
    async [Symbol.asyncDispose]() {
      await local[Symbol.asyncDispose]();
      await limiters[Symbol.asyncDispose]();
    },
  };
}

/** Redis responds but refuses: full, read only. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
