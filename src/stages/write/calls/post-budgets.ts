/** Budget per post: the worst-case cost of a whole post is held before its first call, so that a cap yields complete posts. */

import { BloggerError } from '../../../core/errors.ts';
import type { Ledger } from '../../../core/ports.ts';

/** Maximum cost of a post in US dollars; undefined = unknown price. */
export interface PostCost {
  /** Up to a draft, without calls that are already in the ledger. */
  readonly draftUsd: number | undefined;
  /** Including one repair. */
  readonly wholeUsd: number | undefined;
}

export interface PostBudgets {
  /**
   * Sets the money of a post aside, first come, first served; waits while posts in work may give some back. The last money, which is too
   * little for draft and repair, goes to a draft alone. Throws `BUDGET_REACHED`. Undefined when there is nothing to wait for.
   */
  open(post: string, cost: PostCost, signal: AbortSignal): Promise<void> | undefined;
  /** Releases the remaining hold of a finished post. `keep`: its answers are still at the vendor, and a later run needs the hold. */
  close(post: string, options?: { readonly keep?: boolean }): void;
  /** Number of posts blocked until other posts finish. */
  readonly blocked: number;
}

export interface PostBudgetsOptions {
  readonly ledger: Ledger;
  /** Aborted when the run takes no new work; ends all waits for budget. */
  readonly stopping: AbortSignal;
  /** Called when `blocked` has changed. */
  readonly onBlocked?: () => void;
}

export function createPostBudgets({ ledger, stopping, onBlocked = () => {} }: PostBudgetsOptions): PostBudgets {
  const inWork = new Set<string>();
  const join = createLine();
  let waiting = 0;
  let isBlocked = false;

  function block(state: boolean): void {
    if (isBlocked === state) return;
    isBlocked = state;
    onBlocked();
  }

  /** True when the budget is held, false when the post must wait for it. */
  function tryOpen(post: string, { draftUsd, wholeUsd }: PostCost): boolean {
    try {
      ledger.hold(post, wholeUsd);
      return true;
    } catch (error) {
      if (!BloggerError.is(error) || error.code !== 'BUDGET_REACHED') throw error;
      const others = inWork.size - Number(inWork.has(post));
      if (others > 0 || ledger.spent().inFlight > 0) return false;
      ledger.hold(post, draftUsd);
      return true;
    }
  }

  async function waitInLine(post: string, cost: PostCost, signal: AbortSignal): Promise<void> {
    const { turn, leave } = join();
    waiting += 1;
    try {
      await turn;
      signal.throwIfAborted();
      while (!tryOpen(post, cost)) {
        block(true);
        await ledger.changed(AbortSignal.any([signal, stopping]));
      }
      inWork.add(post);
    } finally {
      waiting -= 1;
      block(false);
      leave();
    }
  }

  return {
    open(post, cost, signal) {
      if (waiting > 0 || !tryOpen(post, cost)) return waitInLine(post, cost, signal);
      inWork.add(post);
      return undefined;
    },
    close(post, { keep = false } = {}) {
      inWork.delete(post);
      if (!keep) ledger.dropHold(post);
    },
    get blocked() {
      return isBlocked ? waiting : 0;
    },
  };
}

/** A line in which each waits for the one before to leave. */
function createLine(): () => { readonly turn: Promise<void>; readonly leave: () => void } {
  let last: Promise<void> = Promise.resolve();
  return () => {
    const turn = last;
    let leave = () => {};
    last = new Promise((resolve) => {
      leave = resolve;
    });
    return { turn, leave };
  };
}
