import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';
import { openSharedStore } from '../../src/services/cache/open-shared-store.ts';
import { freePort } from '../helpers/free-port.ts';
import { openRedisServer, type RedisServer } from '../helpers/redis-server.ts';
import { newProject } from '../helpers/run-bin.ts';

const binary = inject('redisServer');
const CHILD = fileURLToPath(new URL('../helpers/use-shared-store.js', import.meta.url));

async function open(url: string, prefix = 'team:') {
  const { store, ...shared } = await openSharedStore(url, { prefix, timeoutMs: 2000 });
  return { store, [Symbol.asyncDispose]: () => shared[Symbol.asyncDispose]() };
}

describe.skipIf(binary === '')('an address of Redis with', () => {
  test('an ACL user, a database and a prefix keeps to all three', async () => {
    await using server = await openRedisServer(binary);
    const witness = server.connect();
    await witness.acl('SETUSER', 'alice', 'on', '>se:cret', '~team:*', '+@all');
    const url = `redis://alice:${encodeURIComponent('se:cret')}@127.0.0.1:${server.port}/5`;
    await using mine = await open(url);
    await mine.store.set('key', 'kept');
    await witness.select(5);

    expect(await mine.store.get('key')).toBe('kept');
    expect(await witness.keys('*')).toEqual(['team:key']);
    await using theirs = await open(url, 'others:');
    const refusal = await theirs.store.set('key', 'x').catch((error: unknown) => error);
    expect(theirs.store.refusesWrites(refusal)).toBe(true);
  });

  test('clear and size affect only keys with the prefix', async () => {
    await using server = await openRedisServer(binary);
    const witness = server.connect();
    await witness.set('team', '1');
    await witness.hset('other:hash', 'a', '1');
    await using mine = await open(server.url);
    for (let index = 0; index < 1200; index += 1) await mine.store.set(`key-${index}`, index);

    expect(await mine.store.size()).toMatchObject({ entries: 1200 });
    await mine.store.clear();
    expect((await witness.keys('*')).sort()).toEqual(['other:hash', 'team']);
  });

  test('TLS is used, and an untrusted certificate is refused', { timeout: 60_000 }, async () => {
    await using folder = await newProject();
    const { cert, settings } = makeCertificate(folder);
    const port = await freePort();
    await using _server = await openRedisServer(binary, asFlags(settings(port)));

    expect(await keepInProcess(`rediss://127.0.0.1:${port}`, { NODE_EXTRA_CA_CERTS: cert })).toBe('secret');
    expect(await keepInProcess(`rediss://127.0.0.1:${port}`, {})).toMatch(/failed: .*(self-signed|self signed)/);
  });

  test('TLS is used with sentinels and with the master that they name', { timeout: 60_000 }, async () => {
    await using folder = await newProject();
    const { cert, settings } = makeCertificate(folder);
    const [masterPort, sentinelPort] = [await freePort(), await freePort()];
    await using master = await openRedisServer(binary, asFlags(settings(masterPort)));
    const lines = [...settings(sentinelPort), 'tls-replication yes', `sentinel monitor blog 127.0.0.1 ${masterPort} 1`];
    await using sentinel = await openRedisServer(binary, [], { sentinel: lines });
    await expect
      .poll(() => sentinel.connect().info('sentinel'), { timeout: 20_000, interval: 200 })
      .toContain('status=ok');

    expect(
      await keepInProcess(`rediss+sentinel://127.0.0.1:${sentinelPort}/blog/3`, { NODE_EXTRA_CA_CERTS: cert }),
    ).toBe('secret');
    const witness = master.connect();
    await witness.select(3);
    expect(await witness.keys('*')).toEqual(['test:key']);
  });

  test('TLS is used with a cluster that needs a password', { timeout: 60_000 }, async () => {
    await using folder = await newProject();
    const { cert, settings } = makeCertificate(folder);
    const [port, bus] = [await freePort(), await freePort()];
    const cluster = [
      '--cluster-enabled',
      'yes',
      '--cluster-port',
      `${bus}`,
      '--cluster-announce-ip',
      '127.0.0.1',
      '--tls-cluster',
      'yes',
    ];
    await using node = await openRedisServer(binary, [...asFlags(settings(port)), ...cluster]);
    const admin = node.connect();
    await admin.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
    await expect.poll(() => admin.cluster('INFO'), { timeout: 20_000, interval: 100 }).toContain('cluster_state:ok');
    await admin.config('SET', 'requirepass', 'p@ss:wörd');

    const address = (password: string) => `rediss+cluster://:${encodeURIComponent(password)}@127.0.0.1:${port}`;
    expect(await keepInProcess(address('p@ss:wörd'), { NODE_EXTRA_CA_CERTS: cert })).toBe('secret');
    expect(await keepInProcess(address('another'), { NODE_EXTRA_CA_CERTS: cert })).toMatch(/^failed: /);
  });

  test('Sentinel finds the master, its database, and its successor', { timeout: 60_000 }, async () => {
    await using master = await openRedisServer(binary);
    await using replica = await openRedisServer(binary, [
      '--replicaof',
      `127.0.0.1 ${master.port}`,
      '--repl-diskless-sync-delay',
      '0',
    ]);
    const watch = [
      `monitor blog 127.0.0.1 ${master.port} 1`,
      'down-after-milliseconds blog 500',
      'failover-timeout blog 3000',
    ];
    await using sentinel = await openRedisServer(binary, [], { sentinel: watch.map((line) => `sentinel ${line}`) });
    await expect
      .poll(() => replica.connect().info('replication'), { timeout: 20_000 })
      .toContain('master_link_status:up');
    await expect
      .poll(() => sentinel.connect().info('sentinel'), { timeout: 20_000, interval: 200 })
      .toContain('slaves=1');
    await using mine = await open(`redis+sentinel://127.0.0.1:${sentinel.port}/blog/3`);
    await mine.store.set('key', 'kept');
    const witness = replica.connect();
    await witness.select(3);
    await expect.poll(() => witness.exists('team:key'), { timeout: 10_000 }).toBe(1);

    await master.stop();
    await expect
      .poll(() => mine.store.set('key', 'new').catch(() => false), { timeout: 30_000, interval: 100 })
      .toBe(true);
    expect(await mine.store.get('key')).toBe('new');
  });

  test('a cluster is spread over and cleared as a whole', { timeout: 60_000 }, async () => {
    const buses = [await freePort(), await freePort(), await freePort()];
    const openNode = (bus = 0) => openRedisServer(binary, ['--cluster-enabled', 'yes', '--cluster-port', `${bus}`]);
    await using one = await openNode(buses[0]);
    await using two = await openNode(buses[1]);
    await using three = await openNode(buses[2]);
    await joinCluster([one, two, three], buses);
    await using mine = await open(`redis+cluster://127.0.0.1:${one.port},127.0.0.1:${two.port}`);
    for (let index = 0; index < 60; index += 1) await mine.store.set(`key-${index}`, index);

    expect(await mine.store.get('key-7')).toBe(7);
    expect(await mine.store.size()).toMatchObject({ entries: 60 });
    const sizes = await Promise.all([one, two, three].map((node) => node.connect().dbsize()));
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    await mine.store.clear();
    expect(await mine.store.size()).toMatchObject({ entries: 0 });
  });
});

/** A certificate for this machine that vouches for itself, and the settings of a Redis that shows it on `port`. */
function makeCertificate({ folder }: { readonly folder: string }) {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
  ];
  execFileSync(
    'openssl',
    [...request, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-keyout', key, '-out', cert],
    { stdio: 'ignore' },
  );
  chmodSync(key, 0o600);
  const files = [`tls-cert-file ${cert}`, `tls-key-file ${key}`, `tls-ca-cert-file ${cert}`, 'tls-auth-clients no'];
  return { cert, settings: (port: number) => [`tls-port ${port}`, ...files] };
}

function asFlags(settings: readonly string[]): string[] {
  return settings.flatMap((line) => {
    const [name = '', value = ''] = line.split(' ');
    return [`--${name}`, value];
  });
}

/** In a process of its own: whom to trust is read at its start. */
async function keepInProcess(url: string, env: Record<string, string>): Promise<string> {
  return (await execa(process.execPath, [CHILD, url, 'secret'], { env })).stdout;
}

async function joinCluster(nodes: readonly RedisServer[], buses: readonly number[]): Promise<void> {
  const SLOTS = 16_384;
  for (const [index, node] of nodes.entries()) {
    const client = node.connect();
    const from = Math.floor((index * SLOTS) / nodes.length);
    const to = Math.floor(((index + 1) * SLOTS) / nodes.length) - 1;
    await client.cluster('ADDSLOTS', ...Array.from({ length: to - from + 1 }, (_, slot) => from + slot));
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1); // only before it knows any other
  }
  for (const node of nodes) {
    const client = node.connect();
    for (const [place, other] of nodes.entries())
      if (other !== node) await client.call('CLUSTER', 'MEET', '127.0.0.1', other.port, buses[place] ?? 0);
  }
  for (const node of nodes)
    await expect
      .poll(() => node.connect().cluster('INFO'), { timeout: 20_000, interval: 100 })
      .toContain('cluster_state:ok');
}
