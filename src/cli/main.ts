import { BloggerError, isAbortError } from '../core/errors.ts';
import { VERSION } from '../util/version.ts';
import { EXIT } from './exit.ts';
import { type Io, processIo } from './io.ts';

/** Runs one command line and returns its exit code; every error ends here as text for a person. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    io.stdout.write(`${VERSION}\n`);
    return EXIT.ok;
  }
  for (const { stream } of [io.stdout, io.stderr]) stream.on('error', leaveOnClosedPipe);
  // A command may be stopped before it has anything to tell of; one that reads keys hears of Ctrl-C without a signal.
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
    const { formatError } = await import('./format-error.ts');
    io.stderr.write(formatError(error, { verbose: argv.includes('--verbose'), env: io.env, version: VERSION }));
    if (io.env['GITHUB_ACTIONS'] === 'true') {
      const { annotateError } = await import('./reporters/github.ts');
      annotateError(error, io);
    }
    if (isAbortError(error)) return EXIT[signal];
    return BloggerError.is(error) ? error.exitCode : EXIT.bug;
  }
}

/** `| head -1` closes our output: nobody reads any more, so writing stops without a word. */
function leaveOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
