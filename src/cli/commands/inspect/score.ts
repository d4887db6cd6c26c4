import { type Command, InvalidArgumentError } from 'commander';
import { type FileScore, scoreFile } from '../../../api/score-file.ts';
import { plural } from '../../../util/text/plural.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';

interface ScoreFlags {
  readonly min: number;
  readonly json?: boolean;
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  command
    .argument('<files...>', 'posts, Markdown or HTML')
    .option('--min <n>', 'exit with 3 if a post scores less', readMin, 0)
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'before',
      'Examples:\n  blogger score posts/*.md            what to fix in each post\n  blogger score posts/*.md --min 80   a gate for CI\n\n',
    )
    .action(async (files: string[], flags: ScoreFlags) => {
      let low = 0;
      for (const file of files) {
        const scored = await scoreFile(file, io.cwd);
        if (scored.score < flags.min) low += 1;
        io.stdout.write(flags.json === true ? `${jsonText(scored)}\n` : render(scored));
      }
      if (low > 0) io.stderr.write(`Less than ${flags.min}: ${low} of ${plural(files.length, 'post')}.\n`);
      exit(low > 0 ? EXIT.someFailed : EXIT.ok);
    });
}

function readMin(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError('expected a whole number from 0 to 100.');
}

function render({ file, score, findings }: FileScore): string {
  const lines = findings.map(
    ({ line, message, fix }) =>
      `    ${line === undefined ? '' : `line ${line}: `}${message}${fix === undefined ? '' : ` → ${fix}`}`,
  );
  return `${String(score).padStart(3)}  ${file}\n${lines.map((line) => `${line}\n`).join('')}`;
}
