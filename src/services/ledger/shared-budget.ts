import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { SharedControl } from '../../core/shared-control.ts';

export interface SharedBudgetOptions {
  readonly control: Pick<SharedControl, 'store' | 'budget'>;
  readonly clock: Clock;
  /** How long others wait for what a call may give back: longer than any call takes. @default 960000 */
  readonly leaseMs?: number;
}

/** The money cap of one run, kept over all machines that work for it. */
export interface SharedBudget {
  /** Sets the worst case aside; waits while others may give some back, and for no longer than a call can take. Throws `BUDGET_REACHED`, and `STORE_UNREACHABLE` when the store is away for a minute. */
  reserve(runId: string, callId: string, worstUsd: number, capUsd: number, signal: AbortSignal): Promise<void>;
  /** What it came to; undefined keeps the worst case as spent. */
  settle(runId: string, callId: string, costUsd: number | undefined): Promise<void>;
}

const KEEP_MS = 7 * 86_400_000;
const LOOK_AGAIN_MS = 200;
/** As long as the queue waits for a store that is away. */
const PATIENCE_MS = 60_000;
/** A flex call is given up after 15 minutes. */
const LEASE_MS = 16 * 60_000;

/**
 * Reserved and spent by call: a call that is made again after a crash replaces its own reservation and never adds a second one. A reservation
 * stays until it is settled, but a call over the cap waits only for those whose lease is not over: a dead worker gives nothing back.
 */
export function openSharedBudget({ control, clock, leaseMs = LEASE_MS }: SharedBudgetOptions): SharedBudget {
  const { store, budget } = control;
  const unreachable = (cause: unknown) =>
    new BloggerError(`The money cap is kept in ${store}, but it does not answer`, {
      code: 'STORE_UNREACHABLE',
      hint: 'It is tried again.',
      cause,
    });
  /** A call waits for a store that is away: without it no cap is kept. */
  const patiently = async <T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    const giveUpAt = clock.monotonic() + PATIENCE_MS;
    for (;;) {
      try {
        return await ask();
      } catch (cause) {
        if (clock.monotonic() >= giveUpAt) throw unreachable(cause);
        await clock.sleep(LOOK_AGAIN_MS, signal);
      }
    }
  };
  return {
    async reserve(runId, callId, worstUsd, capUsd, signal) {
      for (;;) {
        signal.throwIfAborted();
        const answer = await patiently(
          () => budget.reserve({ runId, callId, worstUsd, capUsd, leaseMs, keepMs: KEEP_MS }),
          signal,
        );
        if (answer === 'reserved') return;
        if (answer !== 'wait') {
          throw new BloggerError(
            `The next call may cost $${worstUsd.toFixed(5)}, and $${answer.takenUsd.toFixed(5)} of the $${capUsd} that this run may spend are spent`,
            {
              code: 'BUDGET_REACHED',
              hint: 'What is written is saved. Raise --max-cost and run the same command again to go on.',
            },
          );
        }
        await clock.sleep(LOOK_AGAIN_MS, signal);
      }
    },
    async settle(runId, callId, costUsd) {
      await budget.settle(runId, callId, costUsd, KEEP_MS).catch((cause: unknown) => {
        throw unreachable(cause);
      });
    },
  };
}
