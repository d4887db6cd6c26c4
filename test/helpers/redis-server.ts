import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** A connection of the test's own, closed with the server. */
  connect(password?: string): Redis;
  /** Frozen: takes connections and says nothing. */
  freeze(): void;
  thaw(): void;
  /** Killed; nothing of its data is kept. */
  stop(): Promise<void>;
  /** On the same port, empty. */
  start(): Promise<void>;
}

export interface RedisServerOptions {
  /** Lines of a sentinel's settings: it is one then, and no store. */
  readonly sentinel?: readonly string[];
}

/** A real redis-server of our own on a free port, without persistence. */
export async function openRedisServer(
  binary: string,
  args: readonly string[] = [],
  { sentinel }: RedisServerOptions = {},
): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'blogger-redis-'));
  const clients: Redis[] = [];
  let server: ChildProcess | undefined;
  const settings = join(folder, 'sentinel.conf');
  if (sentinel !== undefined) writeFileSync(settings, `${sentinel.join('\n')}\n`);
  const mode = sentinel === undefined ? ['--save', '', '--appendonly', 'no'] : [settings, '--sentinel'];

  async function start(): Promise<void> {
    server = spawn(binary, [...mode, '--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, ...args], {
      stdio: 'ignore',
    });
    const probe = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 30, maxRetriesPerRequest: 100 });
    probe.on('error', () => {});
    await probe.ping().catch((error: Error) => {
      if (!/NOAUTH/.test(error.message)) throw error;
    });
    probe.disconnect();
  }

  async function stop(): Promise<void> {
    const running = server;
    server = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    connect(password) {
      const client = new Redis({
        port,
        host: '127.0.0.1',
        retryStrategy: () => 50,
        maxRetriesPerRequest: 20,
        ...(password === undefined ? {} : { password }),
      });
      client.on('error', () => {});
      clients.push(client);
      return client;
    },
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    start,
    stop,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.disconnect();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
