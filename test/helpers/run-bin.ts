import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

export const BIN = fileURLToPath(new URL('../../bin/blogger.js', import.meta.url));

export interface RunBinOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** Runs the built command line as a user's shell would, without the keys of whoever runs the tests; any exit code is an answer. */
export function blogger(args: readonly string[], { cwd, env = {}, input, timeoutMs = 120_000 }: RunBinOptions) {
  return execa(process.execPath, [BIN, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    extendEnv: false,
    reject: false,
    timeout: timeoutMs,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });
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
