/** Shares the answers of a worker's own ledger, which another machine would pay for again once the shared store was emptied. */

import type { SharedControl } from '../../core/ports/shared-control.ts';
import type { Clock, KeyValueStore } from '../../core/ports.ts';
import { createWorkerId } from '../../services/jobs/worker-id.ts';
import { answersSince } from '../../services/ledger/calls/answers-since.ts';
import type { Db } from '../../services/sqlite/db.ts';
import type { Breaker } from '../../util/async/breaker.ts';
import type { Disposer } from '../../util/disposer.ts';
import { ANSWERS_MS } from '../open-writer.ts';

export interface OfferAnswersOptions {
  readonly db: Db;
  readonly answers: Pick<KeyValueStore, 'set'>;
  readonly control: Pick<SharedControl, 'gate'>;
  readonly health: Pick<Breaker, 'allows'>;
  readonly clock: Clock;
  /** Ends the offers with the run. */
  readonly disposer: Pick<Disposer, 'defer'>;
}

const LOOK_MS = 2000;
/** Longer than any worker takes to see that the store was emptied, and to share again. */
export const OFFERED_MS = 3 * LOOK_MS;

/** At the start, and whenever its mark in the store is gone. Never rejects. */
export async function offerAnswers({
  db,
  answers,
  control,
  health,
  clock,
  disposer,
}: OfferAnswersOptions): Promise<void> {
  const over = new AbortController();
  disposer.defer(() => over.abort());
  const { signal } = over;
  const mark = `answers-of:${createWorkerId()}`;
  const { gate } = control;

  async function offer(): Promise<void> {
    if (!health.allows() || (await gate.heldMs(mark)) > 0) return;
    for (const { id, reply } of answersSince(db, clock.now() - ANSWERS_MS)) {
      if (signal.aborted) return;
      await answers.set(id, reply, { ttlMs: ANSWERS_MS });
    }
    await gate.hold(mark, ANSWERS_MS);
  }

  while (!signal.aborted) {
    await offer().catch(() => {}); // the store is unreachable: the next round tries again
    await clock.sleep(LOOK_MS, signal).catch(() => {}); // the loop condition ends it
  }
}
