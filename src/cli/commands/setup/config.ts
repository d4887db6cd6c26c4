import type { Command } from 'commander';
import { describeSettings } from '../../../config/describe.ts';
import { settingsJsonSchema } from '../../../config/json-schema.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command, [])
    .option('--schema', 'print the JSON Schema of the settings file')
    .option('--json', 'print as JSON')
    .addHelpText(
      'before',
      'Examples:\n  blogger config                 every setting, its value and where it came from\n  blogger config --schema > .blogrc.schema.json\n',
    )
    .action(async (options: { schema?: boolean; json?: boolean }) => {
      exit(EXIT.ok);
      if (options.schema === true) {
        io.stdout.write(`${jsonText(settingsJsonSchema(), 2)}\n`);
        return;
      }
      const rows = describeSettings(await settingsOf(command, io));
      if (options.json === true) {
        io.stdout.write(`${jsonText(rows, 2)}\n`);
        return;
      }
      const width = Math.max(...rows.map((row) => row.key.length));
      for (const row of rows)
        io.stdout.write(
          `${row.key.padEnd(width)}  ${row.value === undefined ? '–' : String(row.value)}  (${row.origin})\n`,
        );
    });
}
