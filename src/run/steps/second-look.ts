/** Runs the model check of a draft if the settings request it; a failure never loses the draft. */

import { isAbortError } from '../../core/errors.ts';
import type { Writer } from '../../core/ports.ts';
import type { Draft, DraftGap, Finding } from '../../core/types.ts';
import { lookFindings, statementsOf } from '../../stages/check/second-look.ts';
import { asBloggerError } from '../run.ts';

export interface Looked {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  /** Why the model check failed. */
  readonly failure?: DraftGap;
}

export async function lookAgain(draft: Draft, writer: Pick<Writer, 'look'>, signal: AbortSignal): Promise<Looked> {
  const statements = statementsOf(draft);
  if (statements.length === 0) return { draft, findings: [] };
  try {
    const looked = await writer.look(draft, statements, signal);
    return { draft: looked, findings: lookFindings(statements, looked.look ?? [], draft.brief.articles) };
  } catch (error) {
    if (signal.aborted || isAbortError(error)) throw error;
    const { code, message } = asBloggerError(error);
    if (code === 'BATCH_PENDING' || code === 'JOB_CANCELLED' || code === 'BUG') throw error;
    const finding: Finding = {
      rule: 'look-failed',
      severity: 'warning',
      message: `The second look was not made (${code}): ${message}`,
      fix: 'Run the same command again with --retry-failed, or compare the post with its sources yourself.',
    };
    return { draft, findings: [finding], failure: { code, message } };
  }
}
