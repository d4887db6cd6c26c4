import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { brokenFront } from '../../../api/broken-front.ts';
import {
  isWaiting,
  listForReview,
  offeredPosts,
  type ReviewDecision,
  type ReviewedPost,
  type ReviewOutcome,
  reviewPost,
} from '../../../api/review.ts';
import { changesOf, type ReviewChange } from '../../../api/review-diff.ts';
import type { Settings } from '../../../config/schema.ts';
import { BloggerError } from '../../../core/errors.ts';
import { placesOf } from '../../../targets/files/pictures.ts';
import { isoNow, systemClock } from '../../../util/clock.ts';
import { jsonText, terminalLine } from '../../../util/text/terminal-text.ts';
import type { DiffPart } from '../../../util/text/text-diff.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(
    command.argument('[action]', 'list, diff, approve or reject', 'list').argument('[files...]', 'posts'),
    ['out', 'frontMatter', 'state'],
  )
    .option('--by <name>', 'who decides (default: the user of this machine)')
    .option('--note <text>', 'why')
    .option('--all', 'also list published and decided posts')
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'before',
      'Examples:\n  blogger review                                posts that need a decision\n  blogger review diff                           changes of their sources since then\n  blogger review approve posts/harbour.md --by "Ann Lee"\n\n',
    )
    .action(
      async (action: string, files: string[], flags: { by?: string; note?: string; all?: boolean; json?: boolean }) => {
        const { settings } = await settingsOf(command, io);
        exit(EXIT.ok);
        if (action === 'list') return await listPosts(settings, flags, io);
        if (action === 'diff') return await showChanges(files, settings, io, flags.json === true);
        if (action !== 'approve' && action !== 'reject')
          throw usage(`Expected list, diff, approve or reject, got "${action}"`);
        if (files.length === 0) throw usage('Expected the files of posts, got none');
        const decision = {
          verdict: action,
          reviewer: flags.by ?? userInfo().username,
          at: isoNow(systemClock),
          ...(flags.note === undefined ? {} : { note: flags.note }),
        } as const;
        exit(await decide(files, decision, settings, io));
      },
    );
}

interface ListFlags {
  readonly all?: boolean;
  readonly json?: boolean;
}

async function listPosts({ out, state }: Settings, { all = false, json = false }: ListFlags, io: Io): Promise<void> {
  const { posts, others, broken } = await listForReview(out, io.cwd, offeredPosts(resolve(io.cwd, state)));
  if (others.length > 0)
    io.stderr.write(`Not listed, because blogger did not write them: ${terminalLine(others.join(', '))}\n`);
  for (const { file, problem } of broken) reportError(brokenFront(file, problem), io);
  const shown = all ? posts : posts.filter(isWaiting);
  for (const post of shown) io.stdout.write(json ? `${jsonText(post)}\n` : `${lineOf(post)}\n`);
  if (shown.length > 0) return;
  io.stderr.write(
    posts.length === 0
      ? `No posts in ${terminalLine(out)} yet. \`blogger generate\` writes them; --out names another folder.\n`
      : `No post waits for a decision. \`blogger review --all\` lists the others (${posts.length}).\n`,
  );
}

/** Decides about each file; one that cannot be read does not keep the others from it. Returns the exit code. */
async function decide(files: readonly string[], decision: ReviewDecision, settings: Settings, io: Io): Promise<number> {
  const errors: BloggerError[] = [];
  let reviewed = 0;
  for (const file of files) {
    try {
      const outcome = await reviewPost(file, io.cwd, decision, settings.frontMatter, placesOf(settings, io.cwd));
      if (outcome !== undefined) reviewed += 1;
      io.stderr.write(`${outcomeLine(file, outcome, decision)}\n`);
    } catch (error) {
      if (!BloggerError.is(error) || files.length === 1) throw error;
      errors.push(error);
      reportError(error, io);
    }
  }
  if (errors.length > 0) return EXIT.someFailed;
  if (reviewed > 0) return EXIT.ok;
  throw new BloggerError('None of these files is a post that blogger wrote', {
    code: 'NOT_FOUND',
    hint: '`blogger review` lists the posts that can be reviewed.',
  });
}

function outcomeLine(file: string, outcome: ReviewOutcome | undefined, { verdict }: ReviewDecision): string {
  if (outcome === undefined) return `left alone ${terminalLine(file)}: blogger did not write it`;
  const { before, movedTo = file } = outcome;
  if (before !== undefined) return `unchanged ${terminalLine(file)}: already ${terminalLine(before)}`;
  return `${verdict === 'approve' ? 'approved' : 'rejected'} ${terminalLine(movedTo)}`;
}

function reportError({ message, hint }: BloggerError, io: Io): void {
  io.stderr.write(`${terminalLine(message)}\n${hint === undefined ? '' : `  → ${hint}\n`}`);
}

/** Changes of the named posts, or of all posts whose sources have changed. */
async function showChanges(
  files: readonly string[],
  { out, state }: { readonly out: string; readonly state: string },
  io: Io,
  asJson: boolean,
): Promise<void> {
  const folder = resolve(io.cwd, state);
  const waiting = files.length > 0 ? [] : (await listForReview(out, io.cwd, offeredPosts(folder))).posts;
  const named = files.length > 0 ? files : waiting.filter(({ hasNewSource }) => hasNewSource).map(({ file }) => file);
  if (named.length === 0) io.stderr.write('No post waits whose sources have changed.\n');
  for (const file of named) {
    const changes = await changesOf(file, io.cwd, folder);
    if (changes.length === 0) io.stderr.write(`${terminalLine(file)}: no change is known\n`);
    for (const change of changes) io.stdout.write(asJson ? `${jsonText(change)}\n` : `${changeText(change)}\n`);
  }
}

function changeText({ file, of: { kind, name }, parts }: ReviewChange): string {
  const what = kind === 'source' ? 'source' : 'edited version';
  return [`${terminalLine(file)}  ${what} ${terminalLine(name)}`, ...parts.flatMap(partLines), ''].join('\n');
}

function partLines(part: DiffPart): string[] {
  if (part.kind === 'same') return [`    (${part.paragraphs} unchanged)`];
  if (part.kind === 'changed') return [`  - ${terminalLine(part.before)}`, `  + ${terminalLine(part.after)}`];
  return [`  ${part.kind === 'added' ? '+' : '-'} ${terminalLine(part.text)}`];
}

function lineOf({ draft, file, title, review, hasNewSource }: ReviewedPost): string {
  const decision = review === 'none' ? '' : `  (${terminalLine(review)})`;
  const news =
    hasNewSource === true
      ? '  its sources have changed since (`blogger review diff`): `blogger generate --update-approved` rewrites it; an edited or rejected post also needs --force'
      : '';
  return `${draft ? 'draft    ' : 'published'}  ${file}  ${terminalLine(title)}${decision}${news}`;
}

function usage(message: string): BloggerError {
  return new BloggerError(message, { code: 'USAGE', hint: 'See `blogger review --help`.' });
}
