import { Argument, type Command } from 'commander';
import { BloggerError } from '../../../core/errors.ts';
import { systemClock } from '../../../util/clock.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { openProject, type Project } from '../../../wiring/open-project.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { renderSources } from '../../report/source-text.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

const ACTIONS = ['list', 'forget'] as const;
type Action = (typeof ACTIONS)[number];

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  const action = new Argument('[action]', 'what to do with them').choices(ACTIONS).default('list');
  addSettingsFlags(command.addArgument(action).argument('[addresses...]', 'sources to forget'), ['state'])
    .option('--json', 'one JSON object a line')
    .addHelpText('before', EXAMPLES)
    .action(async (chosen: Action, addresses: string[], flags: { json?: boolean }) => {
      const { settings } = await settingsOf(command, io);
      await using project = openProject(settings, io.cwd);
      if (chosen === 'forget') forget(project, addresses, io);
      else list(project, flags.json === true, io);
      exit(EXIT.ok);
    });
}

function list({ sources }: Project, json: boolean, io: Io): void {
  const rows = sources.list();
  if (json) for (const row of rows) io.stdout.write(`${jsonText(row)}\n`);
  else io.stdout.write(renderSources(rows, systemClock.now()));
  if (rows.length === 0) io.stderr.write('No feed has been read yet.\n');
}

function forget({ sources }: Project, addresses: readonly string[], io: Io): void {
  if (addresses.length === 0)
    throw new BloggerError('Cannot forget a source without its address', {
      code: 'USAGE',
      hint: 'Run `blogger sources forget https://example.com/feed.xml`; `blogger sources` lists the addresses.',
    });
  for (const address of addresses) {
    if (!sources.forget(address))
      throw new BloggerError(`No source has the address ${address}`, {
        code: 'NOT_FOUND',
        hint: '`blogger sources` lists the addresses.',
      });
    io.stdout.write(`${address}\n`);
  }
}

const EXAMPLES = `Examples:
  blogger sources                                      watched feeds and sitemaps with their last read
  blogger sources --json | jq 'select(.failures > 0)'  those that fail
  blogger sources forget https://example.com/feed.xml  read it as if for the first time; posts stay

`;
