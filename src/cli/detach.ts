/** `generate --detach` without Redis or a vendor's batch: a process of its own takes the run over and survives the terminal. */

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { readAll } from './stdin.ts';

export interface DetachOptions {
  readonly argv: readonly string[];
  /** State folder of the run; its log and a list from standard input are kept there. */
  readonly state: string;
}

/** Starts the same command in the background and returns as soon as it has read its list and holds the folder; else its own exit code. */
export async function detach({ argv, state }: DetachOptions, io: Io): Promise<number> {
  const runId = randomUUID();
  const folder = resolve(io.cwd, state);
  await mkdir(join(folder, 'logs'), { recursive: true });
  const logFile = join(folder, 'logs', `${runId}.log`);
  const log = await open(logFile, 'a');
  try {
    const child = spawn(process.execPath, [BIN, ...(await backgroundArguments(argv, folder, runId, io)), '--plain', '--run-id', runId], {
      cwd: io.cwd,
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
    const failed = await new Promise<number | undefined>((done) => {
      child.once('message', () => done(undefined));
      child.once('exit', (code) => done(code ?? EXIT.bug));
    });
    if (failed !== undefined) {
      io.stderr.write(await readFile(logFile, 'utf8'));
      return failed;
    }
    child.disconnect();
    child.unref();
    io.stdout.write(`${runId}\n`);
    io.stderr.write(
      `The run goes on in the background (process ${child.pid}).\n  follow it:  blogger jobs --run ${runId} --watch\n  end it:     blogger jobs cancel --run ${runId}\n  its log:    ${logFile}\n`,
    );
    return EXIT.ok;
  } finally {
    await log.close();
  }
}

const BIN = fileURLToPath(new URL('../../bin/blogger.js', import.meta.url));

/** The command line without `--detach`; a list from standard input is kept as a file first, because the terminal goes away. */
async function backgroundArguments(argv: readonly string[], folder: string, runId: string, io: Io): Promise<string[]> {
  const kept = argv.filter((argument) => argument !== '--detach');
  if (!kept.includes('-')) return kept;
  const list = join(folder, `list-${runId}.txt`);
  await writeFile(list, await readAll(io.stdin));
  return kept.map((argument) => (argument === '-' ? list : argument));
}

/** Called by the background process once its run has begun: lets the waiting parent go. */
export function reportStarted(): void {
  if (process.send === undefined) return;
  process.send('started');
  process.disconnect();
}
