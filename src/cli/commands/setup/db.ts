import { Argument, type Command } from 'commander';
import { migrateStore } from '../../../api/migrate-store.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

const EXAMPLES = `Examples:
  REDIS_URL=postgres://blogger@host/blogger blogger db migrate    once, and again after each upgrade

It creates or extends the schemas blogger and bullmq, in one transaction each, and changes nothing that is up to date.
Upgrade in this order: migrate, then the workers one by one, then the runs.

`;

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command.addArgument(new Argument('<action>', 'what to do').choices(['migrate'])), [])
    .addHelpText('before', EXAMPLES)
    .action(async () => {
      const { settings } = await settingsOf(command, io);
      const done = await migrateStore(settings);
      io.stderr.write(done === undefined ? 'Redis needs no preparation.\n' : `${lineOf(done)}\n`);
      exit(EXIT.ok);
    });
}

function lineOf({
  before,
  after,
  queue,
}: {
  readonly before: number;
  readonly after: number;
  readonly queue: number;
}): string {
  const change = before === after ? `was up to date at version ${after}` : `went from version ${before} to ${after}`;
  return `The database ${change}; the queue's tables are at version ${queue}.`;
}
