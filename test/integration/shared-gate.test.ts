import { describe, expect, inject, it } from 'vitest';
import { createRateGate, type RateGate } from '../../src/services/models/limits/rate-gate.ts';
import { createSharedGate } from '../../src/services/models/limits/shared-gate.ts';
import { isOneServer, openRedis } from '../../src/services/redis/open-redis.ts';
import { createBreaker } from '../../src/util/async/breaker.ts';
import { systemClock } from '../../src/util/clock.ts';
import { openRedisServer, type RedisServer } from '../helpers/redis-server.ts';

const PER_MINUTE = 60;
/** A full bucket, of which three in a hundred are left for others. */
const BURST = Math.floor(PER_MINUTE * 0.97);
const never = new AbortController().signal;

/** A machine's gate, as the program opens it. */
async function openMachine({ url }: Pick<RedisServer, 'url'>): Promise<RateGate> {
  const redis = await openRedis(url, { timeoutMs: 500 });
  if (!isOneServer(redis)) throw new Error(`one server was expected at ${url}`);
  const limits = { requestsPerMinute: PER_MINUTE, tokensPerMinute: 1_000_000 };
  const health = createBreaker({ clock: systemClock, probe: async () => {} });
  const gate = createSharedGate({
    ...limits,
    redis,
    health,
    prefix: 'test:',
    local: createRateGate({ ...limits, clock: systemClock }),
    clock: systemClock,
  });
  return {
    ...gate,
    async [Symbol.asyncDispose]() {
      await gate[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}

/** A machine that is busy takes its time; in this time a bucket gives a quarter of a burst more, and not another one. */
const PATIENCE_MS = 15_000;

/** How many calls the machines have got through together `ms` after they got through `first` of them, or when patience is at its end. */
async function callsIn(ms: number, machines: readonly RateGate[], first = 0): Promise<number> {
  const stop = new AbortController();
  let calls = 0;
  const keepCalling = async (gate: RateGate) => {
    while (!stop.signal.aborted) {
      await gate.pass(
        { id: `call-${calls}`, tokens: 1 },
        async () => {
          calls += 1;
        },
        stop.signal,
      );
    }
  };
  const callers = machines.flatMap((gate) => Array.from({ length: 20 }, () => keepCalling(gate).catch(() => {}))); // ended by the signal
  await expect.poll(() => calls, { timeout: PATIENCE_MS, interval: 20 }).toBeGreaterThanOrEqual(first);
  await systemClock.sleep(ms, never);
  stop.abort(new Error('time is up'));
  await Promise.all(callers);
  return calls;
}

describe.skipIf(inject('redisServer') === '')('what a vendor allows, through Redis', () => {
  it('is kept by two machines together', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using first = await openMachine(redis);
    await using second = await openMachine(redis);

    const calls = await callsIn(200, [first, second], BURST);

    expect(calls).toBeLessThan(BURST * 1.5); // a bucket for each would be twice as much
  });

  it('lets what one machine is told by the vendor hold the other', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using first = await openMachine(redis);
    await using second = await openMachine(redis);
    await first.report('call', { requests: { limit: PER_MINUTE, remaining: 3 } });

    expect(await callsIn(300, [second])).toBeLessThanOrEqual(6); // and not a whole bucket
  });

  it('lets a 429 that one machine met hold the other', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using first = await openMachine(redis);
    await using second = await openMachine(redis);
    first.pause(20_000);
    await systemClock.sleep(100, never);

    expect(await callsIn(300, [second])).toBe(0);
  });

  it('is kept by each machine alone while Redis is away', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using first = await openMachine(redis);
    await using second = await openMachine(redis);
    await redis.stop();

    const calls = await callsIn(200, [first, second], 2 * BURST);

    expect(calls).toBeLessThan(2 * BURST * 1.5);
  });
});
