import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface CrawlRedis extends AsyncDisposable {
  readonly server: ChildProcess;
  connect(): Redis;
}

/** A redis-server of our own on a free port, without persistence. */
export async function openCrawlRedis(binary: string): Promise<CrawlRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'crawl-redis-'));
  const server = spawn(binary, ['--port', `${port}`, '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' });
  const clients: Redis[] = [];
  const connect = () => {
    const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: 20 });
    client.on('error', () => {});
    clients.push(client);
    return client;
  };
  await connect().ping();
  return {
    server,
    connect,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.disconnect();
      const gone = new Promise((resolve) => server.once('exit', resolve));
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGKILL');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
