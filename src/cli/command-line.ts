import { terminalLine } from '../util/text/terminal-text.ts';
import { programName } from './process/program-name.ts';

/** Formats a command so that it can be typed in the user's shell. */
export function commandLine(argv: readonly string[]): string {
  const name = programName({ script: process.argv[1], cwd: process.cwd(), path: process.env['PATH'] ?? '' });
  return [name, ...argv.map(quoted)].join(' ');
}

/** Quotes an argument for a POSIX shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${terminalLine(word).replaceAll("'", "'\\''")}'`;
}

/** Flags that select the project; suggested follow-up commands repeat them. */
export const PROJECT_FLAGS = ['--state', '--config', '-c'] as const;

/** The flags with these names and their values, as typed. */
export function flagsOf(argv: readonly string[], names: readonly string[]): readonly string[] {
  return argv.filter((word, at) =>
    names.some((name) => word === name || word.startsWith(`${name}=`) || argv[at - 1] === name),
  );
}
