import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export interface RawServer extends AsyncDisposable {
  readonly requests: string[];
  url(path?: string): string;
}

/** A server that answers with bytes as they are, by the request's path, and closes the connection. */
export async function openRawServer(
  answer: string | Buffer | ((path: string, socket: Socket) => string | Buffer | undefined),
): Promise<RawServer> {
  const requests: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      const request = data.toString('latin1');
      requests.push(request);
      const bytes = typeof answer === 'function' ? answer(request.split(' ')[1] ?? '/', socket) : answer;
      if (bytes !== undefined) socket.end(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
