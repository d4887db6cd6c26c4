import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { namingFileErrors } from '../../../util/files/file-error.ts';
import { notIgnored } from '../../../util/files/git-ignore.ts';
import { makeFolder } from '../../../util/files/make-folder.ts';
import { nodeErrorCode } from '../../../util/files/node-errors.ts';
import { type DetectedSite, detectSite } from '../../init/detect-site.ts';
import { SAMPLE_LIST, settingsFile, workflowFile } from '../../init/files.ts';
import { packInto, TARBALL } from '../../init/pack.ts';
import { type InitAnswers, QUESTIONS, suggestedAnswers } from '../../init/questions.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';

interface InitFlags {
  readonly yes?: boolean;
  readonly github?: boolean;
}

const WORKFLOW = '.github/workflows/blogger.yml';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  command
    .option('-y, --yes', 'ask nothing, write the settings file and a sample list')
    .option('--github', 'write a GitHub Actions workflow as well')
    .addHelpText('before', 'Examples:\n  blogger init\n  blogger init --yes\n  blogger init --yes --github\n\n')
    .action(async (flags: InitFlags) => {
      const site = detectSite(listing(io.cwd));
      if (site !== undefined) io.stderr.write(`found ${site.sign}: a ${site.frontMatter} site\n`);
      const asks = flags.yes !== true && io.stdin.isTTY === true;
      const { answers, github } = asks
        ? await ask(flags, suggestedAnswers(site), io)
        : { answers: suggestedAnswers(site), github: flags.github === true };
      await writeProject({ answers, site, github }, io);
      exit(EXIT.ok);
    });
}

interface Project {
  readonly answers: InitAnswers;
  readonly site: DetectedSite | undefined;
  readonly github: boolean;
}

/** Adds the state folder and `.env` to .gitignore; nothing else of the file changes. */
async function keepOutOfGit(io: Io): Promise<void> {
  const path = join(io.cwd, '.gitignore');
  const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const missing = notIgnored(current, ['.blogger/', '.env']);
  if (missing.length === 0) return;
  const eol = current.includes('\r\n') ? '\r\n' : '\n';
  const gap = current === '' || current.endsWith('\n') ? '' : eol;
  await namingFileErrors({ path: '.gitignore', hint: `Add these lines to it yourself: ${missing.join(', ')}` }, () =>
    writeFile(path, current + gap + missing.map((name) => name + eol).join('')),
  );
  io.stderr.write(`added ${missing.join(' and ')} to .gitignore\n`);
}

async function writeProject({ answers, site, github }: Project, io: Io): Promise<void> {
  const settings = settingsFile(answers, site);
  const files: [name: string, text: string][] = [
    ['.blogrc.yaml', settings],
    ['urls.txt', SAMPLE_LIST],
  ];
  const out = /^out: (.+)$/m.exec(settings)?.[1] ?? 'posts';
  if (github) files.push([WORKFLOW, workflowFile({ tarball: TARBALL, out })]);
  for (const [name, text] of files) report(name, await writeNew(name, text, io), io);
  await keepOutOfGit(io);
  if (github) {
    const isNew = !existsSync(join(io.cwd, TARBALL));
    if (isNew) await packInto(io.cwd);
    report(TARBALL, isNew, io);
  }
  io.stderr.write(
    '\nNext: put your URLs into urls.txt, then run `blogger generate`. Without a key the built-in writer makes digests; with OPENAI_API_KEY (or the key of another provider) in .env a model writes.\n',
  );
}

function report(name: string, isNew: boolean, io: Io): void {
  io.stderr.write(`${isNew ? 'wrote' : 'kept '} ${name}\n`);
}

function listing(cwd: string) {
  return {
    names: readdirSync(cwd),
    read: (name: string) => {
      try {
        return readFileSync(join(cwd, name), 'utf8');
      } catch {
        return ''; // missing, or a folder
      }
    },
  };
}

async function ask({ github }: InitFlags, suggested: InitAnswers, io: Io) {
  const { createInterface } = await import('node:readline/promises');
  const dialogue = createInterface({ input: io.stdin, output: io.stderr.stream });
  const left = new AbortController();
  dialogue.once('close', () => left.abort()); // on Ctrl-C and Ctrl-D
  const line = async (question: string) =>
    (await dialogue.question(io.stderr.say(question), { signal: left.signal })).trim();
  try {
    const answers: Record<string, string> = {};
    for (const { key, text, refuse } of QUESTIONS) {
      const preset = suggested[key];
      const question = `${text}${preset === '' ? '' : ` [${preset}]`}: `;
      let answer = (await line(question)) || preset;
      for (let wrong = refuse(answer); wrong !== undefined; wrong = refuse(answer)) {
        io.stderr.write(`  ${wrong}\n`);
        answer = (await line(question)) || preset;
      }
      answers[key] = answer;
    }
    const wantsWorkflow =
      github ?? /^y(es)?$/i.test(await line('A GitHub Actions workflow that runs every morning? [y/N] '));
    return { answers: { ...suggested, ...answers }, github: wantsWorkflow };
  } finally {
    dialogue.close();
  }
}

/** Skips existing files. */
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
