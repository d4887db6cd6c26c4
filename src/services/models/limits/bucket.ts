import Bottleneck from 'bottleneck';
import { unlessAborted } from '../../../util/async/unless-aborted.ts';
import type { LimitState } from './read-limits.ts';
import { trueLevel } from './true-level.ts';

/** One of a vendor's limits as this process counts it. */
export interface Bucket {
  /** Takes an amount as soon as it is there; answers what was taken. */
  take(amount: number, signal: AbortSignal): Promise<number>;
  /** What was taken is on its way to the vendor. */
  left(taken: number): void;
  /** Returns what was taken: the call is not sent. */
  giveBack(taken: number): void;
  /** Keeps our count to the vendor's; `uncounted` of it may be missing there. */
  correct(state: LimitState, uncounted: number): Promise<void>;
  close(): Promise<void>;
}

/** Room left for other users of the same key, and for clocks that differ. */
const SHARE = 0.97;
const STEP_MS = 250;
const STEPS_A_MINUTE = 60_000 / STEP_MS;

/** A bucket that holds a minute's worth and refills all the time, as the vendors' do. Without a limit everything passes until one is learnt. */
export function createBucket(perMinute: number | undefined): Bucket {
  let limit = perMinute;
  let notLeft = 0;
  let leftInAll = 0;
  let corrected = Promise.resolve();
  const limiter = new Bottleneck(limit === undefined ? {} : { ...refillOf(limit), reservoir: limit * SHARE });
  // In the same turn in which the reservoir gets smaller, so that the two are never apart.
  limiter.on('scheduled', ({ options }: { readonly options: { readonly weight: number } }) => {
    notLeft += options.weight;
  });

  function giveBack(taken: number): void {
    notLeft -= taken;
    if (taken > 0) limiter.incrementReservoir(taken).catch(() => {}); // our count is then a little small, which is safe
  }

  async function adjust({ limit: said, remaining }: LimitState, uncountedNow: () => number): Promise<void> {
    const ours = Math.min(perMinute ?? said, said); // what the settings grant may be a part of the vendor's, and never more
    if (limit === undefined)
      limiter.updateSettings({
        ...refillOf(ours),
        reservoir: Math.min(remaining - uncountedNow() - ours / STEPS_A_MINUTE, ours * SHARE),
      });
    else if (limit !== ours) limiter.updateSettings(refillOf(ours));
    limit = ours;
    const own = await limiter.currentReservoir(); // asked after them, so it sees the new settings
    if (own === null) return;
    // Of a part of the vendor's limit its count says only how much there can be at most.
    const uncounted = ours < said ? Number.POSITIVE_INFINITY : uncountedNow();
    const counts = { own, remaining, notLeft, uncounted, step: ours / STEPS_A_MINUTE };
    const change = Math.min(trueLevel(counts), ours * SHARE) - own;
    if (change !== 0) await limiter.incrementReservoir(change);
  }

  return {
    async take(amount, signal) {
      // More than a bucket holds never fits; the vendor says so better than we could.
      const weight = limit === undefined ? 0 : Math.min(amount, limit * SHARE);
      const taken = limiter.schedule({ weight }, async () => weight);
      return await unlessAborted(taken, signal).catch((error: unknown) => {
        void taken.then(giveBack, () => {}); // the caller has stopped waiting
        throw error;
      });
    },
    left(taken) {
      notLeft -= taken;
      leftInAll += taken;
    },
    giveBack,
    correct(state, uncounted) {
      const before = leftInAll;
      // One after the other: two that read the same count would both add what is missing.
      corrected = corrected.then(() => adjust(state, () => uncounted + leftInAll - before)).catch(() => {}); // a correction that fails leaves our own count
      return corrected;
    },
    close: () => limiter.disconnect(false),
  };
}

function refillOf(perMinute: number): Bottleneck.ConstructorOptions {
  return {
    reservoirIncreaseInterval: STEP_MS,
    reservoirIncreaseAmount: (perMinute * SHARE) / STEPS_A_MINUTE,
    reservoirIncreaseMaximum: perMinute * SHARE,
  };
}
