import type { Command } from 'commander';
import { BloggerError } from '../../core/errors.ts';
import { openProject } from '../../pipeline/open-project.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { formatBytes, formatCount, plural } from '../reporters/describe.ts';
import { addSettingsFlags, settingsOf } from '../settings-flags.ts';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command.argument('[action]', 'stats, prune or clear', 'stats'))
    .option('--json', 'print as JSON')
    .addHelpText(
      'before',
      'Examples:\n  blogger cache            tiers, entries, sizes\n  blogger cache prune      remove what is expired, give room back\n  blogger cache clear      remove everything; posts and paid answers stay\n\n',
    )
    .action(async (action: string, flags: { json?: boolean }) => {
      const { settings } = await settingsOf(command, io);
      if (!['stats', 'prune', 'clear'].includes(action)) {
        throw new BloggerError(`Expected stats, prune or clear, got "${action}"`, { code: 'USAGE', hint: 'See `blogger cache --help`.' });
      }
      await using project = openProject(settings, io.cwd);
      if (action === 'prune') io.stderr.write(`${plural(await project.cache.prune(), 'entry', 'entries')} removed.\n`);
      if (action === 'clear') await project.cache.clear();
      if (action !== 'stats') project.vacuum();
      const { tiers } = await project.cache.stats();
      const kept = tiers.filter(({ tier }) => tier !== 'memory');
      if (flags.json === true) io.stdout.write(`${JSON.stringify(kept, null, 2)}\n`);
      else
        for (const { tier, entries, bytes } of kept)
          io.stdout.write(`${tier.padEnd(6)} ${formatCount(entries)} entries, ${formatBytes(bytes)} of ${formatBytes(settings.cache.maxBytes)}\n`);
      exit(EXIT.ok);
    });
}
