import { terminalLine } from '../util/terminal-text.ts';

/** A command as it can be typed into a shell. */
export function commandLine(argv: readonly string[]): string {
  return ['blogger', ...argv].map(quoted).join(' ');
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${terminalLine(word).replaceAll("'", "'\\''")}'`;
}

/** The flags that say which project a command is about: the next command needs them too. */
export const PROJECT_FLAGS = ['--state', '--config', '-c'] as const;

/** The flags of these names with their values, as they were typed. */
export function flagsOf(argv: readonly string[], names: readonly string[]): readonly string[] {
  return argv.filter((word, at) =>
    names.some((name) => word === name || word.startsWith(`${name}=`) || argv[at - 1] === name),
  );
}
