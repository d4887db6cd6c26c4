import type { Command } from 'commander';
import { collect } from '../../../api/collect.ts';
import type { Io } from '../../process/io.ts';
import { reportToGithub } from '../../reporters/github.ts';
import { runReported } from '../../run-reported.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

interface CollectFlags {
  readonly wait?: boolean;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command)
    .option('--wait', 'poll until all batches are finished')
    .option('--json', 'one JSON event a line on stdout')
    .option('--plain', 'progress as plain lines, also on a terminal')
    .option('-q, --quiet', 'errors only')
    .addHelpText(
      'before',
      'Examples:\n  blogger collect          save the posts of finished batches; exits with 75 if some are pending\n  blogger collect --wait   wait for the rest\n\n',
    )
    .action(async (flags: CollectFlags) => {
      const { settings, secrets } = await settingsOf(command, io);
      await runReported({ flags, settings, secrets, io, exit }, async (options) => {
        const outcome = await collect({ ...options, waitForBatches: flags.wait ?? false });
        await reportToGithub(outcome, io);
        return outcome;
      });
    });
}
