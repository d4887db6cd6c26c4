import { BloggerError } from '../core/errors.ts';
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
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(argv, io);
  } catch (error) {
    const { formatError } = await import('./format-error.ts');
    io.stderr.write(formatError(error, { verbose: argv.includes('--verbose'), env: io.env, version: VERSION }));
    if (io.env['GITHUB_ACTIONS'] === 'true') {
      const { annotateError } = await import('./reporters/github.ts');
      annotateError(error, io);
    }
    return BloggerError.is(error) ? error.exitCode : EXIT.bug;
  }
}

/** `| head -1` closes our output: nobody reads any more, so writing stops without a word. */
function leaveOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
