import type { Redis } from 'ioredis';
import { describe, expect, inject, it } from 'vitest';
import { isOneServer, openRedis } from '../../src/services/redis/open-redis.ts';
import { type HostLimits, type HostTurn, openHostLimits } from '../../src/stages/crawl/hosts/host-limits.ts';
import { openSharedHostLimits } from '../../src/stages/crawl/hosts/shared-host-limits.ts';
import { createBreaker } from '../../src/util/async/breaker.ts';
import { systemClock } from '../../src/util/clock.ts';
import { collectEvents } from '../helpers/fakes.ts';
import { openRedisServer } from '../helpers/redis-server.ts';

const turn: HostTurn = { park: (wait) => wait(), signal: new AbortController().signal };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Both machines send `each` requests to one host; tells how many were in flight at once and how long it was from the first start to the last. */
async function sendFromBoth(
  machines: readonly HostLimits[],
  gapMs: number,
  each = 5,
): Promise<{ readonly most: number; readonly spanMs: number; readonly sent: number }> {
  let inFlight = 0;
  let most = 0;
  const starts: number[] = [];
  const send = async () => {
    starts.push(performance.now());
    inFlight += 1;
    most = Math.max(most, inFlight);
    await sleep(30);
    inFlight -= 1;
  };
  await Promise.all(
    machines.flatMap((limits) => Array.from({ length: each }, () => limits.schedule('example.org', gapMs, send, turn))),
  );
  return { most, spanMs: Math.max(...starts) - Math.min(...starts), sent: starts.length };
}

describe.skipIf(inject('redisServer') === '')('limits per host through Redis', () => {
  /** As the program opens it: on a connection that was made by `openRedis`. */
  async function open({ url }: { readonly url: string }, heard = collectEvents()): Promise<HostLimits> {
    const redis = await openRedis(url, { timeoutMs: 2000, patient: true });
    if (!isOneServer(redis)) throw new Error(`one server was expected at ${url}`);
    const health = createBreaker({ clock: systemClock, probe: async () => {} });
    const limits = openSharedHostLimits({
      redis,
      health,
      answerMs: 2000,
      perHost: 2,
      prefix: 'test:',
      timeoutMs: 2000,
      clock: systemClock,
      emit: heard.emit,
    });
    return {
      ...limits,
      async [Symbol.asyncDispose]() {
        await limits[Symbol.asyncDispose]();
        redis.disconnect();
      },
    };
  }

  it('keeps two machines together under perHost', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using first = await open(redis);
    await using second = await open(redis);

    const { most, sent } = await sendFromBoth([first, second], 0);

    expect([most, sent]).toEqual([2, 10]);
  });

  it('without Redis two machines do exceed it', async () => {
    await using first = openHostLimits({ perHost: 2 });
    await using second = openHostLimits({ perHost: 2 });

    expect((await sendFromBoth([first, second], 0)).most).toBe(4);
  });

  it('keeps the gap between two starts across machines', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using first = await open(redis);
    await using second = await open(redis);

    // Five gaps of 120 ms; with a gap for each machine alone there would be two.
    expect((await sendFromBoth([first, second], 120, 3)).spanMs).toBeGreaterThanOrEqual(5 * 119);
  });

  it('lets a pause that one machine was asked for hold the other', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using first = await open(redis);
    await using second = await open(redis);
    await second.schedule('example.org', 0, async () => {}, turn);
    first.hold('example.org', 800);
    await sleep(30);
    const startedAt = performance.now();

    await second.schedule('example.org', 0, async () => {}, turn);

    expect(performance.now() - startedAt).toBeGreaterThan(120);
  });

  it('goes on by itself, with one warning, when Redis dies', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    const heard = collectEvents();
    await using limits = await open(redis, heard);
    await sendFromBoth([limits], 0);
    void redis.stop();

    const { most, sent } = await sendFromBoth([limits], 0);

    // A busy machine may never get to two at once.
    expect(most).toBeLessThanOrEqual(2);
    expect(sent).toBe(5);
    expect(heard.of('run:warning').map(({ code }) => code)).toEqual(['STORE_UNREACHABLE']);
  });

  it.each([
    [
      'takes no writes',
      'READONLY',
      (admin: Redis) => admin.replicaof('127.0.0.1', 1),
      (admin: Redis) => admin.replicaof('NO', 'ONE'),
    ],
    [
      'is full',
      'OOM',
      (admin: Redis) => admin.config('SET', 'maxmemory', '1'),
      (admin: Redis) => admin.config('SET', 'maxmemory', '0'),
    ],
  ])(
    'goes on by itself while Redis %s, says why, and keeps the machines together again after it',
    async (_name, word, hurt, heal) => {
      await using redis = await openRedisServer(inject('redisServer'));
      const admin = redis.connect();
      await hurt(admin);
      const heard = collectEvents();
      await using first = await open(redis, heard);
      await using second = await open(redis);

      const during = await sendFromBoth([first, second], 0);
      await heal(admin);
      await sleep(100); // a limiter that could not begin is made anew
      const after = await sendFromBoth([first, second], 0);

      expect([during.sent, after.sent, after.most]).toEqual([10, 10, 2]);
      expect(heard.of('run:warning').map(({ message }) => message)).toEqual([expect.stringContaining(word)]);
      expect(await admin.exists('b_test:crawl-example.org_settings')).toBe(1);
    },
  );

  it('gives the page of a request that was in flight when Redis died', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using limits = await open(redis);

    const page = await limits.schedule(
      'example.org',
      0,
      async () => {
        void redis.stop();
        await sleep(50);
        return 'page';
      },
      turn,
    );

    expect(page).toBe('page');
  });

  it('stops waiting for its turn when the run is stopped', async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using limits = await open(redis);
    limits.hold('example.org', 5000);
    await sleep(30);
    const stop = new AbortController();
    const waiting = limits.schedule('example.org', 0, async () => 'sent', { ...turn, signal: stop.signal });
    setTimeout(() => stop.abort(), 30);

    expect(await waiting.catch((error: unknown) => error)).toBe(stop.signal.reason);
  });
});
