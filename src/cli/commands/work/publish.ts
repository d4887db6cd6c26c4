import type { Command } from 'commander';
import type { FilePublication } from '../../../api/publish/publishing-room.ts';
import { BloggerError, ERROR_CODES } from '../../../core/errors.ts';
import { systemClock } from '../../../util/clock.ts';
import { jsonText, terminalLine } from '../../../util/text/terminal-text.ts';
import { consentOf } from '../../process/consent.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { listenForStop } from '../../process/signals.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command.argument('<files...>', 'Markdown posts, written by blogger or by hand'))
    .option('--force', 'overwrite posts that were changed or deleted at the target')
    .option('-y, --yes', 'confirm a first run that sends more than 10 posts to a target in one day')
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'before',
      'Examples:\n  blogger publish posts/*.md --publish wordpress --wordpress-url https://blog.example\n  blogger publish posts/harbour.md --publish ghost --publish-as publish\n  blogger publish posts/*.md --publish ghost --per-day 2 --between 08:00-20:00\n\n',
    )
    .action(async (files: string[], flags: { force?: boolean; yes?: boolean; json?: boolean }) => {
      const { settings, secrets } = await settingsOf(command, io);
      if (settings.publish.length === 0)
        throw new BloggerError('No target is named', {
          code: 'USAGE',
          hint: 'Name one with --publish: wordpress, ghost, webhook or git.',
        });
      using signals = listenForStop(io);
      const { publishFiles } = await loadPublish();
      const results = await publishFiles(files, {
        settings,
        secrets,
        cwd: io.cwd,
        targets: settings.publish,
        force: flags.force ?? false,
        consent: consentOf(flags, io, signals.stop),
        clock: systemClock,
        signal: signals.stop,
        onResult: (result) =>
          io.stdout.write(flags.json === true ? `${jsonText(result)}\n` : `${publicationLine(result)}\n`),
      });
      exit(exitOf(results));
    });
}

// In a function of its own, because TypeScript 6 does not rewrite the ending of an `import()` in a function that has `using` in it.
const loadPublish = () => import('../../../api/publish/publish-files.ts');

export function publicationLine({ outcome, target, file, detail, at, lost }: FilePublication): string {
  const when = at === undefined ? '' : `  at ${at}`;
  const left =
    lost === undefined ? '' : `\n           left out: ${lost.map((one) => terminalLine(one).slice(0, 120)).join(', ')}`;
  return `${outcome.padEnd(9)}  ${target}  ${terminalLine(file)}  ${terminalLine(detail)}${when}${left}`;
}

/** Exit code of the worst result; a kept post is not a failure. */
export function exitOf(results: readonly FilePublication[]): number {
  const codes = results.flatMap(({ code }) =>
    code === undefined ? [] : [ERROR_CODES[code as keyof typeof ERROR_CODES].exitCode],
  );
  return codes.includes(4) ? 4 : Math.max(EXIT.ok, ...codes);
}
