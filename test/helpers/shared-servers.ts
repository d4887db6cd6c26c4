/** The stores that machines can share, as real servers of the tests' own. */

import { inject } from 'vitest';
import { migrateStore } from '../../src/api/migrate-store.ts';
import type { SharedControl } from '../../src/core/ports/shared-control.ts';
import { openPostgresBackend } from '../../src/services/jobs/shared/postgres-backend.ts';
import type { OpenBackend } from '../../src/services/jobs/shared/queue-backend.ts';
import { openRedisBackend } from '../../src/services/jobs/shared/redis-backend.ts';
import { storeKindOf } from '../../src/wiring/machines/shared-stores.ts';
import { openPostgresServer, type PostgresServer } from './postgres-server.ts';
import { openRedisServer, type RedisServer } from './redis-server.ts';

export interface SharedServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
  start(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Takes reads, refuses writes. */
  readOnly(on: boolean): Promise<void>;
}

export interface SharedServerKind {
  readonly name: 'Redis' | 'PostgreSQL';
  readonly queue: 'redis' | 'postgres';
  readonly backend: OpenBackend;
  /** Its programs are not on this machine, or left out on purpose. */
  readonly isMissing: boolean;
  open(): Promise<SharedServer>;
}

export const SHARED_SERVERS: readonly SharedServerKind[] = [
  {
    name: 'Redis',
    queue: 'redis',
    backend: openRedisBackend,
    isMissing: inject('redisServer') === '',
    open: async () => withReadOnlyRedis(await openRedisServer(inject('redisServer'))),
  },
  {
    name: 'PostgreSQL',
    queue: 'postgres',
    backend: openPostgresBackend,
    isMissing: inject('postgresBin') === '',
    open: openDatabase,
  },
];

function withReadOnlyRedis(server: RedisServer): RedisServer & SharedServer {
  return {
    ...server,
    async readOnly(on) {
      await (on ? server.connect().replicaof('127.0.0.1', 1) : server.connect().replicaof('NO', 'ONE'));
    },
  };
}

let postgres: Promise<PostgresServer> | undefined;
let databases = 0;

/** After each test file (`test/helpers/after-file.ts`): the next file of this process starts its own server. */
export async function closeSharedServers(): Promise<void> {
  const opened = await postgres;
  postgres = undefined;
  await opened?.[Symbol.asyncDispose]();
}

/** A prepared database of its own on the one PostgreSQL of the test file: a new server takes seconds. */
async function openDatabase(): Promise<SharedServer> {
  postgres ??= openPostgresServer(inject('postgresBin')).then(async (server) => {
    await server.query('CREATE DATABASE prepared');
    await migrateStore({ redisUrl: server.urlOf('prepared') });
    return server;
  });
  const server = await postgres;
  databases += 1;
  const database = `test_${databases}`;
  await server.query(`CREATE DATABASE ${database} TEMPLATE prepared`);
  return {
    ...server,
    url: server.urlOf(database),
    async [Symbol.asyncDispose]() {
      await server.start(); // for the next test
    },
  };
}

/** The limits and the money cap as one machine opens them; `timeoutMs` for one question. */
export async function openTestControl(
  url: string,
  { timeoutMs = 500 } = {},
): Promise<{ readonly control: SharedControl } & AsyncDisposable> {
  const { control, close } = await storeKindOf(url).openControl(url, 'test:', { timeoutMs, onError: () => {} });
  if (control === undefined) throw new Error(`${url} shares no limits`);
  return { control, [Symbol.asyncDispose]: close };
}
