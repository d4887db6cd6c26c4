import { BloggerError } from '../../core/errors.ts';
import type { SharedControl } from '../../core/ports/shared-control.ts';
import type { Clock } from '../../core/ports.ts';

export interface SharedBudgetOptions {
  readonly control: Pick<SharedControl, 'store' | 'budget'>;
  readonly clock: Clock;
  /** How long others wait for a call's unused reservation; longer than any call takes. @default 960000 */
  readonly leaseMs?: number;
}

/** The spending cap of a run, enforced for all its machines. */
export interface SharedBudget {
  /** Reserves the worst case; waits while other calls may release some, as long as a call can take. Throws `BUDGET_REACHED`, and `STORE_UNREACHABLE` if the store is unreachable for a minute. */
  reserve(runId: string, callId: string, worstUsd: number, capUsd: number, signal: AbortSignal): Promise<void>;
  /** Settles the actual cost; undefined counts the worst case as spent. */
  settle(runId: string, callId: string, costUsd: number | undefined): Promise<void>;
}

const KEEP_MS = 7 * 86_400_000;
const LOOK_AGAIN_MS = 200;
/** Same as the queue's wait for an unreachable store. */
const PATIENCE_MS = 60_000;
/** A flex call times out after 15 minutes. */
const LEASE_MS = 16 * 60_000;

/**
 * Reservations are keyed by call: a call that is repeated after a crash replaces its own reservation. A reservation
 * stays until it is settled, but a call over the cap waits only for unexpired leases, because a dead worker releases nothing.
 */
export function openSharedBudget({ control, clock, leaseMs = LEASE_MS }: SharedBudgetOptions): SharedBudget {
  const { store, budget } = control;
  const unreachable = (cause: unknown) =>
    new BloggerError(`The spending cap is stored in ${store}, but it does not respond`, {
      code: 'STORE_UNREACHABLE',
      hint: 'The call is retried.',
      cause,
    });
  /** A call waits for an unreachable store, because the cap cannot be enforced without it. */
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
            `The next call may cost $${worstUsd.toFixed(5)}, and $${answer.takenUsd.toFixed(5)} of this run's cap of $${capUsd} are spent`,
            {
              code: 'BUDGET_REACHED',
              hint: 'Finished posts are saved. Raise --max-cost and run the same command again to resume.',
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
