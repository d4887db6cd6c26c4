/** Shared limits, budgets and workers in Redis: each operation is one Lua script. */

import type { SharedControl } from '../../core/ports/shared-control.ts';

/** The part of an ioredis client that is used here. */
export interface ControlRedis {
  eval(script: string, keys: number, ...values: (string | number)[]): Promise<unknown>;
  set(key: string, value: string, px: 'PX', ms: number): Promise<unknown>;
  pttl(key: string): Promise<number>;
  hdel(key: string, field: string): Promise<unknown>;
}

/** `now` is Redis' clock in milliseconds. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** `level`: current level of a bucket; ARGV: its capacity (one minute). */
const LEVEL = `${NOW}
local rate = tonumber(ARGV[1]) / 60000
local most = tonumber(ARGV[1])
local level = tonumber(redis.call('HGET', KEYS[1], 'level') or most)
local at = tonumber(redis.call('HGET', KEYS[1], 'at') or now)
level = math.min(most, level + (now - at) * rate)
`;

const KEEP_LEVEL = `
redis.call('HSET', KEYS[1], 'level', level, 'at', now)
redis.call('PEXPIRE', KEYS[1], 120000)
`;

const TAKE = `${LEVEL}
local amount = math.min(tonumber(ARGV[2]), most)
local wait = 0
if level >= amount then level = level - amount else wait = math.ceil((amount - level) / rate) end
${KEEP_LEVEL}
return wait`;

const LOWER = `${LEVEL}
level = math.min(level, tonumber(ARGV[2]))
${KEEP_LEVEL}
return 0`;

const ENTER = `${NOW}
local wait = math.max(redis.call('PTTL', KEYS[2]), redis.call('PTTL', KEYS[3]))
if wait > 0 then return wait end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) and not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return -1 end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 0`;

const LEAVE = `
redis.call('ZREM', KEYS[1], ARGV[1])
if tonumber(ARGV[2]) > 0 then redis.call('SET', KEYS[2], '1', 'PX', ARGV[2]) end
return 0`;

/** A call that is reserved again after a crash may have been paid for: its first reservation counts as spent. */
const RESERVE = `${NOW}
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

const REPORT = `${NOW}
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now + ARGV[3]) .. ' ' .. ARGV[2])
return 0`;

const ALL = `${NOW}
local there = {}
local rows = redis.call('HGETALL', KEYS[1])
for i = 1, #rows, 2 do
  local leaseUntil, state = string.match(rows[i + 1], '^(%S+) (.*)$')
  if tonumber(leaseUntil) > now then there[#there + 1] = state else redis.call('HDEL', KEYS[1], rows[i]) end
end
return there`;

/** `prefix` is prepended to every key. The connection is not owned. */
export function createRedisControl(redis: ControlRedis, prefix: string): SharedControl {
  const holdKey = (host: string) => `${prefix}crawl:hold:${host}`;
  const restKey = (host: string) => `${prefix}crawl:rest:${host}`;
  const placesKey = (host: string) => `${prefix}crawl:places:${host}`;
  const moneyKeys = (runId: string) =>
    [`${prefix}budget:{${runId}}:reserved`, `${prefix}budget:{${runId}}:spent`] as const;
  const rosterKey = `${prefix}roster`;
  return {
    store: 'Redis',
    gate: {
      take: async (key, perMinute, amount) => Number(await redis.eval(TAKE, 1, prefix + key, perMinute, amount)),
      lower: async (key, perMinute, remaining) => void (await redis.eval(LOWER, 1, prefix + key, perMinute, remaining)),
      hold: async (key, ms) => void (await redis.set(prefix + key, '1', 'PX', Math.ceil(ms))),
      heldMs: (key) => redis.pttl(prefix + key),
    },
    places: {
      enter: async (host, { id, places, leaseMs }) =>
        Number(await redis.eval(ENTER, 3, placesKey(host), restKey(host), holdKey(host), id, places, leaseMs)),
      leave: async (host, id, restMs) =>
        void (await redis.eval(LEAVE, 2, placesKey(host), restKey(host), id, Math.ceil(restMs))),
      hold: async (host, ms) => void (await redis.set(holdKey(host), '1', 'PX', Math.ceil(ms))),
    },
    budget: {
      async reserve({ runId, callId, worstUsd, capUsd, keepMs, leaseMs }) {
        const values = [callId, worstUsd, capUsd, keepMs, leaseMs];
        const answer = String(await redis.eval(RESERVE, 2, ...moneyKeys(runId), ...values));
        if (answer === 'yes') return 'reserved';
        return answer === 'wait' ? 'wait' : { takenUsd: Number(answer.slice(3)) };
      },
      async settle(runId, callId, costUsd, keepMs) {
        await redis.eval(SETTLE, 2, ...moneyKeys(runId), callId, costUsd ?? '', keepMs);
      },
    },
    roster: {
      report: async (id, state, keepMs) => void (await redis.eval(REPORT, 1, rosterKey, id, state, keepMs)),
      all: async () => (await redis.eval(ALL, 1, rosterKey)) as string[],
      leave: async (id) => void (await redis.hdel(rosterKey, id)),
    },
    isRefusal: (error): error is Error => error instanceof Error && error.name === 'ReplyError',
  };
}
