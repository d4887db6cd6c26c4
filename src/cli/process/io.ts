/** Process interface for commands; `bin/` passes the real one, tests pass a fake. */

import type { Readable } from 'node:stream';
import { messageLanguage, openMessages } from '../../ui/messages/locale.ts';
import { type Output, openOutput } from './output.ts';

export type { Output } from './output.ts';

export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The command line without the program's name. */
  readonly argv: readonly string[];
  /** Set in the background process of `--detach`. */
  readonly background?: Background | undefined;
  /** Calls back for each SIGINT and SIGTERM until the returned function is called. */
  onSignal(listener: (name: 'SIGINT' | 'SIGTERM') => void): () => void;
  /** Ends the process now; only the second Ctrl-C calls it. */
  exitNow(code: number): void;
}

export interface Background {
  /** The printed id of the run. */
  readonly runId: string;
  /** File with the list from standard input. */
  readonly list: string | undefined;
}

/** Environment variables that `--detach` passes to its background process. */
export const BACKGROUND = { runId: 'BLOGGER_BACKGROUND_RUN', list: 'BLOGGER_BACKGROUND_LIST' } as const;

/** The real process, with messages in the language of its environment. */
export async function processIo(): Promise<Io> {
  const say = await openMessages(
    messageLanguage({
      env: process.env,
      ...(process.platform === 'win32' ? { system: Intl.DateTimeFormat().resolvedOptions().locale } : {}),
    }),
  );
  return {
    stdout: openOutput(process.stdout, process.env, say),
    stderr: openOutput(process.stderr, process.env, say),
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    argv: process.argv.slice(2),
    background: backgroundOf(process.env),
    onSignal(listener) {
      const onInt = () => listener('SIGINT');
      const onTerm = () => listener('SIGTERM');
      process.on('SIGINT', onInt);
      process.on('SIGTERM', onTerm);
      return () => {
        process.off('SIGINT', onInt);
        process.off('SIGTERM', onTerm);
      };
    },
    exitNow: (code) => process.exit(code),
  };
}

/** Read and removed, so that child processes do not inherit them. */
function backgroundOf(env: NodeJS.ProcessEnv): Background | undefined {
  const runId = env[BACKGROUND.runId];
  return process.send === undefined || runId === undefined ? undefined : { runId, list: env[BACKGROUND.list] };
}
