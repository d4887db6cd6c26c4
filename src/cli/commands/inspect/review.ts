import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { isWaiting, listForReview, reviewPost } from '../../../api/review.ts';
import { BloggerError } from '../../../core/errors.ts';
import { isoNow, systemClock } from '../../../util/clock.ts';
import { jsonText, terminalLine } from '../../../util/text/terminal-text.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command.argument('[action]', 'list, approve or reject', 'list').argument('[files...]', 'posts'))
    .option('--by <name>', 'who decides (default: the user of this machine)')
    .option('--note <text>', 'why')
    .option('--all', 'list the published and the decided ones, too')
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'before',
      'Examples:\n  blogger review                                what waits for a person\n  blogger review approve posts/harbour.md --by "Ann Lee"\n\n',
    )
    .action(
      async (action: string, files: string[], flags: { by?: string; note?: string; all?: boolean; json?: boolean }) => {
        const { settings } = await settingsOf(command, io);
        exit(EXIT.ok);
        if (action === 'list') {
          const { posts, others } = await listForReview(settings.out, io.cwd);
          if (others.length > 0)
            io.stderr.write(`Not listed, because blogger did not write them: ${terminalLine(others.join(', '))}\n`);
          for (const post of flags.all === true ? posts : posts.filter(isWaiting))
            io.stdout.write(
              flags.json === true
                ? `${jsonText(post)}\n`
                : `${post.draft ? 'draft    ' : 'published'}  ${post.file}  ${terminalLine(post.title)}${post.review === 'none' ? '' : `  (${terminalLine(post.review)})`}\n`,
            );
          return;
        }
        if (action !== 'approve' && action !== 'reject')
          throw usage(`Expected list, approve or reject, got "${action}"`);
        if (files.length === 0) throw usage('Expected the files of posts, got none');
        const decision = {
          verdict: action,
          reviewer: flags.by ?? userInfo().username,
          at: isoNow(systemClock),
          ...(flags.note === undefined ? {} : { note: flags.note }),
        } as const;
        let reviewed = 0;
        for (const file of files) {
          const outcome = await reviewPost(file, io.cwd, decision, settings.frontMatter);
          if (outcome !== undefined) reviewed += 1;
          io.stderr.write(
            outcome === undefined
              ? `left alone ${terminalLine(file)}: blogger did not write it\n`
              : `${action === 'approve' ? 'approved' : 'rejected'} ${terminalLine(outcome.movedTo ?? file)}\n`,
          );
        }
        if (reviewed === 0)
          throw new BloggerError('None of these files is a post that blogger wrote', {
            code: 'NOT_FOUND',
            hint: '`blogger review` lists the posts that can be reviewed.',
          });
      },
    );
}

function usage(message: string): BloggerError {
  return new BloggerError(message, { code: 'USAGE', hint: 'See `blogger review --help`.' });
}
