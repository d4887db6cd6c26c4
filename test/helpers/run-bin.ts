import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Io, Output } from '../../src/cli/process/io.ts';

export const BIN = fileURLToPath(new URL('../../bin/blogger.js', import.meta.url));

export interface RunBinOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
}

export interface BinResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built command line in this process, without a terminal and without this process's environment. Ten times cheaper than
 * `spawnBlogger`, which is for tests of signals, kills, memory and exit.
 */
export async function blogger(
  args: readonly string[],
  { cwd, env = {}, input, timeoutMs = 120_000 }: RunBinOptions,
): Promise<BinResult> {
  const { main } = await import('../../dist/cli/main.js');
  const { openOutput } = await import('../../dist/cli/process/output.js');
  const stdout = collectOutput((stream) => openOutput(stream, env));
  const stderr = collectOutput((stream) => openOutput(stream, env));
  const timeout = AbortSignal.timeout(timeoutMs);
  const io: Io = {
    stdout: stdout.output,
    stderr: stderr.output,
    stdin: Readable.from(input === undefined ? [] : [Buffer.from(input)]),
    env: { ...baseEnv(), ...env },
    cwd,
    argv: args,
    onSignal(listener) {
      const onTimeout = () => listener('SIGTERM');
      timeout.addEventListener('abort', onTimeout);
      return () => timeout.removeEventListener('abort', onTimeout);
    },
    exitNow: (code) => {
      throw new Error(`The command asked to exit at once with ${code}`);
    },
  };
  const exitCode = await main(args, io);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

/** Runs the built command line as a user's shell does; any exit code is a result. */
export function spawnBlogger(args: readonly string[], { cwd, env = {}, input, timeoutMs = 120_000 }: RunBinOptions) {
  return execa(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...baseEnv(), ...env },
    extendEnv: false,
    reject: false,
    timeout: timeoutMs,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });
}

/** The environment of both: no keys of the person who runs the tests. */
const baseEnv = () => ({ PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' });

/** A stream that is no terminal and keeps what is written; as from a process, without the last line break. */
function collectOutput(open: (stream: NodeJS.WriteStream) => Output) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return {
    output: open(stream as unknown as NodeJS.WriteStream),
    text: () =>
      Buffer.concat(chunks)
        .toString('utf8')
        .replace(/\r?\n$/, ''),
  };
}

export interface Project extends AsyncDisposable {
  readonly folder: string;
  write(name: string, text: string | Uint8Array): Promise<void>;
}

/** An empty folder of its own, gone at the end of the test. */
export async function newProject(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'blogger-project-'));
  const project: Project = {
    folder,
    write: (name, text) => writeFile(join(folder, name), text),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
  for (const [name, text] of Object.entries(files)) await project.write(name, text);
  return project;
}
