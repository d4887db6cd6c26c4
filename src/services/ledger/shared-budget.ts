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
}

/** The money cap of one run, kept over all machines that work for it. */
export interface SharedBudget {
  /** Sets the worst case aside; waits while others may give some back. Throws `BUDGET_REACHED`, and `STORE_UNREACHABLE` while Redis is away. */
  reserve(runId: string, callId: string, worstUsd: number, capUsd: number, signal: AbortSignal): Promise<void>;
  /** What it came to; undefined keeps the worst case as spent. */
  settle(runId: string, callId: string, costUsd: number | undefined): Promise<void>;
}

/** Amounts of calls by id, set aside and spent: a call that is made again after a crash replaces its own reservation and never adds a second one. */
const RESERVE = `
local function sum(key)
  local total = 0
  for _, value in ipairs(redis.call('HVALS', key)) do total = total + tonumber(value) end
  return total
end
local lost = redis.call('HGET', KEYS[1], ARGV[1])
if lost then
  redis.call('HINCRBYFLOAT', KEYS[2], ARGV[1], lost)
  redis.call('HDEL', KEYS[1], ARGV[1])
end
local reserved = sum(KEYS[1])
local spent = sum(KEYS[2])
if reserved + spent + tonumber(ARGV[2]) > tonumber(ARGV[3]) + 1e-9 then
  if reserved > 0 then return 'wait' end
  return 'no ' .. tostring(spent)
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 'yes'`;

const SETTLE = `
local reserved = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
local cost = ARGV[2]
if cost == '' then cost = reserved or '0' end
redis.call('HINCRBYFLOAT', KEYS[2], ARGV[1], cost)
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return cost`;

const KEEP_MS = 7 * 86_400_000;
const LOOK_AGAIN_MS = 200;

export function openSharedBudget({ redis, prefix, clock }: SharedBudgetOptions): SharedBudget {
  const keysOf = (runId: string) => [`${prefix}budget:{${runId}}:reserved`, `${prefix}budget:{${runId}}:spent`] as const;
  const ask = async (script: string, ...values: (string | number)[]): Promise<string> => {
    try {
      return String(await redis.eval(script, 2, ...values));
    } catch (cause) {
      throw new BloggerError('The money cap is kept in Redis, but it does not answer', { code: 'STORE_UNREACHABLE', hint: 'It is tried again.', cause });
    }
  };
  return {
    async reserve(runId, callId, worstUsd, capUsd, signal) {
      for (;;) {
        signal.throwIfAborted();
        const answer = await ask(RESERVE, ...keysOf(runId), callId, worstUsd, capUsd, KEEP_MS);
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
