/** Budget of posts that workers write: reserves the money of a post before its job is queued, and settles its calls from the answer. */

import type { Clock, Emit, Ledger, PaidCall } from '../../core/ports.ts';
import type { Brief } from '../../core/types.ts';
import type { PostAnswer } from '../../run/worker-jobs.ts';
import type { PostBudgets, PostCost } from '../../stages/write/calls/post-budgets.ts';

export interface WorkersBookOptions {
  readonly runId: string;
  readonly ledger: Ledger;
  readonly budgets: PostBudgets;
  /** Maximum cost of a post. */
  readonly costOf: (brief: Brief) => PostCost;
  readonly clock: Clock;
  readonly emit: Emit;
}

export interface WorkersBook {
  /** Reserves the money of a post; waits while other posts may release some. Throws `BUDGET_REACHED`. */
  open(brief: Brief, signal: AbortSignal): Promise<void>;
  /** Reserves the money for the post's repair. Throws `BUDGET_REACHED`. */
  openRepair(brief: Brief): void;
  /** Records the worker's calls, each once; `key` identifies the post in their ids. */
  settle(brief: Brief, key: string, answer: PostAnswer): void;
  /**
   * The queue restarted empty: a worker may have paid for the post, so its money counts as spent and is reserved a second time.
   * Without a cap, this applies only to a job that a worker had started.
   */
  lose(brief: Brief, jobId: string, hasStarted: boolean): void;
  /** A post that an earlier run sent to a worker was paid for now; the earlier call may have been paid for, too. */
  suspect(brief: Brief, jobId: string): void;
  close(brief: Brief): void;
}

export function createWorkersBook({ runId, ledger, budgets, costOf, clock, emit }: WorkersBookOptions): WorkersBook {
  let losses = 0;
  const hasCap = () => ledger.spent().capUsd !== undefined;

  /** A call of a worker that nobody can tell about any more. */
  function recordLost(jobId: string, worstUsd: number | undefined): void {
    losses += 1;
    const call = { provider: 'worker', model: 'unknown', tier: 'standard', state: 'unknown', at: clock.now() } as const;
    const id = `lost:${runId}:${losses}:${jobId}`;
    ledger.record([{ id, ...call, ...(worstUsd === undefined ? {} : { worstUsd }) }]);
  }

  return {
    async open(brief, signal) {
      if (hasCap()) await budgets.open(brief.key, costOf(brief), signal);
    },
    openRepair(brief) {
      if (!hasCap()) return;
      const { draftUsd, wholeUsd } = costOf(brief);
      const repairUsd = draftUsd === undefined || wholeUsd === undefined ? undefined : wholeUsd - draftUsd;
      if (repairUsd === undefined || ledger.heldFor(brief.key) < repairUsd) ledger.hold(brief.key, repairUsd);
    },
    settle(brief, key, answer) {
      if (answer.failed === undefined && answer.digest) return;
      const at = ledger.find(key)?.at ?? clock.now();
      const fresh = ledger.record(answer.calls.length > 0 ? answer.calls : answerOfAnother(key, answer, at));
      const cost = fresh.reduce((sum, call) => sum + (call.costUsd ?? call.worstUsd ?? 0), 0);
      // The held money counts as spent now.
      const held = ledger.heldFor(brief.key);
      if (held > 0) ledger.hold(brief.key, Math.max(0, held - cost));
      for (const call of fresh) emitCall(call, emit);
      if (fresh.length === 0 && answer.failed === undefined) emitReuse(key, answer.provenance, emit);
    },
    lose(brief, jobId, hasStarted) {
      const heldUsd = ledger.heldFor(brief.key);
      if (heldUsd === 0 && !hasStarted) return;
      const worstUsd = heldUsd > 0 ? heldUsd : costOf(brief).wholeUsd;
      ledger.dropHold(brief.key);
      recordLost(jobId, worstUsd);
      if (heldUsd > 0) ledger.hold(brief.key, heldUsd);
    },
    suspect: (brief, jobId) => recordLost(jobId, costOf(brief).draftUsd),
    close: ({ key }) => budgets.close(key),
  };
}

/** An answer from the shared store whose calls were not reported by the worker that paid for it. */
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
