import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes calls on to a server and loses the answer of one call in five, after the server has done what it was asked. */
export async function startLossyProxy(target: string, share = 0.2) {
  const figures = { calls: 0, lost: 0 };
  const state = { share };
  const { hostname, port, host } = new URL(target);
  const proxy = createServer((request, response) => {
    figures.calls += 1;
    const isLost = Math.random() < state.share;
    const upstream = forward(
      { hostname, port, path: request.url, method: request.method, headers: { ...request.headers, host } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          if (isLost) {
            figures.lost += 1;
            response.destroy();
          } else response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(chunks));
        });
      },
    );
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    figures,
    state,
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      await new Promise<void>((resolve) => proxy.close(() => resolve()));
    },
  };
}
