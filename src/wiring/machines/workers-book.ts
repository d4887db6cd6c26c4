/** The run's book for posts that workers write: the money of a post is set aside before its job is queued, and its calls are settled from the answer. */

import type { Clock, Emit, Ledger, PaidCall } from '../../core/ports.ts';
import type { Brief } from '../../core/types.ts';
import type { PostAnswer } from '../../run/worker-jobs.ts';
import type { PostCost, Purse } from '../../stages/write/calls/purse.ts';

export interface WorkersBookOptions {
  readonly runId: string;
  readonly ledger: Ledger;
  readonly purse: Purse;
  /** The most that a post can cost. */
  readonly costOf: (brief: Brief) => PostCost;
  readonly clock: Clock;
  readonly emit: Emit;
}

export interface WorkersBook {
  /** Sets the money of a post aside; waits while other posts may give some back. Throws `BUDGET_REACHED`. */
  open(brief: Brief, signal: AbortSignal): Promise<void>;
  /** Makes sure that the money for the post's repair is there. Throws `BUDGET_REACHED`. */
  openRepair(brief: Brief): void;
  /** Takes the worker's calls over, each once; `key` is what the post is called in their ids. */
  settle(brief: Brief, key: string, answer: PostAnswer): void;
  /** The queue came back empty: a worker may have been paid for the post, so that money counts as spent, and is set aside a second time. */
  lose(brief: Brief, jobId: string): void;
  close(brief: Brief): void;
}

export function createWorkersBook({ runId, ledger, purse, costOf, clock, emit }: WorkersBookOptions): WorkersBook {
  let losses = 0;
  const hasCap = () => ledger.spent().capUsd !== undefined;

  return {
    async open(brief, signal) {
      if (hasCap()) await purse.open(brief.key, costOf(brief), signal);
    },
    openRepair(brief) {
      if (!hasCap()) return;
      const { draftUsd, wholeUsd } = costOf(brief);
      const repairUsd = draftUsd === undefined || wholeUsd === undefined ? undefined : wholeUsd - draftUsd;
      if (repairUsd === undefined || ledger.heldFor(brief.key) < repairUsd) ledger.hold(brief.key, repairUsd);
    },
    settle(brief, key, answer) {
      if (answer.failed === undefined && answer.digest) return;
      const fresh = ledger.record(answer.calls.length > 0 ? answer.calls : answerOfAnother(key, answer, clock.now()));
      const cost = fresh.reduce((sum, call) => sum + (call.costUsd ?? call.worstUsd ?? 0), 0);
      // What was held is spent now.
      const held = ledger.heldFor(brief.key);
      if (held > 0) ledger.hold(brief.key, Math.max(0, held - cost));
      for (const call of fresh) emitCall(call, emit);
      if (fresh.length === 0 && answer.failed === undefined) emitReuse(key, answer.provenance, emit);
    },
    lose(brief, jobId) {
      const worstUsd = ledger.heldFor(brief.key);
      if (worstUsd === 0) return;
      losses += 1;
      const id = `lost:${runId}:${losses}:${jobId}`;
      ledger.dropHold(brief.key);
      ledger.record([
        { id, provider: 'worker', model: 'unknown', tier: 'standard', at: clock.now(), state: 'unknown', worstUsd },
      ]);
      ledger.hold(brief.key, worstUsd);
    },
    close: ({ key }) => purse.close(key),
  };
}

/** An answer that the worker got from the shared store: the worker that paid for it did not report it. */
function answerOfAnother(key: string, answer: PostAnswer, at: number): readonly PaidCall[] {
  if (answer.failed !== undefined) return [];
  const { provider, model, tier, usage, costUsd } = answer.provenance;
  if (costUsd === undefined || costUsd === 0) return [];
  return [{ id: key, provider, model, tier, at, state: 'settled', usage, costUsd }];
}

function emitCall({ id: key, provider, model, tier, usage, costUsd }: PaidCall, emit: Emit): void {
  emit({ type: 'call:start', key, provider, model, tier });
  emit({
    type: 'call:end',
    key,
    tier,
    finishReason: 'stop',
    ms: 0,
    reused: false,
    ...(usage === undefined ? {} : { usage }),
    ...(costUsd === undefined ? {} : { costUsd }),
  });
}

function emitReuse(key: string, { tier, usage }: Pick<PaidCall, 'tier' | 'usage'>, emit: Emit): void {
  const known = usage === undefined ? {} : { usage };
  emit({ type: 'call:end', key, tier, finishReason: 'stop', ms: 0, reused: true, costUsd: 0, ...known });
}
