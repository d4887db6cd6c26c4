/** Per-host limits that all processes on one Redis keep together; while Redis does not answer, each process keeps its own. */

import Bottleneck from 'bottleneck';
import type { Clock, Emit } from '../../../core/ports.ts';
import { answeredWithin } from '../../../util/answered-within.ts';
import type { Breaker } from '../../../util/breaker.ts';
import { type HostLimits, type HostTurn, openHostLimits } from './host-limits.ts';

/** The part of an ioredis client that is used here, beside Bottleneck. */
export interface SharedRedis {
  set(key: string, value: string, px: 'PX', ms: number): Promise<unknown>;
  pttl(key: string): Promise<number>;
  duplicate(override: { readonly maxRetriesPerRequest: number; readonly lazyConnect: boolean }): SharedRedis;
  on(event: 'error', listener: () => void): unknown;
}

export interface SharedHostLimitsOptions {
  /** An ioredis client; lent: a duplicate of it is opened and closed here. */
  readonly redis: SharedRedis;
  /** Knows whether Redis is well; fed and asked by all who use the same one. */
  readonly health: Breaker;
  /** Longest wait for one answer of Redis. */
  readonly answerMs: number;
  readonly perHost: number;
  /** Before every key in Redis. */
  readonly prefix: string;
  /** Longest time that one request can take: a place whose process died is free again after it. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
}

const IDLE_MS = 65 * 60_000; // longer than the longest gap, which the limiters remember
const POLL_MS = 100;
const SPARE_MS = 5000;

export function openSharedHostLimits({ redis: lent, health, answerMs, perHost, prefix, timeoutMs, clock, emit }: SharedHostLimitsOptions): HostLimits {
  // Bottleneck waits for a connection that it never asks for, so this one and its own duplicate of it connect by themselves.
  const redis = lent.duplicate({ maxRetriesPerRequest: 1, lazyConnect: false });
  redis.on('error', () => {}); // noticed by the calls that fail
  // Bottleneck's types know the client only as its own, untyped one.
  const connection = new Bottleneck.IORedisConnection({ client: redis as unknown as Bottleneck.IORedisConnectionOptions['client'] });
  const group = new Bottleneck.Group({ id: `${prefix}crawl`, connection, timeout: IDLE_MS });
  const local = openHostLimits({ perHost });
  const gaps = new Map<string, number>();
  let warned = false;
  connection.on('error', () => {});
  group.on('error', () => {});

  function giveUp(error: unknown): void {
    // A refusal is an answer: it says nothing of the health of Redis.
    if (!(error instanceof Error && error.name === 'ReplyError')) health.failed(error);
    if (warned) return;
    warned = true;
    emit({
      type: 'run:warning',
      code: 'STORE_UNREACHABLE',
      message: 'Redis does not answer: limits per host are kept by this process alone',
      hint: 'Other machines may ask the same hosts at the same time until Redis is back.',
    });
  }

  /** Redis with a limit of patience; whoever is too late is not heard any more. */
  const answered = <T>(call: PromiseLike<T>, ms = answerMs) => answeredWithin(call, { ms, who: 'Redis', clock });

  async function limiterOf(host: string, gapMs: number): Promise<Bottleneck> {
    const limiter = group.key(host);
    if (gaps.get(host) !== gapMs) {
      await answered(Promise.resolve(limiter.updateSettings({ maxConcurrent: gapMs > 0 ? 1 : perHost, minTime: gapMs })));
      gaps.set(host, gapMs);
    }
    return limiter;
  }

  /** Waits, without a place, until Redis says that the host could be asked now. */
  async function whenLikely(host: string, gapMs: number, limiter: Bottleneck, { park, signal }: HostTurn): Promise<void> {
    const pollMs = Math.max(POLL_MS / 4, Math.min(POLL_MS, gapMs / 4));
    for (;;) {
      signal.throwIfAborted();
      const heldMs = await heldFor(host, gapMs);
      if (heldMs <= 0 && (await answered(limiter.check()))) return;
      await park(() => clock.sleep(Math.max(heldMs, pollMs), signal));
    }
  }

  /** How long nobody may ask the host: a pause that it asked for, or the rest after the last request. */
  async function heldFor(host: string, gapMs: number): Promise<number> {
    const ttls = await answered(Promise.all([redis.pttl(holdKey(host)), gapMs > 0 ? redis.pttl(restKey(host)) : -1]));
    return Math.max(...ttls);
  }

  /**
   * The turn in Redis is taken inside `schedule`; `send` itself answers its caller, so that a Redis that dies meanwhile loses no page.
   * Gives nothing when another machine was there first and the host rests. The gap counts from a request's end: a machine that was
   * busy may send late, and what the host sees between two requests must not get shorter by that.
   */
  async function takeTurn<T>(host: string, limiter: Bottleneck, gapMs: number, send: () => Promise<T>): Promise<{ readonly sent: Promise<T> } | undefined> {
    let abandoned = false;
    const started = new Promise<{ readonly sent: Promise<T> } | undefined>((resolve, reject) => {
      const job = async () => {
        if (gapMs > 0 && (await heldFor(host, gapMs)) > 0) return resolve(undefined);
        if (abandoned) return;
        const sent = send();
        resolve({ sent });
        await sent.catch(() => {}); // heard by the caller
        if (gapMs > 0) await answered(redis.set(restKey(host), '1', 'PX', gapMs)).catch(giveUp);
      };
      limiter.schedule({ expiration: timeoutMs + SPARE_MS }, job).catch(reject);
    });
    started.catch(() => {}); // raced below, or settled already
    const watch = new AbortController();
    const silent = untilSilent(watch.signal);
    silent.catch(() => {}); // raced below, or of no interest any more
    try {
      return await answered(Promise.race([started, silent]), timeoutMs + gapMs + SPARE_MS);
    } catch (error) {
      abandoned = true;
      throw error;
    } finally {
      watch.abort();
    }
  }

  /** Others may hold the turn for long; whether Redis is still there shows sooner. */
  async function untilSilent(signal: AbortSignal): Promise<never> {
    for (;;) {
      await answered(redis.pttl(`${prefix}crawl:watch`));
      await clock.sleep(answerMs, signal);
    }
  }

  async function trySchedule<T>(host: string, gapMs: number, send: () => Promise<T>, turn: HostTurn): Promise<{ readonly sent: Promise<T> } | undefined> {
    if (!health.allows()) return undefined;
    try {
      const limiter = await limiterOf(host, gapMs);
      for (;;) {
        await whenLikely(host, gapMs, limiter, turn);
        const taken = await takeTurn(host, limiter, gapMs, send);
        health.succeeded();
        if (taken !== undefined) return taken;
      }
    } catch (error) {
      turn.signal.throwIfAborted();
      giveUp(error);
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
      redis.set(holdKey(host), '1', 'PX', Math.ceil(ms)).catch(() => {}); // this process keeps the pause anyway
    },
    async [Symbol.asyncDispose]() {
      await local[Symbol.asyncDispose]();
      // flush = false: whatever Redis still owes us is not waited for
      await group.disconnect(false);
      await connection.disconnect(false);
    },
  };
}
