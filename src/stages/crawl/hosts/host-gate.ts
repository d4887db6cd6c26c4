/** Politeness per host: concurrency, delay, requested pauses, and a circuit breaker for hosts that keep failing. */

import type { Clock } from '../../../core/ports.ts';
import type { HostLimits } from './host-limits.ts';
import { createHostStates, gapOf, type HostState, refuseUnhealthy, whenFree } from './host-states.ts';

export interface HostGateOptions {
  readonly limits: HostLimits;
  readonly perHost: number;
  readonly delayMs: number;
  /** Upper bound of Crawl-delay and Retry-After. */
  readonly maxDelayMs: number;
  /** Tries of one request. */
  readonly attempts: number;
  readonly clock: Clock;
}

export interface GateTurn {
  readonly park: <T>(wait: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

export interface HostGate {
  /** Runs `send` when the limits of `host` allow it; throws `HOST_UNHEALTHY` while its circuit is open. */
  run<T>(host: string, send: () => Promise<T>, turn: GateTurn): Promise<T>;
  /** Retry-After: no request to this host for `ms`; where no try outlasts that, requests are refused instead of waiting. */
  hold(host: string, ms: number): void;
  /** Crawl-delay of the host's robots.txt. */
  setCrawlDelay(host: string, ms: number): void;
  noteFailure(host: string, kind: FailureKind): void;
  noteSuccess(host: string): void;
}

export type FailureKind = 'connection' | 'status';

/** A lost connection or timeout costs more time and says more about the host than a 500 of one page. */
const FAILURE_WEIGHT = { connection: 2, status: 1 } as const satisfies Record<FailureKind, number>;
const GIVE_UP_AT = 10;
/** Cool-down before one probe of an unhealthy host. */
const COOL_DOWN_MS = 60_000;

/** A pause longer than this outlasts all tries of a request, each with its longest wait. */
export function longestPauseMs({ attempts, maxDelayMs }: Pick<HostGateOptions, 'attempts' | 'maxDelayMs'>): number {
  return attempts * maxDelayMs;
}

export function createHostGate(options: HostGateOptions): HostGate {
  const { limits, perHost, delayMs, maxDelayMs, clock } = options;
  const stateOf = createHostStates({ delayMs, clock });
  /** A host with a delay gets one request at a time. */
  const isFree = ({ gapMs, inFlight }: HostState) => inFlight < (gapMs > 0 ? 1 : perHost);

  /** Waits without holding a slot; the first waiter to resume takes the turn synchronously, so it is never taken twice. */
  async function takeTurn(host: string, state: HostState, { park, signal }: GateTurn): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      refuseUnhealthy(host, state, clock.monotonic());
      const waitMs = Math.max(state.blockedUntil, state.lastSeen + gapOf(state)) - clock.monotonic();
      if (waitMs > 0) await park(() => clock.sleep(waitMs, signal));
      else if (!isFree(state)) await park(() => whenFree(state, signal));
      else break;
    }
    state.inFlight += 1;
    state.lastSeen = clock.monotonic();
    if (state.failures >= GIVE_UP_AT) state.openUntil = clock.monotonic() + COOL_DOWN_MS; // half-open: block others until the probe returns
  }

  /** Sends with the turn that was taken, and gives it back. */
  async function sendInTurn<T>(host: string, state: HostState, send: () => Promise<T>, turn: GateTurn): Promise<T> {
    const started = () => {
      state.lastSeen = clock.monotonic();
      return send();
    };
    try {
      return await limits.schedule(host, state.gapMs, started, turn);
    } finally {
      state.inFlight -= 1;
      if (state.gapMs > 0) state.lastSeen = clock.monotonic();
    }
  }

  return {
    async run(host, send, turn) {
      const state = stateOf(host);
      try {
        await takeTurn(host, state, turn);
        return await sendInTurn(host, state, send, turn);
      } finally {
        if (isFree(state)) state.waiters.shift()?.(); // also when this one gave up: it may have been woken for the turn
      }
    },
    hold: (host, ms) => limits.hold(host, pauseHost(stateOf(host), ms, options)),
    setCrawlDelay(host, ms) {
      const state = stateOf(host);
      state.gapMs = Math.max(delayMs, Math.min(ms, maxDelayMs));
      // The request that reported it has just ended; the delay counts from that end, too.
      if (state.gapMs > 0 && state.lastSeen > Number.NEGATIVE_INFINITY) state.lastSeen = clock.monotonic();
    },
    ...circuitOf(stateOf, clock),
  };
}

/** Returns the part of the pause that requests wait for. */
function pauseHost(state: HostState, ms: number, options: HostGateOptions): number {
  const now = options.clock.monotonic();
  const pauseMs = Math.min(ms, options.maxDelayMs);
  if (ms > longestPauseMs(options)) state.closedUntil = Math.max(state.closedUntil, now + ms);
  state.blockedUntil = Math.max(state.blockedUntil, now + pauseMs);
  return pauseMs;
}

/** Counts failures; a host with too many gets no request until the cool-down is over. */
function circuitOf(stateOf: (host: string) => HostState, clock: Clock): Pick<HostGate, 'noteFailure' | 'noteSuccess'> {
  return {
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
