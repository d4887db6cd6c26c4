import type { SharedControl } from '../../core/ports/shared-control.ts';
import type { Clock } from '../../core/ports.ts';
import type { Breaker } from '../../util/async/breaker.ts';

export interface SharedClaimsOptions {
  readonly control: Pick<SharedControl, 'places'>;
  /** Breaker of the store, shared by all its users. */
  readonly health: Pick<Breaker, 'allows' | 'unlessLost'>;
  /** ID of this process. */
  readonly holder: string;
  readonly clock: Clock;
}

/** Claims on paid calls: a busy machine may lose the lease of a job while its call is under way, and then another one gets the job. */
export interface SharedClaims {
  /** Returns what `find` finds, or calls `make` while no other machine does; waits for the one that does. */
  once<T>(callId: string, find: () => Promise<T | undefined>, make: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** The claim of a dead process lapses after this; a machine is hardly ever busy for as long. */
const LEASE_MS = 20_000;
const RENEW_MS = 4000;
const LOOK_AGAIN_MS = 500;

/** Without the store each machine calls as it would alone. */
export function openSharedClaims({ control: { places }, health, holder, clock }: SharedClaimsOptions): SharedClaims {
  const nameOf = (callId: string) => `call:${callId}`;

  /** True where this process holds the claim; entering again renews it. */
  async function enter(callId: string): Promise<boolean> {
    if (!health.allows()) return true;
    const request = { id: holder, places: 1, leaseMs: LEASE_MS };
    return await health.unlessLost(places.enter(nameOf(callId), request)).then(
      (answer) => answer === 0,
      () => true,
    );
  }

  async function renew(callId: string, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await clock.sleep(RENEW_MS, over).catch(() => {}); // the loop condition ends it
      if (!over.aborted) await enter(callId);
    }
  }

  async function whileHeld<T>(callId: string, work: () => Promise<T>): Promise<T> {
    const over = new AbortController();
    const renewing = renew(callId, over.signal);
    try {
      return await work();
    } finally {
      over.abort();
      await renewing;
      if (health.allows()) await places.leave(nameOf(callId), holder, 0).catch(() => {}); // it lapses
    }
  }

  return {
    async once(callId, find, make, signal) {
      while (!(await enter(callId))) {
        const found = await find();
        if (found !== undefined) return found;
        await clock.sleep(LOOK_AGAIN_MS, signal);
      }
      return await whileHeld(callId, async () => (await find()) ?? (await make()));
    },
  };
}
