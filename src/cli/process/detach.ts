/** `generate --detach` without Redis or a vendor batch: a background process takes over the run and survives the terminal. */

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { namingFileErrors } from '../../util/files/file-error.ts';
import { makeFolder } from '../../util/files/make-folder.ts';
import { commandLine, flagsOf, PROJECT_FLAGS } from '../command-line.ts';
import { EXIT } from './exit.ts';
import { BACKGROUND, type Io } from './io.ts';
import { readAll } from './stdin.ts';

export interface DetachOptions {
  readonly argv: readonly string[];
  /** State folder of the run; its log and a list from standard input are kept there. */
  readonly state: string;
}

/** Starts the same command in the background and returns once it has read its list and locked the folder; otherwise returns its exit code. */
export async function detach({ argv, state }: DetachOptions, io: Io): Promise<number> {
  const runId = randomUUID();
  const words = argv.filter((word) => word !== '--detach');
  await using files = await openFiles({ folder: resolve(io.cwd, state), runId, needsList: words.includes('-') }, io);
  const { log, list } = files;
  // Internal values are passed by environment variables, so that the commands printed by the run can be typed again.
  const env = {
    ...io.env,
    [BACKGROUND.runId]: runId,
    ...(list === undefined ? {} : { [BACKGROUND.list]: list.path }),
  };
  const stdio = [list?.handle.fd ?? 'ignore', log.handle.fd, log.handle.fd, 'ipc'] as const;
  const child = spawn(process.execPath, [BIN, ...words], { cwd: io.cwd, env, detached: true, stdio: [...stdio] });
  const failed = await new Promise<number | undefined>((done) => {
    child.once('message', () => done(undefined));
    child.once('exit', (code) => done(code ?? EXIT.bug));
  });
  if (failed !== undefined) {
    io.stderr.write(await readFile(log.path, 'utf8'));
    return failed;
  }
  child.disconnect();
  child.unref();
  const project = flagsOf(argv, PROJECT_FLAGS);
  io.stdout.write(`${runId}\n`);
  io.stderr.write(
    `The run goes on in the background (process ${child.pid}).
  follow it:  ${commandLine(['jobs', '--run', runId, '--watch', ...project])}
  end it:     ${commandLine(['jobs', 'cancel', '--run', runId, ...project])}
  its log:    ${log.path}
`,
  );
  return EXIT.ok;
}

const BIN = fileURLToPath(new URL('../../../bin/blogger.js', import.meta.url));

/** Opens the log file, and saves standard input to a file that the background run reads. */
async function openFiles(
  { folder, runId, needsList }: { readonly folder: string; readonly runId: string; readonly needsList: boolean },
  io: Io,
) {
  const text = needsList ? await readAll(io.stdin) : undefined;
  const hint = 'Give the state folder write permission, or name another one with --state.';
  return await namingFileErrors({ path: folder, hint }, async () => {
    makeFolder(join(folder, 'logs'));
    const listPath = join(folder, `list-${runId}.txt`);
    if (text !== undefined) await writeFile(listPath, text);
    const logPath = join(folder, 'logs', `${runId}.log`);
    const log = { path: logPath, handle: await open(logPath, 'a') };
    const list = text === undefined ? undefined : { path: listPath, handle: await open(listPath) };
    return {
      log,
      list,
      async [Symbol.asyncDispose]() {
        await log.handle.close();
        await list?.handle.close();
      },
    };
  });
}

/** Called by the background process once its run has begun: lets the waiting parent exit. */
export function reportStarted(): void {
  if (process.send === undefined) return;
  process.send('started');
  process.disconnect();
}
