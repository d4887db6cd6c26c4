import { connect, createServer, type Socket } from 'node:net';

export interface DelayingProxy extends AsyncDisposable {
  readonly port: number;
  /** Milliseconds that every answer of the server behind it is held back. */
  delayMs: number;
}

/** A TCP proxy to a port of this machine that holds answers back. */
export async function openDelayingProxy(port: number): Promise<DelayingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((inside) => {
    const outside = connect(port, '127.0.0.1');
    inside.pipe(outside);
    // Timers of one length fire in the order of their start, so the bytes keep theirs while the delay stays.
    outside.on('data', (chunk) =>
      proxy.delayMs === 0
        ? inside.write(chunk)
        : setTimeout(() => inside.writable && inside.write(chunk), proxy.delayMs),
    );
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        inside.destroy();
        outside.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const proxy: DelayingProxy = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    delayMs: 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
