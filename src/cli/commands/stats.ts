import type { Command } from 'commander';
import { BloggerError } from '../../core/errors.ts';
import { openProject } from '../../pipeline/open-project.ts';
import { buildReport, type Report } from '../../pipeline/report.ts';
import { systemClock } from '../../util/clock.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { renderReport } from '../reporters/render-report.ts';
import { addSettingsFlags, settingsOf } from '../settings-flags.ts';

interface StatsFlags {
  readonly since?: string;
  readonly run?: string;
  readonly json?: boolean;
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command)
    .option('--since <when>', 'only what began since then: 7d, 12h or a date')
    .option('--run <id>', 'one run')
    .option('--json', 'print as JSON')
    .addHelpText('before', 'Examples:\n  blogger stats\n  blogger stats --since 7d\n  blogger stats --run 3f2a --json | jq .runs[0].summary\n\n')
    .action(async (flags: StatsFlags) => {
      const { settings } = await settingsOf(command, io);
      await using project = openProject(settings, io.cwd);
      const since = flags.since === undefined ? {} : { since: parseSince(flags.since, systemClock.now()) };
      const report: Report = await buildReport(project, { ...since, ...(flags.run === undefined ? {} : { run: flags.run }) });
      io.stdout.write(flags.json === true ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
      exit(EXIT.ok);
    });
}

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `7d`, `12h` or a date as milliseconds since the epoch. */
export function parseSince(text: string, now: number): number {
  const span = /^(\d+)([mhdw])$/.exec(text);
  const at = span === null ? Date.parse(text) : now - Number(span[1]) * UNITS_MS[span[2] as keyof typeof UNITS_MS]; // the pattern lets only these through
  if (Number.isNaN(at))
    throw new BloggerError(`--since expected a span such as 7d or 12h, or a date, got "${text}"`, {
      code: 'USAGE',
      hint: 'Write --since 7d or --since 2026-01-31.',
    });
  return at;
}
