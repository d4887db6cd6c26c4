import type { Command } from 'commander';
import { collect } from '../../pipeline/collect.ts';
import { systemClock } from '../../util/clock.ts';
import { createLogger } from '../create-logger.ts';
import { exitCodeOf } from '../exit.ts';
import type { Io } from '../io.ts';
import { chooseReporter } from '../reporters/choose-reporter.ts';
import { createReporter } from '../reporters/create-reporter.ts';
import { reportToGithub } from '../reporters/github.ts';
import { addSettingsFlags, settingsOf } from '../settings-flags.ts';
import { listenForStop } from '../signals.ts';

interface CollectFlags {
  readonly wait?: boolean;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command)
    .option('--wait', 'look again until all batches are done')
    .option('--json', 'one JSON event a line on stdout')
    .option('--plain', 'progress as plain lines, also on a terminal')
    .option('-q, --quiet', 'errors only')
    .addHelpText(
      'before',
      'Examples:\n  blogger collect          save the posts whose batches are finished; 75 where some are not\n  blogger collect --wait   wait for the rest\n\n',
    )
    .action(async (flags: CollectFlags) => {
      const { settings, secrets } = await settingsOf(command, io);
      using signals = listenForStop(io);
      const reporter = await createReporter(chooseReporter({ ...flags, screenReader: settings.screenReader }, io), io, systemClock);
      try {
        const outcome = await collect({
          settings,
          secrets,
          cwd: io.cwd,
          logger: createLogger(settings, io),
          stop: signals.stop,
          onEvent: reporter.sink,
          onControls: reporter.onControls,
          waitForBatches: flags.wait ?? false,
        });
        await reportToGithub(outcome, io);
        exit(exitCodeOf({ ...outcome, ...(signals.received === undefined ? {} : { signal: signals.received }) }, settings.failOn));
      } finally {
        await reporter.close();
      }
    });
}
