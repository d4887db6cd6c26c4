import { type Command, Option } from 'commander';
import type { GenerateOptions } from '../../../api/generate.ts';
import { PRIORITIES, type Priority } from '../../../core/types.ts';
import { chooseTier } from '../../../stages/plan/choose-tier.ts';
import { systemClock } from '../../../util/clock.ts';
import { consentOf } from '../../process/consent.ts';
import { createLogger } from '../../process/create-logger.ts';
import { detach, reportStarted } from '../../process/detach.ts';
import { EXIT, exitCodeOf, exitCodeOfStop } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { listenForStop } from '../../process/signals.ts';
import { readAll } from '../../process/stdin.ts';
import { chooseReporter } from '../../reporters/choose-reporter.ts';
import { createReporter } from '../../reporters/create-reporter.ts';
import { reportToGithub } from '../../reporters/github.ts';
import { renderEstimate } from '../../reporters/render-estimate.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';
import { parseSince } from '../../since.ts';
import { exitOf, publicationLine } from './publish.ts';

interface GenerateFlags {
  readonly priority: Priority;
  readonly only?: Priority;
  readonly force?: boolean;
  readonly updateApproved?: boolean;
  readonly retryFailed?: boolean;
  readonly skipBadLines?: boolean;
  readonly since?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly detach?: boolean;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addListFlags(command, { json: 'one JSON event a line on stdout' })
    .option('--force', 'write all posts again, also the unchanged ones; a version that was edited is kept beside')
    .option('--update-approved', 'take new texts for approved posts whose sources have changed')
    .option('--retry-failed', 'take only the entries that failed in the last run')
    .option('--detach', 'give the prompt back as soon as the run is safely under way in the background')
    .option('-y, --yes', 'agree to a first run that brings more than 10 posts to a target in one day')
    .option('--dry-run', 'read and plan, print posts, tokens and price; write and pay nothing')
    .addHelpText('before', EXAMPLES)
    .action(async (lists: string[], flags: GenerateFlags) => {
      const { settings, secrets } = await settingsOf(command, io);
      // A vendor batch needs no local process: submit it and exit.
      const atVendor =
        flags.detach === true && chooseTier(settings.tier, settings.deadline, systemClock.now()) === 'batch';
      if (flags.detach === true && !atVendor) {
        exit(await detach({ argv: io.argv, state: settings.state }, io));
        return;
      }
      using signals = listenForStop(io);
      const reporter = await createReporter(
        chooseReporter({ ...flags, screenReader: settings.screenReader }, io),
        io,
        systemClock,
      );
      const options: GenerateOptions = {
        settings,
        secrets,
        cwd: io.cwd,
        logger: createLogger(settings, io),
        stop: signals.stop,
        onEvent(event) {
          if (event.type === 'run:start' && io.background !== undefined) reportStarted();
          reporter.sink(event);
        },
        ...(io.background === undefined ? {} : { runId: io.background.runId }),
        onControls: reporter.onControls,
        priority: flags.priority,
        ...(flags.only === undefined ? {} : { only: flags.only }),
        force: flags.force ?? false,
        updateApproved: flags.updateApproved ?? false,
        retryFailed: flags.retryFailed ?? false,
        skipBadLines: flags.skipBadLines ?? false,
        ...sinceOf(flags),
        consent: consentOf(flags, io, signals.stop),
        readStdin: () => readAll(io.stdin, signals.stop),
        waitForBatches: !atVendor,
      };
      try {
        if (flags.dryRun === true) {
          const { estimate } = await loadEstimate();
          const { estimate: figures, stoppedBy, interrupted } = await estimate(lists, options);
          if (flags.json !== true) io.stdout.write(renderEstimate(figures));
          exit(exitCodeOfStop({ stoppedBy, signal: signals.received, interrupted }) ?? EXIT.ok);
          return;
        }
        const { generate } = await loadGenerate();
        const outcome = await generate(lists, options);
        if (atVendor && flags.json !== true) io.stdout.write(`${outcome.summary.runId}\n`);
        for (const publication of outcome.publications) io.stderr.write(`${publicationLine(publication)}\n`);
        await reportToGithub(outcome, io);
        const code = exitCodeOf(
          { ...outcome, ...(signals.received === undefined ? {} : { signal: signals.received }) },
          settings.failOn,
        );
        exit(code === EXIT.ok ? exitOf(outcome.publications) : code);
      } finally {
        await reporter.close();
      }
    });
}

export function sinceOf({ since }: { readonly since?: string }): { readonly since?: number } {
  return since === undefined ? {} : { since: parseSince(since, systemClock.now()) };
}

// Loaded lazily: `--detach` and `--help` do not need the pipeline and exit sooner without it. In separate functions,
// because TypeScript 6 does not rewrite the ending of an `import()` in a function that has `using` in it.
const loadGenerate = () => import('../../../api/generate.ts');
const loadEstimate = () => import('../../../api/estimate.ts');

/** Options shared by all commands that read a list. */
export function addListFlags(command: Command, { json }: { readonly json: string }): Command {
  const levels = [...PRIORITIES];
  return addSettingsFlags(
    command.argument('[list...]', 'files, URLs or - for standard input (default: the `urls` setting)'),
  )
    .addOption(
      new Option('--priority <level>', 'priority of entries that carry none').choices(levels).default('medium'),
    )
    .addOption(new Option('--only <level>', 'take only entries of this priority').choices(levels))
    .option('--skip-bad-lines', 'go on without lines that are not understood')
    .option('--since <when>', 'only items of feeds that are newer: 7d, 12h or a date')
    .option('--json', json)
    .option('--plain', 'progress as plain lines, also on a terminal')
    .option('-q, --quiet', 'errors only');
}

const EXAMPLES = `Examples:
  blogger generate urls.txt                               built-in writer, or the provider whose key is set
  blogger generate urls.txt --max-cost 2.50 --tier flex   half price, never above the cap
  cat urls.txt | blogger generate - --json | jq .type     events for other programs
  blogger generate urls.txt --only high --dry-run         what it would write and cost

`;
