/** Money by posts: what a post may need until it is saved is set aside before its first call, so that a cap buys whole posts. */

import { BloggerError } from '../../../core/errors.ts';
import type { Ledger } from '../../../core/ports.ts';

/** The most that the making of a post can cost in US dollars; undefined = unknown price. */
export interface PostCost {
  /** Everything up to a draft, what is in the ledger already left out. */
  readonly draftUsd: number | undefined;
  /** With the one repair. */
  readonly wholeUsd: number | undefined;
}

export interface Purse {
  /**
   * Sets the money of a post aside, first come, first served; waits while posts in work may give some back. The last money, which is too
   * little for draft and repair, goes to a draft alone. Throws `BUDGET_REACHED`. Undefined when there is nothing to wait for.
   */
  open(post: string, cost: PostCost, signal: AbortSignal): Promise<void> | undefined;
  /** The post is done; what is left is free again. `keep`: its answers stay at the vendor, and a later run needs the money. */
  close(post: string, options?: { readonly keep?: boolean }): void;
  /** Posts that cannot go on before other posts are done. */
  readonly blocked: number;
}

export interface PurseOptions {
  readonly ledger: Ledger;
  /** Fires when the run takes no new work: nothing waits for money any more. */
  readonly stopping: AbortSignal;
  /** Called when `blocked` has changed. */
  readonly onBlocked?: () => void;
}

export function createPurse({ ledger, stopping, onBlocked = () => {} }: PurseOptions): Purse {
  const inWork = new Set<string>();
  let line: Promise<void> = Promise.resolve();
  let waiting = 0;
  let isBlocked = false;

  function block(state: boolean): void {
    if (isBlocked === state) return;
    isBlocked = state;
    onBlocked();
  }

  /** True when the money is set aside, false when it has to be waited for. */
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
    const turn = line;
    let leave = () => {};
    line = new Promise((resolve) => {
      leave = resolve;
    });
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
