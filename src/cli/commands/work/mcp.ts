import { type Command, InvalidArgumentError } from 'commander';
import { BloggerError } from '../../../core/errors.ts';
import { nodeErrorCode } from '../../../util/files/node-errors.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { listenForStop } from '../../process/signals.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command)
    .option('--http <port>', 'serve streamable HTTP on 127.0.0.1 instead of standard input and output', parsePort)
    .addHelpText(
      'before',
      'Examples:\n  blogger mcp               serve a client that starts this command (stdio)\n  blogger mcp --http 3920   serve http://127.0.0.1:3920/mcp\n\n',
    )
    .action(async ({ http }: { readonly http?: number }) => {
      const { settings, secrets } = await settingsOf(command, io);
      using signals = listenForStop(io);
      const project = { settings, secrets, cwd: io.cwd, stop: signals.stop };
      await (http === undefined ? serveStdio(project, io, signals.stop) : serveOverHttp(project, http, io));
      exit(signals.received === undefined ? EXIT.ok : EXIT[signals.received]);
    });
}

type Project = Parameters<typeof import('../../../mcp/create-server.ts')['createServer']>[0];

/** Ends when the client closes the input, or on a signal. */
async function serveStdio(project: Project, io: Io, stop: AbortSignal): Promise<void> {
  const [{ serveStdio: serve, StdioServerTransport }, { createServer }] = await Promise.all([
    import('@modelcontextprotocol/server/stdio'),
    import('../../../mcp/create-server.ts'),
  ]);
  const transport = new StdioServerTransport(io.stdin, io.stdout.stream);
  const closed = new Promise<void>((done) => io.stdin.once('close', done).once('end', done));
  const handle = serve(() => createServer(project), { transport });
  await Promise.race([closed, aborted(stop)]);
  await handle.close();
}

async function serveOverHttp(project: Project, port: number, io: Io): Promise<void> {
  const serveHttp = await loadServeHttp();
  await using handle = await serveHttp(project, port).catch((error: unknown) => {
    throw new BloggerError(`Cannot listen on 127.0.0.1:${port} (${nodeErrorCode(error) ?? 'unknown reason'})`, {
      code: 'USAGE',
      hint: 'Choose another port, or 0 for a free one.',
      cause: error,
    });
  });
  io.stderr.write(`MCP server: ${handle.url}\n`);
  await aborted(project.stop);
}

/** On its own because TypeScript leaves `.ts` in an import of a function that has `using`. */
async function loadServeHttp() {
  return (await import('../../../mcp/serve-http.ts')).serveHttp;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('Use a port from 0 to 65535.');
  return port;
}
