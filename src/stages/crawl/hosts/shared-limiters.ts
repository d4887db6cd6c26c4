/** Bottleneck limiters in Redis, one per host, created on use and dropped when idle. */

import Bottleneck from 'bottleneck';
import type { Clock } from '../../../core/ports.ts';

/** The part of an ioredis client that Bottleneck needs besides its commands. */
export interface DuplicableRedis {
  duplicate(override: { readonly maxRetriesPerRequest: number; readonly lazyConnect: boolean }): this;
  on(event: 'error', listener: () => void): unknown;
}

/** A host as Bottleneck keeps it in Redis. */
export interface SharedHost {
  readonly limiter: Bottleneck;
  /** Settings last sent to Redis. */
  gapMs: number | undefined;
  usedAt: number;
  /** Waiters in Bottleneck's queue, rejected when it fails. */
  readonly waiting: Set<(error: unknown) => void>;
}

export interface SharedLimiters<Client> extends AsyncDisposable {
  /** Own connection, a duplicate of the given one. */
  readonly redis: Client;
  of(host: string): SharedHost;
}

export interface SharedLimitersOptions<Client> {
  /** Not owned; a duplicate is opened and closed here. */
  readonly redis: Client;
  /** Key prefix before the host name. */
  readonly id: string;
  /** Circuit breaker of Redis. */
  readonly isWell: () => boolean;
  readonly clock: Clock;
}

/** Expiry of a host in Redis; longer than the longest delay, which it must remember. */
const IDLE_MS = 65 * 60_000;
/** This process drops an idle host sooner, because each costs Redis a heartbeat every five seconds. */
const LET_GO_MS = 10 * 60_000;

export function openSharedLimiters<Client extends DuplicableRedis>({
  redis: lent,
  id,
  isWell,
  clock,
}: SharedLimitersOptions<Client>): SharedLimiters<Client> {
  // Bottleneck waits for a connection without opening it, so this one and its duplicate must connect automatically.
  const redis = lent.duplicate({ maxRetriesPerRequest: 1, lazyConnect: false });
  redis.on('error', () => {}); // noticed by the calls that fail
  // Bottleneck's types know the client only as its own, untyped one.
  const connection = new Bottleneck.IORedisConnection({
    client: redis as unknown as Bottleneck.IORedisConnectionOptions['client'],
  });
  connection.on('error', () => {});
  const hosts = new Map<string, SharedHost>(); // least recently used first

  function make(host: string): SharedHost {
    letGo();
    const limiter = new Bottleneck({ id: `${id}-${host}`, connection, timeout: IDLE_MS });
    const made: SharedHost = { limiter, gapMs: undefined, usedAt: clock.monotonic(), waiting: new Set() };
    // Bottleneck does not reject queued calls when it fails: they would wait forever.
    limiter.on('error', (error: unknown) => {
      for (const reject of made.waiting) reject(error);
    });
    // A limiter that failed to start (Redis full or unreachable) never recovers: the next request creates another.
    limiter.ready().catch(() => {
      if (hosts.get(host) === made) hosts.delete(host);
    });
    return made;
  }

  function letGo(): void {
    for (const [host, { limiter, usedAt }] of hosts) {
      if (clock.monotonic() - usedAt < LET_GO_MS || !isWell()) return;
      hosts.delete(host);
      void limiter.disconnect(false); // of this limiter alone
    }
  }

  return {
    redis,
    of(host) {
      const shared = hosts.get(host) ?? make(host);
      shared.usedAt = clock.monotonic();
      hosts.delete(host);
      hosts.set(host, shared);
      return shared;
    },
    async [Symbol.asyncDispose]() {
      // flush = false: do not wait for pending replies
      await connection.disconnect(false);
    },
  };
}
