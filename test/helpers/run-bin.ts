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

/** A command at work in this process; signals reach it as they reach a process of its own. */
export type RunningBlogger = Promise<BinResult> & { kill(name: SignalName): void };

/**
 * Runs the built command line in this process, without a terminal and without this process's environment. Ten times cheaper than
 * `spawnBlogger`, which is for tests of kills, memory and exit.
 */
export function blogger(args: readonly string[], options: RunBinOptions): RunningBlogger {
  const signals = new Signals();
  return Object.assign(runMain(args, options, signals), { kill: (name: SignalName) => signals.send(name) });
}

async function runMain(
  args: readonly string[],
  { cwd, env = {}, input, timeoutMs = 120_000 }: RunBinOptions,
  signals: Signals,
): Promise<BinResult> {
  const { main } = await import('../../dist/cli/main.js');
  const { openOutput } = await import('../../dist/cli/process/output.js');
  const stdout = collectOutput((stream) => openOutput(stream, env));
  const stderr = collectOutput((stream) => openOutput(stream, env));
  const io: Io = {
    stdout: stdout.output,
    stderr: stderr.output,
    stdin: Readable.from(input === undefined ? [] : [Buffer.from(input)]),
    env: { ...baseEnv(), ...env },
    cwd,
    argv: args,
    onSignal: (listener) => signals.listen(listener),
    exitNow: (code) => {
      throw new Error(`The command asked to exit at once with ${code}`);
    },
  };
  const timeout = setTimeout(() => signals.send('SIGTERM'), timeoutMs);
  try {
    const exitCode = await main(args, io);
    return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    clearTimeout(timeout);
  }
}

type SignalName = Parameters<Parameters<Io['onSignal']>[0]>[0];

/** Signals for one command; one that comes before the command listens waits for it. */
class Signals {
  readonly #listeners = new Set<(name: SignalName) => void>();
  readonly #waiting: SignalName[] = [];

  send(name: SignalName): void {
    if (this.#listeners.size === 0) this.#waiting.push(name);
    for (const listener of [...this.#listeners]) listener(name);
  }

  listen(listener: (name: SignalName) => void): () => void {
    this.#listeners.add(listener);
    for (const name of this.#waiting.splice(0)) listener(name);
    return () => void this.#listeners.delete(listener);
  }
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
