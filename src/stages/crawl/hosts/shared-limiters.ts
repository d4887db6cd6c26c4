/** Bottleneck's limiters in Redis, one a host, made on use and let go of when nobody asks the host any more. */

import Bottleneck from 'bottleneck';
import type { Clock } from '../../../core/ports.ts';

/** What Bottleneck needs of an ioredis client, beside its commands. */
export interface DuplicableRedis {
  duplicate(override: { readonly maxRetriesPerRequest: number; readonly lazyConnect: boolean }): this;
  on(event: 'error', listener: () => void): unknown;
}

/** A host as Bottleneck keeps it in Redis. */
export interface SharedHost {
  readonly limiter: Bottleneck;
  /** What Redis was told last. */
  gapMs: number | undefined;
  usedAt: number;
  /** Those that wait in Bottleneck's queue, to be told of what fails in it. */
  readonly waiting: Set<(error: unknown) => void>;
}

export interface SharedLimiters<Client> extends AsyncDisposable {
  /** A connection of its own beside the one that was lent. */
  readonly redis: Client;
  of(host: string): SharedHost;
}

export interface SharedLimitersOptions<Client> {
  /** Lent: a duplicate of it is opened and closed here. */
  readonly redis: Client;
  /** Before the name of a host. */
  readonly id: string;
  /** Whether Redis is well. */
  readonly isWell: () => boolean;
  readonly clock: Clock;
}

/** Redis forgets a host after this; longer than the longest gap, which it must remember. */
const IDLE_MS = 65 * 60_000;
/** This process lets go of a host sooner: each costs Redis a heartbeat every five seconds. */
const LET_GO_MS = 10 * 60_000;

export function openSharedLimiters<Client extends DuplicableRedis>({
  redis: lent,
  id,
  isWell,
  clock,
}: SharedLimitersOptions<Client>): SharedLimiters<Client> {
  // Bottleneck waits for a connection that it never asks for, so this one and its own duplicate of it connect by themselves.
  const redis = lent.duplicate({ maxRetriesPerRequest: 1, lazyConnect: false });
  redis.on('error', () => {}); // noticed by the calls that fail
  // Bottleneck's types know the client only as its own, untyped one.
  const connection = new Bottleneck.IORedisConnection({
    client: redis as unknown as Bottleneck.IORedisConnectionOptions['client'],
  });
  connection.on('error', () => {});
  const hosts = new Map<string, SharedHost>(); // what was used last comes last

  function make(host: string): SharedHost {
    letGo();
    const limiter = new Bottleneck({ id: `${id}-${host}`, connection, timeout: IDLE_MS });
    const made: SharedHost = { limiter, gapMs: undefined, usedAt: clock.monotonic(), waiting: new Set() };
    // Whoever waits in Bottleneck's own queue is not told of what fails in it: he would wait for a turn that never comes.
    limiter.on('error', (error: unknown) => {
      for (const reject of made.waiting) reject(error);
    });
    // A limiter that could not begin (Redis was full, or went away) never will: the next request makes another.
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
      // flush = false: whatever Redis still owes us is not waited for
      await connection.disconnect(false);
    },
  };
}
