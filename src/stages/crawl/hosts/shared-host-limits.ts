/** Per-host limits shared by all processes on one store; while it does not respond, each process applies its own. */

import { randomUUID } from 'node:crypto';
import type { SharedControl } from '../../../core/ports/shared-control.ts';
import type { Clock, Emit } from '../../../core/ports.ts';
import { answeredWithin } from '../../../util/async/answered-within.ts';
import type { Breaker } from '../../../util/async/breaker.ts';
import { type HostLimits, type HostTurn, openHostLimits } from './host-limits.ts';

export interface SharedHostLimitsOptions {
  readonly control: Pick<SharedControl, 'store' | 'places' | 'isRefusal'>;
  /** Breaker of the store, shared by all its users. */
  readonly health: Breaker;
  /** Timeout of one question to the store. */
  readonly answerMs: number;
  readonly perHost: number;
  /** Maximum duration of one request; the place of a dead process is free after it. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
}

const LOOK_MS = 100;
const SPARE_MS = 5000;

export function openSharedHostLimits(options: SharedHostLimitsOptions): HostLimits {
  const { control, health, answerMs, perHost, timeoutMs, clock } = options;
  const { store, places, isRefusal } = control;
  const local = openHostLimits({ perHost });
  const warn = createWarning(options);

  /** Asks the store with a timeout; late results are ignored. */
  async function answered<T>(ask: () => Promise<T>): Promise<T> {
    const since = clock.monotonic();
    try {
      return await answeredWithin(health.unlessLost(ask()), { ms: answerMs, who: store, clock });
    } catch (error) {
      if (!isRefusal(error)) health.failed(error, since);
      throw error;
    }
  }

  /** True with a place at the host; false when the store cannot tell. Waits, parked, while the host rests or others have all places. */
  async function enter(host: string, id: string, gapMs: number, { park, signal }: HostTurn): Promise<boolean> {
    if (!health.allows()) return false;
    const lookMs = gapMs > 0 ? Math.max(LOOK_MS / 4, Math.min(LOOK_MS, gapMs / 4)) : LOOK_MS / 4;
    // One request at a time where a gap is kept: it counts from the end of the request before.
    const request = { id, places: gapMs > 0 ? 1 : perHost, leaseMs: timeoutMs + SPARE_MS };
    try {
      for (;;) {
        signal.throwIfAborted();
        const waitMs = await answered(() => places.enter(host, request));
        health.succeeded();
        if (waitMs === 0) return true;
        await park(() => clock.sleep(waitMs > 0 ? Math.max(waitMs, 1) : lookMs, signal));
      }
    } catch (error) {
      void places.leave(host, id, 0).catch(() => {}); // its answer may have been lost; otherwise the place is free after its lease
      signal.throwIfAborted();
      warn(error);
      return false;
    }
  }

  return {
    async schedule(host, gapMs, send, turn) {
      const id = randomUUID();
      const isShared = await enter(host, id, gapMs, turn);
      try {
        // Also with a place from the store: requests that hold one count when the store is lost and others enter without.
        return await local.schedule(host, gapMs, send, turn);
      } finally {
        if (isShared) void answered(() => places.leave(host, id, gapMs)).catch(warn);
      }
    },
    hold(host, ms) {
      if (!health.allows() || ms <= 0) return;
      places.hold(host, ms).catch(() => {}); // this process applies the pause anyway
    },
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

/** Warns once. `health` already knows about outages; a refusal (full, read only) is a response and does not open the breaker. */
function createWarning({ control, emit }: SharedHostLimitsOptions): (error: unknown) => void {
  const { store, isRefusal } = control;
  let warned = false;
  return (error) => {
    if (warned) return;
    warned = true;
    const what = isRefusal(error) ? `refuses requests (${error.message})` : 'does not respond';
    emit({
      type: 'run:warning',
      code: 'STORE_UNREACHABLE',
      message: `${store} ${what}: limits per host are kept by this process alone`,
      hint: `Other machines may request pages of the same hosts at the same time until ${store} is back.`,
    });
  };
}
