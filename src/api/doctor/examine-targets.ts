import { resolve } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import type { TargetCheck } from '../../core/publishing.ts';
import { openTarget } from '../../targets/targets.ts';
import { systemClock } from '../../util/clock.ts';
import { systemRandom } from '../../util/random.ts';
import type { ExamineOptions, Finding } from './finding.ts';

const PATIENCE_MS = 15_000;
/** A larger difference makes targets refuse tokens or publish posts at the wrong time. */
const MAX_CLOCK_OFF_MS = 120_000;

/** Checks user permissions, version and clock of each target of the setting `publish`. */
export async function examineTargets({ settings, secrets, cwd }: ExamineOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of settings.publish) {
    const subject = `Target ${name}`;
    try {
      const target = await openTarget(name, {
        settings,
        secrets,
        state: resolve(cwd, settings.state),
        out: settings.out,
        timeZone: settings.timezone ?? 'UTC',
        clock: systemClock,
        random: systemRandom,
      });
      findings.push(...findingsOf(subject, await target.check(AbortSignal.timeout(PATIENCE_MS))));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const mend = (BloggerError.is(error) ? error.hint : undefined) ?? 'Check the address of the target.';
      findings.push({ subject, level: 'error', message, fix: mend });
    }
  }
  return findings;
}

export function findingsOf(subject: string, { problems, version, clock }: TargetCheck): Finding[] {
  const off = clock === undefined ? 0 : clock.theirs - clock.ours;
  const clockOff: Finding[] =
    Math.abs(off) <= MAX_CLOCK_OFF_MS
      ? []
      : [
          {
            subject,
            level: 'error',
            message: `its clock is ${Math.round(Math.abs(off) / 1000)} seconds ${off > 0 ? 'ahead of' : 'behind'} this machine's`,
            fix: 'Let both machines set their clocks by NTP: tokens are refused and posts appear at the wrong time.',
          },
        ];
  if (problems.length > 0)
    return [
      ...clockOff,
      {
        subject,
        level: 'error',
        message: problems.join(' '),
        fix: 'Give the user or the key these rights, or name another one.',
      },
    ];
  const named = version === undefined ? 'it answers' : `${version} answers`;
  return [...clockOff, { subject, level: 'ok', message: `${named}, and its user may publish` }];
}
