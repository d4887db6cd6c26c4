import type { Clock } from '../../../core/ports.ts';
import type { Breaker } from '../../../util/async/breaker.ts';
import type { RateGate } from './rate-gate.ts';
import type { LimitState } from './read-limits.ts';

/** The part of an ioredis client that is used here. */
export interface GateRedis {
  eval(script: string, keys: number, ...values: (string | number)[]): Promise<unknown>;
  set(key: string, value: string, px: 'PX', ms: number): Promise<unknown>;
  pttl(key: string): Promise<number>;
}

export interface SharedGateOptions {
  /** Lent; whoever opened it closes it. */
  readonly redis: GateRedis;
  /** Knows whether Redis is well; fed and asked by all who use the same one. */
  readonly health: Breaker;
  /** Before every key in Redis; the same for all that share the vendor's limits. */
  readonly prefix: string;
  /** What this process keeps to by itself, also while Redis is away. */
  readonly local: RateGate;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly clock: Clock;
  /** Told once when Redis answers but takes no part (full, read only): until it does, this process keeps the limits alone. */
  readonly onRefused?: (error: Error) => void;
}

/** Room left for clocks that differ. */
const SHARE = 0.97;
const MOST_WAIT_MS = 5000;
/** A Redis that refused is left alone for so long; the local gate holds meanwhile. */
const BREAK_MS = 10_000;

/** A token bucket in Redis: takes the amount and answers 0, or answers the milliseconds until there may be room. Redis' own clock counts. */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local rate = tonumber(ARGV[1]) / 60000
local most = tonumber(ARGV[1])
local amount = math.min(tonumber(ARGV[2]), most)
local level = tonumber(redis.call('HGET', KEYS[1], 'level') or most)
local at = tonumber(redis.call('HGET', KEYS[1], 'at') or now)
level = math.min(most, level + (now - at) * rate)
local wait = 0
if level >= amount then level = level - amount else wait = math.ceil((amount - level) / rate) end
redis.call('HSET', KEYS[1], 'level', level, 'at', now)
redis.call('PEXPIRE', KEYS[1], 120000)
return wait`;

/** Lowers what a bucket holds to what is left at most. */
const LOWER = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local rate = tonumber(ARGV[1]) / 60000
local most = tonumber(ARGV[1])
local level = tonumber(redis.call('HGET', KEYS[1], 'level') or most)
local at = tonumber(redis.call('HGET', KEYS[1], 'at') or now)
level = math.min(most, level + (now - at) * rate, tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], 'level', level, 'at', now)
redis.call('PEXPIRE', KEYS[1], 120000)
return 0`;

/** A gate that all machines on one Redis pass together; each keeps its own as well, which is what holds while Redis is away. */
export function createSharedGate({
  redis,
  health,
  prefix,
  local,
  requestsPerMinute,
  tokensPerMinute,
  clock,
  onRefused = () => {},
}: SharedGateOptions): RateGate {
  const limits = { requests: requestsPerMinute, tokens: tokensPerMinute };
  let brokenUntil = 0;
  let told = false;

  function refused(error: Error): void {
    brokenUntil = clock.monotonic() + BREAK_MS;
    if (!told) onRefused(error);
    told = true;
  }

  async function answered(ask: () => Promise<unknown>): Promise<number> {
    if (clock.monotonic() < brokenUntil || !health.allows()) return 0;
    const since = clock.monotonic();
    try {
      const answer = Number(await health.unlessLost(ask()));
      health.succeeded();
      return answer;
    } catch (error) {
      if (isRefusal(error)) refused(error);
      else health.failed(error, since);
      return 0;
    }
  }

  async function take(kind: keyof typeof limits, amount: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const limit = limits[kind];
      if (limit === undefined) return;
      signal.throwIfAborted();
      const waitMs = await answered(() => redis.eval(TAKE, 1, `${prefix}gate:${kind}`, limit * SHARE, amount));
      if (!(waitMs > 0)) return;
      await clock.sleep(Math.min(waitMs, MOST_WAIT_MS), signal);
    }
  }

  /** What the vendor has left is the most that all machines have; whether there is more than they think, only each alone can tell. */
  async function learn(
    kind: keyof typeof limits,
    fixed: number | undefined,
    state: LimitState | undefined,
  ): Promise<void> {
    if (state === undefined) return;
    const limit = Math.min(fixed ?? state.limit, state.limit);
    limits[kind] = limit;
    await answered(() => redis.eval(LOWER, 1, `${prefix}gate:${kind}`, limit * SHARE, state.remaining));
  }

  async function waitForPause(signal: AbortSignal): Promise<void> {
    for (;;) {
      const leftMs = await answered(() => redis.pttl(`${prefix}gate:pause`));
      if (leftMs <= 0) return;
      await clock.sleep(leftMs, signal);
    }
  }

  return {
    async pass(call, make, signal) {
      await waitForPause(signal);
      await take('requests', 1, signal);
      await take('tokens', call.tokens, signal);
      await waitForPause(signal);
      return local.pass(call, make, signal);
    },
    async report(callId, report) {
      await Promise.all([
        learn('requests', requestsPerMinute, report.requests),
        learn('tokens', tokensPerMinute, report.tokens),
        local.report(callId, report),
      ]);
    },
    pause(ms) {
      local.pause(ms);
      if (!health.allows()) return;
      redis.set(`${prefix}gate:pause`, '1', 'PX', Math.ceil(ms)).catch(() => {}); // this process pauses anyway
    },
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

/** Redis is there, but says no (full, another kind of key): nobody waits for that, and it says nothing of its health. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
