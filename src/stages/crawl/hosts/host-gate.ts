/** Politeness per host: concurrency, delay, requested pauses, and a circuit breaker for hosts that keep failing. */

import { BloggerError } from '../../../core/errors.ts';
import type { Clock } from '../../../core/ports.ts';
import type { HostLimits } from './host-limits.ts';

export interface HostGateOptions {
  readonly limits: HostLimits;
  readonly perHost: number;
  readonly delayMs: number;
  /** Upper bound of Crawl-delay and Retry-After. */
  readonly maxDelayMs: number;
  readonly clock: Clock;
}

export interface GateTurn {
  readonly park: <T>(wait: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

export interface HostGate {
  /** Runs `send` when the limits of `host` allow it; throws `HOST_UNHEALTHY` while its circuit is open. */
  run<T>(host: string, send: () => Promise<T>, turn: GateTurn): Promise<T>;
  /** Retry-After: no request to this host for `ms`. */
  hold(host: string, ms: number): void;
  /** Crawl-delay of the host's robots.txt. */
  setCrawlDelay(host: string, ms: number): void;
  noteFailure(host: string, kind: FailureKind): void;
  noteSuccess(host: string): void;
}

export type FailureKind = 'connection' | 'status';

interface HostState {
  inFlight: number;
  gapMs: number;
  /** Time of the last start, or with a delay the last end: a slow request must not shorten the gap that the host observes. */
  lastSeen: number;
  heldUntil: number;
  /** Weighted failures since the last success. */
  failures: number;
  openUntil: number;
  waiters: (() => void)[];
}

/** A lost connection or timeout costs more time and says more about the host than a 500 of one page. */
const FAILURE_WEIGHT = { connection: 2, status: 1 } as const satisfies Record<FailureKind, number>;
const GIVE_UP_AT = 10;
/** Cool-down before one probe of an unhealthy host. */
const COOL_DOWN_MS = 60_000;
/** Hosts remembered before idle ones are dropped, and how long an idle one keeps its Crawl-delay: as long as robots.txt is cached. */
const MAX_HOSTS = 5000;
const KEEP_IDLE_MS = 24 * 3_600_000;

export function createHostGate({ limits, perHost, delayMs, maxDelayMs, clock }: HostGateOptions): HostGate {
  const hosts = new Map<string, HostState>();

  /** A host with a delay gets one request at a time. */
  const placesOf = ({ gapMs }: HostState) => (gapMs > 0 ? 1 : perHost);

  function stateOf(host: string): HostState {
    let state = hosts.get(host);
    if (state === undefined) {
      state = {
        inFlight: 0,
        gapMs: delayMs,
        lastSeen: Number.NEGATIVE_INFINITY,
        heldUntil: 0,
        failures: 0,
        openUntil: 0,
        waiters: [],
      };
      if (hosts.size >= MAX_HOSTS) forgetIdle();
      hosts.set(host, state);
    }
    return state;
  }

  /** Drops hosts whose state equals the initial one, so that a long-running worker does not leak memory. */
  function forgetIdle(): void {
    const now = clock.monotonic();
    for (const [host, state] of hosts) {
      const isBusy = state.inFlight > 0 || state.waiters.length > 0 || state.failures > 0;
      const restsUntil = Math.max(state.heldUntil, state.openUntil, state.lastSeen + state.gapMs + KEEP_IDLE_MS);
      if (!isBusy && restsUntil < now) hosts.delete(host);
    }
  }

  /** Waits without holding a slot; the first waiter to resume takes the turn synchronously, so it is never taken twice. */
  async function takeTurn(host: string, state: HostState, { park, signal }: GateTurn): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      refuseUnhealthy(host, state, clock.monotonic());
      const waitMs = Math.max(state.heldUntil, state.lastSeen + gapOf(state)) - clock.monotonic();
      if (waitMs > 0) await park(() => clock.sleep(waitMs, signal));
      else if (state.inFlight >= placesOf(state)) await park(() => whenFree(state, signal));
      else break;
    }
    state.inFlight += 1;
    state.lastSeen = clock.monotonic();
    if (state.failures >= GIVE_UP_AT) state.openUntil = clock.monotonic() + COOL_DOWN_MS; // half-open: block others until the probe returns
  }

  /** A woken waiter that does not take the slot must wake the next one. */
  function wakeNext(state: HostState): void {
    if (state.inFlight < placesOf(state)) state.waiters.shift()?.();
  }

  return {
    async run(host, send, turn) {
      const state = stateOf(host);
      try {
        await takeTurn(host, state, turn);
      } catch (error) {
        wakeNext(state);
        throw error;
      }
      try {
        return await limits.schedule(
          host,
          state.gapMs,
          () => {
            state.lastSeen = clock.monotonic();
            return send();
          },
          turn,
        );
      } finally {
        state.inFlight -= 1;
        if (state.gapMs > 0) state.lastSeen = clock.monotonic();
        wakeNext(state);
      }
    },
    hold(host, ms) {
      const state = stateOf(host);
      const pauseMs = Math.min(ms, maxDelayMs);
      state.heldUntil = Math.max(state.heldUntil, clock.monotonic() + pauseMs);
      limits.hold(host, pauseMs);
    },
    setCrawlDelay(host, ms) {
      const state = stateOf(host);
      state.gapMs = Math.max(delayMs, Math.min(ms, maxDelayMs));
      // The request that reported it has just ended; the delay counts from that end, too.
      if (state.gapMs > 0 && state.lastSeen > Number.NEGATIVE_INFINITY) state.lastSeen = clock.monotonic();
    },
    noteFailure(host, kind) {
      const state = stateOf(host);
      state.failures += FAILURE_WEIGHT[kind];
      if (state.failures >= GIVE_UP_AT) state.openUntil = clock.monotonic() + COOL_DOWN_MS;
    },
    noteSuccess(host) {
      const state = stateOf(host);
      state.failures = 0;
      state.openUntil = 0;
    },
  };
}

/** The clock truncates to milliseconds, so a start may be up to 1 ms later than recorded. */
function gapOf({ gapMs }: HostState): number {
  return gapMs === 0 ? 0 : gapMs + 1;
}

function refuseUnhealthy(host: string, state: HostState, now: number): void {
  if (now >= state.openUntil) return;
  throw new BloggerError(`${host} failed again and again, so its remaining pages are not asked for`, {
    code: 'HOST_UNHEALTHY',
    retryable: false, // not within this run; the next run tries again
    hint: 'Run the same command again later; pages that were read are not asked for again.',
  });
}

function whenFree(state: HostState, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = () => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      state.waiters = state.waiters.filter((other) => other !== wake);
      reject(signal.reason as Error); // the reason is set by the owner of the signal
    };
    signal.addEventListener('abort', leave, { once: true });
    state.waiters.push(wake);
  });
}
