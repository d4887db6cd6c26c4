import { BloggerError, isAbortError } from '../core/errors.ts';
import { VERSION } from '../util/version.ts';
import { EXIT } from './process/exit.ts';
import { type Io, processIo } from './process/io.ts';

/** Runs one command line and returns its exit code; every error is formatted for the user here. */
export async function main(argv: readonly string[], given?: Io): Promise<number> {
  const io = given ?? (await processIo());
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    io.stdout.write(`${VERSION}\n`);
    return EXIT.ok;
  }
  const explain = (error: unknown) => explainError(error, argv, io);
  io.stdout.stream.on('error', (error) => void leaveOnBrokenOutput('standard output', error, explain));
  io.stderr.stream.on('error', (error) => void leaveOnBrokenOutput('standard error', error, explain));
  // A command may be stopped before it has any output; one that reads keys receives Ctrl-C as a key, not as a signal.
  let signal: 'SIGINT' | 'SIGTERM' = 'SIGINT';
  const onSignal: Io['onSignal'] = (listener) =>
    io.onSignal((name) => {
      signal = name;
      listener(name);
    });
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(argv, { ...io, onSignal });
  } catch (error) {
    const code = await explain(error);
    return isAbortError(error) ? EXIT[signal] : code;
  }
}

/** Prints the error and returns its exit code. */
async function explainError(error: unknown, argv: readonly string[], io: Io): Promise<number> {
  const { formatError } = await import('./format-error.ts');
  io.stderr.write(formatError(error, { verbose: argv.includes('--verbose'), env: io.env, version: VERSION }));
  if (io.env['GITHUB_ACTIONS'] === 'true') {
    const { annotateError } = await import('./reporters/github.ts');
    annotateError(error, io);
  }
  return BloggerError.is(error) ? error.exitCode : EXIT.bug;
}

/** `| head -1` closes our output: stop writing silently. On any other write error the command cannot work: exit as after a kill, which loses nothing. */
async function leaveOnBrokenOutput(
  path: string,
  error: NodeJS.ErrnoException,
  explain: (error: unknown) => Promise<number>,
): Promise<void> {
  if (error.code === 'EPIPE') return;
  const { namingFileErrors } = await import('../util/files/file-error.ts');
  const named = namingFileErrors({ path, hint: 'Send the output somewhere else.' }, () => Promise.reject(error));
  process.exit(await named.catch(explain));
}
