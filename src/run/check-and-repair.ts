/** Checks a draft and repairs it at most once. */

import { BloggerError, isAbortError } from '../core/errors.ts';
import type { Writer } from '../core/ports.ts';
import type { CheckedDraft, Draft, DraftGap, Finding } from '../core/types.ts';
import { type JudgeOptions, judgeDraft } from '../stages/check/judge-draft.ts';
import { asBloggerError, type Run, stopsRun } from './run.ts';

export interface CheckingRun extends Pick<Run, 'stop'> {
  readonly checkOptions: JudgeOptions;
  readonly writer: Pick<Writer, 'repair'>;
}

/** A draft with faults is repaired once; the faults that remain decide its outcome. A draft with a gap is saved as a draft. */
export async function checkAndRepair(draft: Draft, run: CheckingRun, signal: AbortSignal): Promise<CheckedDraft> {
  const first = judgeDraft(draft, run.checkOptions);
  const repairable =
    first.problems.length > 0 && draft.provenance.repairs === 0 && !draft.digest && draft.gap === undefined;
  const final = repairable ? await repairOrKeep(draft, first.problems, run, signal) : draft;
  const verdict = repairable ? judgeDraft(final, run.checkOptions) : first;
  if (verdict.fatal !== undefined) {
    throw new BloggerError(verdict.fatal.message, {
      code: verdict.fatal.code,
      hint: 'See the findings with `blogger jobs show`, or set onUngrounded to draft.',
      details: { findings: verdict.findings },
    });
  }
  if (final.gap !== undefined) stopWhereNothingHelps(final.gap, run);
  return {
    draft: final,
    findings: final.gap === undefined ? verdict.findings : [gapFinding(final.gap), ...verdict.findings],
    facts: verdict.facts,
    score: verdict.score,
    holdAsDraft: verdict.holdAsDraft || final.gap !== undefined,
  };
}

/** When the repair fails, the paid draft is kept with its faults. */
async function repairOrKeep(
  draft: Draft,
  problems: readonly string[],
  run: CheckingRun,
  signal: AbortSignal,
): Promise<Draft> {
  try {
    return await run.writer.repair(draft, problems, signal);
  } catch (error) {
    if (signal.aborted || isAbortError(error)) throw error;
    const { code, message } = asBloggerError(error);
    if (code === 'BATCH_PENDING' || code === 'JOB_CANCELLED' || code === 'BUG') throw error;
    return { ...draft, gap: { code, message } };
  }
}

/** Stops the run when the error behind the gap would affect every other post, too: a used-up cap, a refused key. */
function stopWhereNothingHelps({ code, message }: DraftGap, run: CheckingRun): void {
  const error = new BloggerError(message, {
    code,
    hint: 'Posts that could not be finished are saved as drafts. Solve the cause, then run the same command again.',
  });
  if (stopsRun(error)) run.stop(error);
}

function gapFinding({ code, message }: DraftGap): Finding {
  return {
    rule: 'not-repaired',
    severity: 'error',
    message: `The post is not finished (${code}): ${message}`,
    fix: 'Edit it, or write it again with --force.',
  };
}
