/** Runs git on a bare repository of our own. Reads no work tree, asks no question, writes no credential into a command line. */

import { execFile } from 'node:child_process';
import type { Writable } from 'node:stream';
import { BloggerError } from '../../core/errors.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';

export interface GitRemote {
  /** Address or path of the repository. */
  readonly url: string;
  /** Sent to an https remote as its password. */
  readonly token?: string | undefined;
}

export interface GitCall {
  readonly input?: AsyncIterable<string | Uint8Array>;
  readonly env?: Readonly<Record<string, string>>;
}

export type Git = (args: readonly string[], signal: AbortSignal, call?: GitCall) => Promise<string>;

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** @param folder The bare repository; made by `init`. */
export function openGit(folder: string, remote: GitRemote): Git {
  const environment = { ...ownEnvironment(), ...QUIET, ...credentialOf(remote) };
  return (args, signal, { input, env } = {}) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const child = execFile(
        'git',
        ['--git-dir', folder, ...args],
        { env: { ...environment, ...env }, signal, maxBuffer: MAX_OUTPUT_BYTES },
        (error, stdout, stderr) => {
          if (error === null) return resolve(stdout);
          reject(signal.aborted ? signal.reason : gitError(error, `${stdout}\n${stderr}`, remote));
        },
      );
      if (child.stdin !== null) feed(child.stdin, input).catch(reject);
    });
}

/** Rejects where the input cannot be read. git may end before it has read all: its exit code says why. */
async function feed(
  stdin: Writable,
  input: AsyncIterable<string | Uint8Array> | readonly string[] = [],
): Promise<void> {
  stdin.on('error', () => {});
  try {
    for await (const chunk of input) {
      if (stdin.destroyed) return;
      await new Promise<void>((done) => stdin.write(chunk, () => done()));
    }
    stdin.end();
  } catch (error) {
    stdin.destroy();
    throw error;
  }
}

/** Names by which git tells a hook of the repository that it runs in. */
const OF_A_HOOK =
  /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|PREFIX|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH|SHALLOW_FILE|GRAFT_FILE)$/;

function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_A_HOOK.test(name)));
}

/** Hooks, prompts and the words of other languages belong to a person's own git. */
const QUIET = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_SSH_COMMAND: process.env['GIT_SSH_COMMAND'] ?? 'ssh -oBatchMode=yes',
  LC_ALL: 'C',
} as const;

function credentialOf({ url, token }: GitRemote): Readonly<Record<string, string>> {
  if (token === undefined || !url.startsWith('https://')) return {};
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}

function gitError(error: Error, output: string, { url }: GitRemote): BloggerError {
  if (nodeErrorCode(error) === 'ENOENT')
    return new BloggerError('git is not installed', {
      code: 'TARGET_REFUSED',
      hint: 'Install git, or publish elsewhere.',
      cause: error,
    });
  const said = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?:fatal|error|remote|!)/.test(line))
    .join('; ')
    .slice(0, 300);
  const where = withoutUser(url);
  const isAuth =
    /Authentication failed|could not read (?:Username|Password)|Permission denied|HTTP 40[13]|returned error: 40[13]|not allowed to push/i.test(
      output,
    );
  const message = `git failed on ${where}: ${withoutUser(said) || error.message.split('\n')[0]}`;
  if (!isAuth && output.split('\n').some(isRule))
    return new BloggerError(message, {
      code: 'TARGET_REFUSED',
      hint: 'A rule of the repository refuses the push: see what it says, and change the rule or the post.',
      cause: error,
    });
  return new BloggerError(message, {
    code: isAuth ? 'TARGET_AUTH' : 'TARGET_UNREACHABLE',
    hint: isAuth
      ? 'Give git a key or a token that may push branches: GIT_TOKEN for https, an agent or a deploy key for ssh.'
      : 'Check the address with `git ls-remote`, then run the same command again.',
    cause: error,
  });
}

/** A line by which the other side refuses a branch, and not for its state. */
function isRule(line: string): boolean {
  return /\[remote rejected\]/.test(line) && /hook|declined|prohibited|denied|protected/i.test(line);
}

export function withoutUser(text: string): string {
  return text.replace(/:\/\/[^/?#@\s]{1,500}@/g, '://***@');
}
