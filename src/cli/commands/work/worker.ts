import type { Command } from 'commander';
import { work } from '../../../api/work.ts';
import type { Io } from '../../process/io.ts';
import { runReported } from '../../run-reported.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

interface WorkerFlags {
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
  readonly drain?: boolean;
}

const EXAMPLES = `Examples:
  REDIS_URL=redis://host blogger worker                    on each machine that is to work
  REDIS_URL=redis://host blogger generate --queue redis    on one machine: it saves the posts

  REDIS_URL=postgres://host/db blogger worker --drain      until no machine has anything to do

Stop it with Ctrl-C or SIGTERM: what is in work is finished within 25 seconds, with --drain however long it takes; the rest goes back.

`;

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command)
    .option('--json', 'one JSON event a line on stdout')
    .option('--plain', 'progress as plain lines, also on a terminal')
    .option('-q, --quiet', 'errors only')
    .option('--drain', 'stop when the queue is empty; on a signal, finish the jobs in progress first')
    .addHelpText('before', EXAMPLES)
    .action(async (flags: WorkerFlags) => {
      const { settings, secrets } = await settingsOf(command, io);
      const { drain = false } = flags;
      await runReported({ flags, settings, secrets, io, exit }, (options) => work({ ...options, drain }));
    });
}
