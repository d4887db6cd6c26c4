import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';

export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Address of another database on this server. */
  urlOf(database: string): string;
  /** One query of the test's own; `mayWrite`: also on a server that is set to read only. */
  query(sql: string, options?: { readonly mayWrite?: boolean }): Promise<Record<string, unknown>[]>;
  /** Frozen with all its sessions: takes connections and says nothing. */
  freeze(): void;
  thaw(): void;
  /** Ended at once, its data kept. */
  stop(): Promise<void>;
  /** Also when it runs: then nothing happens. */
  start(): Promise<void>;
}

/** Folder of PostgreSQL's programs on this machine; undefined where there is none. Debian keeps them off PATH. */
export function findPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  try {
    const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    return newest === undefined ? undefined : join(root, newest, 'bin');
  } catch {
    return undefined;
  }
}

/** A real PostgreSQL of our own on a free port, its data in a folder of its own. */
export async function openPostgresServer(
  bin: string,
  { address = '127.0.0.1', more = [] }: { readonly address?: string; readonly more?: readonly string[] } = {},
): Promise<PostgresServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'blogger-postgres-'));
  const owner = unprivileged();
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const quiet = { ...owner, stdio: 'ignore', cwd: folder } as const;
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'blogger', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'],
    quiet,
  );
  const urlOf = (database: string) => `postgres://blogger@127.0.0.1:${port}/${database}`;
  const url = urlOf('postgres');
  let server: ChildProcess | undefined;

  async function query(sql: string, { mayWrite = false } = {}): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({
      connectionString: url,
      ...(mayWrite ? { options: '-c default_transaction_read_only=off' } : {}),
    });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function start(): Promise<void> {
    await stopping;
    if (server !== undefined) return;
    server = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', `${port}`, '-h', address, '-k', folder, '-c', 'fsync=off', ...more],
      quiet,
    );
    const giveUpAt = Date.now() + 30_000;
    for (;;) {
      try {
        await query('SELECT 1');
        return;
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  let stopping: Promise<unknown> = Promise.resolve();
  async function stop(): Promise<void> {
    const running = server;
    server = undefined;
    if (running === undefined) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    stopping = gone;
    running.kill('SIGINT'); // ends all sessions
    await gone;
  }

  /** The server and each of its sessions are processes of their own. */
  function signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    const pid = server?.pid;
    if (pid === undefined) return;
    const sessions = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    for (const one of [String(pid), ...sessions]) if (one !== '') process.kill(Number(one), name);
  }

  await start();
  return {
    url,
    urlOf,
    port,
    query,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    start,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const [, uid = '', gid = ''] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}
