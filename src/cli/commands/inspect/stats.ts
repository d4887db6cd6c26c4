import { resolve } from 'node:path';
import type { Command } from 'commander';
import { buildReport, type Report } from '../../../api/report.ts';
import { isWaiting, listForReview, type ReviewedPost } from '../../../api/review.ts';
import { BloggerError } from '../../../core/errors.ts';
import { isoNow, systemClock } from '../../../util/clock.ts';
import { namingFileErrors } from '../../../util/files/file-error.ts';
import { writeFileAtomic } from '../../../util/files/files.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { openProject } from '../../../wiring/open-project.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { compareRuns } from '../../report/compare-runs.ts';
import type { GlanceData } from '../../report/page-glance.ts';
import { renderReport } from '../../reporters/render-report.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';
import { parseSince } from '../../since.ts';

interface StatsFlags {
  readonly since?: string;
  readonly run?: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly compare?: readonly string[];
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command, ['out', 'state'])
    .option('--since <when>', 'only runs since then: 7d, 12h or a date')
    .option('--run <id>', 'one run')
    .option('--json', 'print as JSON')
    .option('--html <file>', 'write the report as a single offline page')
    .option('--compare <runs...>', 'two runs side by side')
    .addHelpText('before', EXAMPLES)
    .action(async (flags: StatsFlags) => {
      const { settings } = await settingsOf(command, io);
      await using project = openProject(settings, io.cwd);
      if (flags.compare !== undefined) {
        const [first, second] = twoRuns(flags.compare);
        io.stdout.write(
          compareRuns(await buildReport(project, { run: first }), await buildReport(project, { run: second })),
        );
        exit(EXIT.ok);
        return;
      }
      const since = flags.since === undefined ? {} : { since: parseSince(flags.since, systemClock.now()) };
      const report: Report = await buildReport(project, {
        ...since,
        ...(flags.run === undefined ? {} : { run: flags.run }),
      });
      if (flags.html !== undefined) {
        const waiting = await waitingPosts(settings.out, io.cwd);
        await writePage({ report, waiting, sources: project.sources.list() }, flags.html, io);
      }
      if (flags.json === true) io.stdout.write(`${jsonText(report, 2)}\n`);
      else if (flags.html === undefined) io.stdout.write(renderReport(report, io.stdout.columns));
      exit(EXIT.ok);
    });
}

const EXAMPLES = `Examples:
  blogger stats
  blogger stats --since 7d --html report.html
  blogger stats --compare 3f2a 77b0
  blogger stats --run 3f2a --json | jq .runs[0].summary

`;

/** Drafts without a decision. */
async function waitingPosts(out: string, cwd: string): Promise<readonly ReviewedPost[]> {
  return (await listForReview(out, cwd)).posts.filter(isWaiting);
}

async function writePage(data: GlanceData, file: string, io: Io): Promise<void> {
  const { renderReportPage } = await import('../../report/report-page.ts');
  const page = renderReportPage(data, isoNow(systemClock));
  await namingFileErrors({ path: file, hint: 'Name another file with --html.' }, () =>
    writeFileAtomic(resolve(io.cwd, file), page),
  );
  io.stderr.write(`wrote ${file}\n`);
}

function twoRuns(runs: readonly string[]): readonly [string, string] {
  const [first, second, third] = runs;
  if (first === undefined || second === undefined || third !== undefined)
    throw new BloggerError(`--compare expected two runs, got ${runs.length}`, {
      code: 'USAGE',
      hint: 'Write --compare 3f2a 77b0; `blogger stats` lists the runs.',
    });
  return [first, second];
}
