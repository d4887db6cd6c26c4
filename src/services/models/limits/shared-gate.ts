import type { SharedControl } from '../../../core/ports/shared-control.ts';
import type { Clock } from '../../../core/ports.ts';
import type { Breaker } from '../../../util/async/breaker.ts';
import type { RateGate } from './rate-gate.ts';
import type { LimitState } from './read-limits.ts';

export interface SharedGateOptions {
  readonly control: Pick<SharedControl, 'gate' | 'isRefusal'>;
  /** Breaker of the store, shared by all its users. */
  readonly health: Breaker;
  /** Name of the vendor's limits; the same for all that share them. */
  readonly name: string;
  /** What this process keeps to by itself, also while the store is away. */
  readonly local: RateGate;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly clock: Clock;
  /** Told once when the store answers but takes no part (full, read only): until it does, this process keeps the limits alone. */
  readonly onRefused?: (error: Error) => void;
}

/** Room left for clocks that differ. */
const SHARE = 0.97;
const MAX_WAIT_MS = 5000;
/** A store that refused is left alone for so long; the local gate holds meanwhile. */
const BREAK_MS = 10_000;

/** A gate that all machines on one store pass together; each keeps its own as well, which is what holds while the store is away. */
export function createSharedGate(options: SharedGateOptions): RateGate {
  const { control, health, name, local, requestsPerMinute, tokensPerMinute, clock, onRefused = () => {} } = options;
  const { gate, isRefusal } = control;
  const limits = { requests: requestsPerMinute, tokens: tokensPerMinute };
  const answered = numbersOf({ isRefusal, health, clock, onRefused });

  async function take(kind: keyof typeof limits, amount: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const limit = limits[kind];
      if (limit === undefined) return;
      signal.throwIfAborted();
      const waitMs = await answered(() => gate.take(`${name}gate:${kind}`, limit * SHARE, amount));
      if (!(waitMs > 0)) return;
      await clock.sleep(Math.min(waitMs, MAX_WAIT_MS), signal);
    }
  }

  /** What the vendor has left is the most that all machines have; whether there is more than they think, only each alone can tell. */
  async function learn(
    kind: keyof typeof limits,
    fixed: number | undefined,
    state: LimitState | undefined,
  ): Promise<void> {
    if (state === undefined) return;
    const limit = Math.min(fixed ?? state.limit, state.limit);
    limits[kind] = limit;
    await answered(() => gate.lower(`${name}gate:${kind}`, limit * SHARE, state.remaining));
  }

  async function waitForPause(signal: AbortSignal): Promise<void> {
    for (;;) {
      const leftMs = await answered(() => gate.heldMs(`${name}gate:pause`));
      if (leftMs <= 0) return;
      await clock.sleep(leftMs, signal);
    }
  }

  return {
    async pass(call, make, signal) {
      await waitForPause(signal);
      await take('requests', 1, signal);
      await take('tokens', call.tokens, signal);
      await waitForPause(signal);
      return local.pass(call, make, signal);
    },
    async report(callId, report) {
      await Promise.all([
        learn('requests', requestsPerMinute, report.requests),
        learn('tokens', tokensPerMinute, report.tokens),
        local.report(callId, report),
      ]);
    },
    pause(ms) {
      local.pause(ms);
      if (!health.allows()) return;
      gate.hold(`${name}gate:pause`, ms).catch(() => {}); // this process pauses anyway
    },
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

type AskingOptions = Pick<SharedGateOptions, 'health' | 'clock'> &
  Pick<SharedGateOptions['control'], 'isRefusal'> &
  Required<Pick<SharedGateOptions, 'onRefused'>>;

/** Asks the store for a number; 0 while it is away or takes no part, so that the local gate decides. */
function numbersOf({ isRefusal, health, clock, onRefused }: AskingOptions) {
  let brokenUntil = 0;
  let isReported = false;

  function refused(error: Error): void {
    brokenUntil = clock.monotonic() + BREAK_MS;
    if (!isReported) onRefused(error);
    isReported = true;
  }

  return async (ask: () => Promise<unknown>): Promise<number> => {
    if (clock.monotonic() < brokenUntil || !health.allows()) return 0;
    const since = clock.monotonic();
    try {
      const answer = Number(await health.unlessLost(ask()));
      health.succeeded();
      return answer;
    } catch (error) {
      if (isRefusal(error)) refused(error);
      else health.failed(error, since);
      return 0;
    }
  };
}
