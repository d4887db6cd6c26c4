import { BloggerError } from '../../core/errors.ts';
import { openTarget } from '../../targets/targets.ts';
import { systemClock } from '../../util/clock.ts';
import type { ExamineOptions, Finding } from './finding.ts';

const PATIENCE_MS = 10_000;

/** Asks each target of the setting `publish` whether its user may do what publishing takes. */
export async function examineTargets({ settings, secrets }: ExamineOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of settings.publish) {
    const subject = `Target ${name}`;
    try {
      const target = await openTarget(name, { settings, secrets, clock: systemClock });
      const problems = await target.check(AbortSignal.timeout(PATIENCE_MS));
      findings.push(
        problems.length === 0
          ? { subject, level: 'ok', message: 'it answers, and the user may publish' }
          : {
              subject,
              level: 'error',
              message: problems.join(' '),
              mend: 'Give the user these rights, or name another one.',
            },
      );
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const mend = (BloggerError.is(error) ? error.hint : undefined) ?? 'Check the address of the target.';
      findings.push({ subject, level: 'error', message, mend });
    }
  }
  return findings;
}
