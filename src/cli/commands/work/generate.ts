import { type Command, Option } from 'commander';
import type { GenerateOptions } from '../../../api/generate.ts';
import type { Settings } from '../../../config/schema.ts';
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
import type { Reporter } from '../../reporters/reporter.ts';
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
    .option('--force', 'rewrite all posts, also unchanged ones; edited versions are kept as copies')
    .option('--update-approved', 'rewrite approved posts whose sources have changed')
    .option('--retry-failed', 'take only the entries that failed in the last run')
    .option('--detach', 'run in the background; returns when the run has started')
    .option('-y, --yes', 'confirm a first run that sends more than 10 posts to a target in one day')
    .addOption(
      new Option(
        '--dry-run',
        'read and plan only: print posts, tokens and cost without writing or paid calls',
      ).conflicts('detach'),
    )
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
      const chosen = chooseReporter({ ...flags, screenReader: settings.screenReader }, io);
      const reporter = await createReporter(chosen, io, systemClock);
      const invocation = { flags, io, signals, atVendor, failOn: settings.failOn };
      const options = { settings, secrets, ...optionsOf(invocation, settings, reporter) };
      try {
        exit(await (flags.dryRun === true ? estimatePosts : generatePosts)(lists, options, invocation));
      } finally {
        await reporter.close();
      }
    });
}

interface Invocation {
  readonly flags: GenerateFlags;
  readonly io: Io;
  readonly signals: ReturnType<typeof listenForStop>;
  /** The posts are submitted as a vendor batch, for `collect` to fetch. */
  readonly atVendor: boolean;
  readonly failOn: string;
}

function optionsOf(
  { flags, io, signals, atVendor }: Invocation,
  settings: Settings,
  { sink, onControls }: Reporter,
): GenerateOptions {
  return {
    cwd: io.cwd,
    logger: createLogger(settings, io),
    stop: signals.stop,
    onEvent(event) {
      if (event.type === 'run:start' && io.background !== undefined) reportStarted();
      sink(event);
    },
    ...(io.background === undefined ? {} : { runId: io.background.runId }),
    onControls,
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
}

/** Returns the exit code. */
async function estimatePosts(
  lists: string[],
  options: GenerateOptions,
  { flags, io, signals }: Invocation,
): Promise<number> {
  const { estimate } = await import('../../../api/estimate.ts');
  const { estimate: figures, stoppedBy, interrupted } = await estimate(lists, options);
  if (flags.json !== true) io.stdout.write(renderEstimate(figures));
  return exitCodeOfStop({ stoppedBy, signal: signals.received, interrupted }) ?? EXIT.ok;
}

/** Returns the exit code. */
async function generatePosts(lists: string[], options: GenerateOptions, invocation: Invocation): Promise<number> {
  const { flags, io, signals, atVendor, failOn } = invocation;
  const { generate } = await import('../../../api/generate.ts');
  const outcome = await generate(lists, options);
  if (atVendor && flags.json !== true) io.stdout.write(`${outcome.summary.runId}\n`);
  for (const publication of outcome.publications) io.stderr.write(`${publicationLine(publication)}\n`);
  await reportToGithub(outcome, io);
  const signal = signals.received === undefined ? {} : { signal: signals.received };
  const code = exitCodeOf({ ...outcome, ...signal }, failOn);
  return code === EXIT.ok ? exitOf(outcome.publications) : code;
}

export function sinceOf({ since }: { readonly since?: string }): { readonly since?: number } {
  return since === undefined ? {} : { since: parseSince(since, systemClock.now()) };
}

/** Options shared by all commands that read a list. */
export function addListFlags(command: Command, { json }: { readonly json: string }): Command {
  const levels = [...PRIORITIES];
  return addSettingsFlags(
    command.argument('[list...]', 'files, URLs or - for standard input (default: the `urls` setting)'),
  )
    .addOption(
      new Option('--priority <level>', 'priority of entries without their own').choices(levels).default('medium'),
    )
    .addOption(new Option('--only <level>', 'take only entries of this priority').choices(levels))
    .option('--skip-bad-lines', 'skip lines that cannot be parsed')
    .option('--since <when>', 'only feed items newer than this: 7d, 12h or a date')
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
