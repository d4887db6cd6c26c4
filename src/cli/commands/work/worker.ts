import type { Command } from 'commander';
import { work } from '../../../api/work.ts';
import type { Io } from '../../process/io.ts';
import { runReported } from '../../run-reported.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

interface WorkerFlags {
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
}

const EXAMPLES = `Examples:
  REDIS_URL=redis://host blogger worker                    on each machine that is to work
  REDIS_URL=redis://host blogger generate --queue redis    on one machine: it saves the posts

Stop it with Ctrl-C or SIGTERM: what is in work is finished within 25 seconds, the rest goes back.

`;

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command)
    .option('--json', 'one JSON event a line on stdout')
    .option('--plain', 'progress as plain lines, also on a terminal')
    .option('-q, --quiet', 'errors only')
    .addHelpText('before', EXAMPLES)
    .action(async (flags: WorkerFlags) => {
      const { settings, secrets } = await settingsOf(command, io);
      await runReported({ flags, settings, secrets, io, exit }, work);
    });
}
