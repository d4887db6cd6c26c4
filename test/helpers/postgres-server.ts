import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
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
  /** Ended at once, its data kept; SIGQUIT: as by a crash, without a checkpoint. */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** Takes no session for any password, and ends the ones that are there. */
  refuse(on: boolean): Promise<void>;
  /** Takes reads, refuses writes. */
  readOnly(on: boolean): Promise<void>;
  /** Fills the disk to the last byte. */
  fill(): void;
  free(): Promise<void>;
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

export interface PostgresServerOptions {
  /** @default 127.0.0.1 */
  readonly address?: string;
  /** Folder that its data is put into. */
  readonly disk?: string;
}

/** A real PostgreSQL of our own on a free port, its data in a folder of its own. */
export async function openPostgresServer(
  bin: string,
  { address = '127.0.0.1', disk = tmpdir() }: PostgresServerOptions = {},
): Promise<PostgresServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(disk, 'blogger-postgres-'));
  const owner = unprivileged();
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const quiet = { ...owner, stdio: 'ignore', cwd: folder } as const;
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'blogger', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'],
    quiet,
  );
  if (address !== '127.0.0.1') writeFileSync(join(data, 'pg_hba.conf'), 'host all all 0.0.0.0/0 trust\n');
  const urlOf = (database: string) => `postgres://blogger:no-secret@127.0.0.1:${port}/${database}`;
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
      ['-D', data, '-p', `${port}`, '-h', address, '-k', folder, '-c', 'fsync=off', '-c', 'max_connections=200'],
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
  async function stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const running = server;
    server = undefined;
    if (running === undefined) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    stopping = gone;
    running.kill(signal); // ends all sessions
    await gone;
  }

  async function refuse(on: boolean): Promise<void> {
    const method = on ? 'scram-sha-256' : 'trust';
    writeFileSync(join(data, 'pg_hba.conf'), `host all all 0.0.0.0/0 ${method}\n`);
    const others = "backend_type = 'client backend' AND pid <> pg_backend_pid()";
    if (on) await query(`SELECT pg_reload_conf(), pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`);
    else server?.kill('SIGHUP');
  }

  async function readOnly(on: boolean): Promise<void> {
    await query(`ALTER SYSTEM SET default_transaction_read_only = ${on ? 'on' : 'off'}`, { mayWrite: true });
    await query('SELECT pg_reload_conf()');
    // A new session has the setting only after the server has told the sessions that were open.
    const expected = on ? 'on' : 'off';
    for (;;) {
      const [row] = await query('SHOW default_transaction_read_only');
      if (row?.['default_transaction_read_only'] === expected) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const ballast = join(disk, 'ballast');
  function fill(): void {
    const file = openSync(ballast, 'w');
    try {
      for (let size = 1 << 20; size >= 4096; size >>= 1) fillWith(file, Buffer.alloc(size));
    } finally {
      closeSync(file);
    }
  }

  /** The server ends itself where it could not write its log. */
  async function free(): Promise<void> {
    rmSync(ballast, { force: true });
    if (server?.exitCode !== null) server = undefined;
    await start();
  }

  /** The server and each of its sessions are processes of their own. */
  function signalAll(name: 'SIGSTOP' | 'SIGCONT'): void {
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
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    start,
    stop,
    refuse,
    readOnly,
    fill,
    free,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes the block until the disk takes no more of them. */
function fillWith(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) === block.length);
  } catch {
    // ENOSPC: full for blocks of this size
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const [, uid = '', gid = ''] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}
