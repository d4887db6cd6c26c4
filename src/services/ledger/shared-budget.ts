import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';

/** The part of an ioredis client that is used here. */
export interface BudgetRedis {
  eval(script: string, keys: number, ...values: (string | number)[]): Promise<unknown>;
}

export interface SharedBudgetOptions {
  /** Lent; whoever opened it closes it. */
  readonly redis: BudgetRedis;
  readonly prefix: string;
  readonly clock: Clock;
  /** How long others wait for what a call may give back: longer than any call takes. @default 960000 */
  readonly leaseMs?: number;
}

/** The money cap of one run, kept over all machines that work for it. */
export interface SharedBudget {
  /** Sets the worst case aside; waits while others may give some back, and for no longer than a call can take. Throws `BUDGET_REACHED`, and `STORE_UNREACHABLE` while Redis is away. */
  reserve(runId: string, callId: string, worstUsd: number, capUsd: number, signal: AbortSignal): Promise<void>;
  /** What it came to; undefined keeps the worst case as spent. */
  settle(runId: string, callId: string, costUsd: number | undefined): Promise<void>;
}

/**
 * Amounts of calls by id, set aside and spent: a call that is made again after a crash replaces its own reservation and never adds a second one.
 * A reservation stays until it is settled, but who is at the cap waits only for those whose time (Redis' own) is not over: a dead worker gives nothing back.
 */
const RESERVE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lost = redis.call('HGET', KEYS[1], ARGV[1])
if lost then
  redis.call('HINCRBYFLOAT', KEYS[2], ARGV[1], string.match(lost, '^%S+'))
  redis.call('HDEL', KEYS[1], ARGV[1])
end
local taken = 0
local mayComeBack = false
for _, value in ipairs(redis.call('HVALS', KEYS[1])) do
  local amount, leaseUntil = string.match(value, '^(%S+) (%S+)$')
  taken = taken + tonumber(amount)
  if tonumber(leaseUntil) > now then mayComeBack = true end
end
for _, value in ipairs(redis.call('HVALS', KEYS[2])) do taken = taken + tonumber(value) end
if taken + tonumber(ARGV[2]) > tonumber(ARGV[3]) + 1e-9 then
  if mayComeBack then return 'wait' end
  return 'no ' .. tostring(taken)
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. string.format('%.0f', now + ARGV[5]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 'yes'`;

const SETTLE = `
local reserved = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
local cost = ARGV[2]
if cost == '' then cost = reserved and string.match(reserved, '^%S+') or '0' end
redis.call('HINCRBYFLOAT', KEYS[2], ARGV[1], cost)
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return cost`;

const KEEP_MS = 7 * 86_400_000;
const LOOK_AGAIN_MS = 200;
/** A flex call is given up after 15 minutes. */
const LEASE_MS = 16 * 60_000;

export function openSharedBudget({ redis, prefix, clock, leaseMs = LEASE_MS }: SharedBudgetOptions): SharedBudget {
  const keysOf = (runId: string) =>
    [`${prefix}budget:{${runId}}:reserved`, `${prefix}budget:{${runId}}:spent`] as const;
  const ask = async (script: string, ...values: (string | number)[]): Promise<string> => {
    try {
      return String(await redis.eval(script, 2, ...values));
    } catch (cause) {
      throw new BloggerError('The money cap is kept in Redis, but it does not answer', {
        code: 'STORE_UNREACHABLE',
        hint: 'It is tried again.',
        cause,
      });
    }
  };
  return {
    async reserve(runId, callId, worstUsd, capUsd, signal) {
      for (;;) {
        signal.throwIfAborted();
        const answer = await ask(RESERVE, ...keysOf(runId), callId, worstUsd, capUsd, KEEP_MS, leaseMs);
        if (answer === 'yes') return;
        if (answer !== 'wait') {
          throw new BloggerError(
            `The next call may cost $${worstUsd.toFixed(5)}, and $${Number(answer.slice(3)).toFixed(5)} of the $${capUsd} that this run may spend are spent`,
            {
              code: 'BUDGET_REACHED',
              hint: 'What is written is saved. Raise --max-cost and run the same command again to go on.',
            },
          );
        }
        await clock.sleep(LOOK_AGAIN_MS, signal);
      }
    },
    async settle(runId, callId, costUsd) {
      await ask(SETTLE, ...keysOf(runId), callId, costUsd ?? '', KEEP_MS);
    },
  };
}
