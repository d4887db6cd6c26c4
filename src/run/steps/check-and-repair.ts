/** Checks a draft and repairs it at most once. */

import { BloggerError, isAbortError } from '../../core/errors.ts';
import type { Writer } from '../../core/ports.ts';
import type { CheckedDraft, Draft, DraftGap, Finding } from '../../core/types.ts';
import { type JudgeOptions, judgeDraft } from '../../stages/check/judge-draft.ts';
import { asBloggerError, type Run, stopsRun } from '../run.ts';
import { type Looked, lookAgain } from './second-look.ts';

export interface CheckingRun extends Pick<Run, 'stop'> {
  readonly checkOptions: JudgeOptions;
  readonly writer: Pick<Writer, 'repair' | 'look'>;
}

/** Repairs a draft with faults once; the remaining faults decide its outcome. An incomplete post is saved as a draft. */
export async function checkAndRepair(draft: Draft, run: CheckingRun, signal: AbortSignal): Promise<CheckedDraft> {
  const { by = 'rules', onUnsupported = 'mark' } = run.checkOptions;
  const isLookedAt = by === 'model' && !draft.digest;
  const look = async (one: Draft): Promise<Looked> =>
    isLookedAt && one.gap === undefined ? lookAgain(one, run.writer, signal) : { draft: one, findings: [] };
  const first = judgeDraft(draft, run.checkOptions);
  const firstLook = await look(draft);
  const problems = [...first.problems, ...(onUnsupported === 'repair' ? problemsOf(firstLook.findings) : [])];
  const repairable = problems.length > 0 && draft.provenance.repairs === 0 && !draft.digest && draft.gap === undefined;
  const repaired = repairable ? await repairOrKeep(firstLook.draft, problems, run, signal) : firstLook.draft;
  const verdict = repairable ? judgeDraft(repaired, run.checkOptions) : first;
  const lastLook = repaired.content === draft.content ? firstLook : await look(repaired);
  const final = repaired.content === draft.content ? repaired : lastLook.draft;
  if (verdict.fatal !== undefined) {
    throw new BloggerError(verdict.fatal.message, {
      code: verdict.fatal.code,
      hint: 'See the findings with `blogger jobs show`, or set onUngrounded to draft.',
      details: { findings: verdict.findings },
    });
  }
  if (final.gap !== undefined) stopWhereNothingHelps(final.gap, run);
  if (lastLook.failure !== undefined) stopWhereNothingHelps(lastLook.failure, run);
  return {
    draft: final,
    findings: [...(final.gap === undefined ? [] : [gapFinding(final.gap)]), ...lastLook.findings, ...verdict.findings],
    facts: verdict.facts,
    score: verdict.score,
    holdAsDraft:
      verdict.holdAsDraft || final.gap !== undefined || (onUnsupported !== 'mark' && lastLook.findings.length > 0),
  };
}

/** Problems from the model check for the repair request. */
function problemsOf(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ rule, message, excerpt }) =>
    rule === 'look-failed' ? [] : [`${message}: "${excerpt ?? ''}"`],
  );
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

/** Stops the run if the error behind the gap would affect every other post: a used-up cap, a refused key. */
function stopWhereNothingHelps({ code, message }: DraftGap, run: CheckingRun): void {
  const error = new BloggerError(message, {
    code,
    hint: 'Incomplete posts are saved as drafts. Fix the cause, then run the same command again.',
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
