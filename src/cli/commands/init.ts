import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { nodeErrorCode } from '../../util/node-errors.ts';
import { EXIT } from '../exit.ts';
import { SAMPLE_FILES } from '../init-files.ts';
import type { Io } from '../io.ts';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  command
    .option('-y, --yes', 'ask nothing, write the settings file and a sample list')
    .option('--github', 'write a GitHub Actions workflow as well')
    .addHelpText('before', 'Examples:\n  blogger init --yes\n  blogger init --yes --github\n')
    .action(async (flags: { yes?: boolean; github?: boolean }) => {
      const names = await chooseFiles(flags, io);
      for (const name of names) io.stderr.write(`${(await writeNew(join(io.cwd, name), SAMPLE_FILES[name])) ? 'wrote' : 'kept '} ${name}\n`);
      io.stderr.write('\nNext: put your URLs into urls.txt, then run `blogger generate`.\n');
      exit(EXIT.ok);
    });
}

type SampleName = keyof typeof SAMPLE_FILES;

async function chooseFiles(flags: { yes?: boolean; github?: boolean }, io: Io): Promise<SampleName[]> {
  const always: SampleName[] = ['.blogrc.yaml', 'urls.txt'];
  if (flags.github === true) return [...always, '.github/workflows/blogger.yml'];
  if (flags.yes === true || io.stdin.isTTY !== true) return always;
  const { createInterface } = await import('node:readline/promises');
  const dialogue = createInterface({ input: io.stdin, output: io.stderr.stream });
  try {
    const answer = await dialogue.question('Also write a GitHub Actions workflow that runs every morning? [y/N] ');
    return /^y(es)?$/i.test(answer.trim()) ? [...always, '.github/workflows/blogger.yml'] : always;
  } finally {
    dialogue.close();
  }
}

/** Never overwrites: what a person wrote stays. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (nodeErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
