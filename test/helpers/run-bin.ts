import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, type Options, type ResultPromise } from 'execa';

export const BIN = fileURLToPath(new URL('../../bin/blogger.js', import.meta.url));

/** Runs the real command (built by `npm test` before the tests) with nothing of this machine's settings in its environment. */
export function blogger<O extends Options>(
  args: readonly string[],
  options: O & { readonly cwd: string; readonly env?: Record<string, string> },
): ResultPromise<O & { reject: false; extendEnv: false }> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ...options.env };
  return execa(process.execPath, [BIN, ...args], { stdin: 'ignore', ...options, env, extendEnv: false, reject: false }) as ResultPromise<
    O & { reject: false; extendEnv: false }
  >;
}

/** A fresh project folder. */
export function newProject(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'blogger-project-'));
}
