/** What is known of each host: its requests in flight, its gap, its pauses and its failures. */

import { BloggerError } from '../../../core/errors.ts';
import type { Clock } from '../../../core/ports.ts';
import { waitText } from '../../../util/text/plural.ts';

export interface HostState {
  inFlight: number;
  gapMs: number;
  /** Time of the last start, or with a delay the last end: a slow request must not shorten the gap that the host observes. */
  lastSeen: number;
  blockedUntil: number;
  /** Weighted failures since the last success. */
  failures: number;
  openUntil: number;
  /** End of a pause that the host asked for and that the run does not wait for. */
  closedUntil: number;
  waiters: (() => void)[];
}

/** Hosts remembered before idle ones are dropped, and how long an idle one keeps its Crawl-delay: as long as robots.txt is cached. */
const MAX_HOSTS = 5000;
const KEEP_IDLE_MS = 24 * 3_600_000;

/** Returns a function that finds the state of a host, or creates it. */
export function createHostStates({ delayMs, clock }: { readonly delayMs: number; readonly clock: Clock }) {
  const hosts = new Map<string, HostState>();

  /** Drops hosts whose state equals the initial one, so that a long-running worker does not leak memory. */
  function forgetIdle(): void {
    const now = clock.monotonic();
    for (const [host, state] of hosts) {
      const isBusy = state.inFlight > 0 || state.waiters.length > 0 || state.failures > 0;
      const idleFrom = Math.max(
        state.blockedUntil,
        state.openUntil,
        state.closedUntil,
        state.lastSeen + state.gapMs + KEEP_IDLE_MS,
      );
      if (!isBusy && idleFrom < now) hosts.delete(host);
    }
  }

  return (host: string): HostState => {
    const known = hosts.get(host);
    if (known !== undefined) return known;
    const state: HostState = {
      inFlight: 0,
      gapMs: delayMs,
      lastSeen: Number.NEGATIVE_INFINITY,
      blockedUntil: 0,
      failures: 0,
      openUntil: 0,
      closedUntil: 0,
      waiters: [],
    };
    if (hosts.size >= MAX_HOSTS) forgetIdle();
    hosts.set(host, state);
    return state;
  };
}

/** The gap between requests. The clock truncates to milliseconds, so a start may be up to 1 ms later than recorded. */
export function gapOf({ gapMs }: HostState): number {
  return gapMs === 0 ? 0 : gapMs + 1;
}

const LATER = 'Run the same command again later; pages that were read are not requested again.';

export function refuseUnhealthy(host: string, state: HostState, now: number): void {
  if (now < state.closedUntil) {
    throw new BloggerError(
      `${host} asks to be left alone for ${waitText(state.closedUntil - now)}, so its remaining pages are not requested`,
      { code: 'HOST_UNHEALTHY', retryable: false, hint: LATER, retryAfterMs: state.closedUntil - now },
    );
  }
  if (now >= state.openUntil) return;
  throw new BloggerError(`${host} failed repeatedly, so its remaining pages are not requested`, {
    code: 'HOST_UNHEALTHY',
    retryable: false, // not within this run; the next run tries again
    hint: LATER,
  });
}

/** Resolves when a request to the host has ended; rejects when the signal aborts first. */
export function whenFree(state: HostState, signal: AbortSignal): Promise<void> {
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
