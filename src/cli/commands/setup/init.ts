import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { namingFileErrors } from '../../../util/files/file-error.ts';
import { makeFolder } from '../../../util/files/make-folder.ts';
import { nodeErrorCode } from '../../../util/files/node-errors.ts';
import { PRESETS, QUESTIONS, SAMPLE_LIST, settingsFile, WORKFLOW } from '../../init-files.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';

interface InitFlags {
  readonly yes?: boolean;
  readonly github?: boolean;
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  command
    .option('-y, --yes', 'ask nothing, write the settings file and a sample list')
    .option('--github', 'write a GitHub Actions workflow as well')
    .addHelpText('before', 'Examples:\n  blogger init\n  blogger init --yes\n  blogger init --yes --github\n\n')
    .action(async (flags: InitFlags) => {
      const files =
        flags.yes === true || io.stdin.isTTY !== true
          ? filesOf(PRESETS, flags.github === true)
          : await askForFiles(flags, io);
      for (const [name, text] of files)
        io.stderr.write(`${(await writeNew(name, text, io)) ? 'wrote' : 'kept '} ${name}\n`);
      io.stderr.write('\nNext: put your URLs into urls.txt, then run `blogger generate`.\n');
      exit(EXIT.ok);
    });
}

type Files = readonly (readonly [name: string, text: string])[];

function filesOf(answers: typeof PRESETS, github: boolean): Files {
  const always = [['.blogrc.yaml', settingsFile(answers)] as const, ['urls.txt', SAMPLE_LIST] as const];
  return github ? [...always, ['.github/workflows/blogger.yml', WORKFLOW] as const] : always;
}

async function askForFiles({ github }: InitFlags, io: Io): Promise<Files> {
  const { createInterface } = await import('node:readline/promises');
  const dialogue = createInterface({ input: io.stdin, output: io.stderr.stream });
  const left = new AbortController();
  dialogue.once('close', () => left.abort()); // on Ctrl-C and Ctrl-D
  const ask = async (question: string) => (await dialogue.question(question, { signal: left.signal })).trim();
  try {
    const answers: Record<string, string> = {};
    for (const { key, text, preset, refuse } of QUESTIONS) {
      const question = `${text}${preset === '' ? '' : ` [${preset}]`}: `;
      let answer = (await ask(question)) || preset;
      for (let wrong = refuse(answer); wrong !== undefined; wrong = refuse(answer)) {
        io.stderr.write(`  ${wrong}\n`);
        answer = (await ask(question)) || preset;
      }
      answers[key] = answer;
    }
    const workflow = github ?? /^y(es)?$/i.test(await ask('A GitHub Actions workflow that runs every morning? [y/N] '));
    return filesOf({ ...PRESETS, ...answers }, workflow);
  } finally {
    dialogue.close();
  }
}

/** Never overwrites existing files. */
async function writeNew(name: string, text: string, { cwd }: Io): Promise<boolean> {
  const path = join(cwd, name);
  return await namingFileErrors(
    { path: name, hint: 'Make room for it here, or run `blogger init` in another folder.' },
    async () => {
      makeFolder(dirname(path));
      try {
        await writeFile(path, text, { flag: 'wx' });
        return true;
      } catch (error) {
        if (nodeErrorCode(error) === 'EEXIST') return false;
        throw error;
      }
    },
  );
}
