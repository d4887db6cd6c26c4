import { fileURLToPath } from 'node:url';
import { keyvApiTests, keyvIteratorTests, keyvNamespaceTest, keyvValueTests } from '@keyv/test-suite';
import { Keyv } from 'keyv';
import * as vitest from 'vitest';
import { describe, expect, inject, test } from 'vitest';
import { Cache } from '../../src/services/cache/cache.ts';
import { openSharedStore, postgresOpener } from '../../src/services/cache/open-shared-store.ts';
import { PostgresStore } from '../../src/services/cache/postgres-store.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { openPostgresServer } from '../helpers/postgres-server.ts';
import { blogger, newProject, spawnBlogger } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';

const bin = inject('postgresBin');

describe.skipIf(bin === '')('PostgreSQL as the shared store', async () => {
  const server = bin === '' ? undefined : await openPostgresServer(bin);
  vitest.afterAll(() => server?.[Symbol.asyncDispose]());
  const url = server?.url ?? '';

  async function openMachine(prefix: string) {
    const project = await newProject();
    const state = openStateFile(project.folder);
    const shared = await openSharedStore(url, { timeoutMs: 2000, prefix });
    const states: string[] = [];
    return {
      cache: new Cache({ db: state.db, shared: shared.store, onState: (next) => states.push(next.state) }),
      store: shared.store,
      states,
      async [Symbol.asyncDispose]() {
        await shared[Symbol.asyncDispose]();
        state[Symbol.dispose]();
        await project[Symbol.asyncDispose]();
      },
    };
  }

  describe('passes the contract tests of Keyv', async () => {
    const open = await postgresOpener(url, { timeoutMs: 2000, onError: () => {} });
    const store = () => new PostgresStore({ prefix: 'suite:', open });
    for (const suite of [keyvApiTests, keyvValueTests, keyvNamespaceTest, keyvIteratorTests])
      suite(vitest, Keyv, store);
  });

  test('what one machine writes another reads, bytes and all, under keys of any length', async () => {
    await using one = await openMachine('two:');
    await using two = await openMachine('two:');
    const long = `https://example.org/${'a'.repeat(3000)}`;
    await one.cache.set('page', { body: new Uint8Array([0, 255]), text: '안녕\u0000' }, { ttlMs: 60_000 });
    await one.cache.set(`${long}1`, 1);
    await one.cache.set(`${long}2`, 2);

    expect(await two.cache.get('page')).toEqual({ body: new Uint8Array([0, 255]), text: '안녕\u0000' });
    expect(await two.cache.getMany([`${long}1`, `${long}2`])).toEqual([1, 2]);
    expect((await two.cache.stats()).tiers.find(({ tier }) => tier === 'postgres')).toMatchObject({
      hits: 3,
      entries: 3,
      state: 'closed',
    });
  });

  test('prune removes expired entries, and clear keeps foreign keys', async () => {
    await using one = await openMachine('prune:');
    await using neighbour = await openMachine('prune-not:');
    await neighbour.cache.set('theirs', 1);
    await one.cache.set('short', 1, { ttlMs: 1 });
    await one.cache.set('long', 2, { ttlMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(await one.store.prune(0)).toBe(1);
    expect(await one.cache.get('long')).toBe(2);
    await one.cache.clear();
    expect(await one.cache.get('long')).toBeUndefined();
    expect(await neighbour.store.size()).toMatchObject({ entries: 1 });
  });

  test('stopped: the file is used, and entries written in that time are pushed later, even if the table is gone', async () => {
    await using machine = await openMachine('fault:');
    const { cache, states } = machine;
    await cache.set('before', 1);
    await server?.query('DROP TABLE blogger_cache');
    await server?.stop();
    for (let index = 0; index < 20; index += 1) await cache.set(`during-${index}`, index);
    expect(await cache.get('during-7')).toBe(7);
    expect(states).toEqual(['open']);

    await server?.start();
    await expect
      .poll(
        async () => {
          await cache.get('knock');
          return states.at(-1);
        },
        { timeout: 20_000, interval: 200 },
      )
      .toBe('closed');
    await cache.get('knock');
    await cache.settled();
    const rows = await server?.query(
      "SELECT count(*)::int AS count FROM blogger_cache WHERE key LIKE 'fault:during-%'",
    );
    expect(rows).toEqual([{ count: 20 }]);
  });

  test('two projects share their pages; limits and queue, which need a prepared database, say so', async () => {
    await using site = await TestSite.open(articleRoutes(5));
    const list = { 'urls.txt': Array.from({ length: 5 }, (_, index) => site.url(`/article-${index + 1}`)).join('\n') };
    await using one = await newProject(list);
    await using two = await newProject(list);
    const run = (folder: string, ...more: string[]) =>
      blogger(['generate', '--json', '--allow-private', ...more], { cwd: folder, env: { REDIS_URL: url } });
    const first = await run(one.folder);
    expect(first.stdout).toContain('"written":5');
    expect(first.stdout).toMatch(/"code":"CONFIG_INVALID".*limits apply to this process only.*blogger db migrate/);
    const before = site.pages().length;
    const second = await run(two.folder);
    expect(second.stdout).toContain('"written":5');
    expect(site.pages().length).toBe(before);

    const mistaken = await run(two.folder, '--queue', 'redis');
    expect([mistaken.exitCode, mistaken.stderr]).toEqual([2, expect.stringContaining('--queue postgres')]);
    const queued = await run(two.folder, '--queue', 'postgres');
    expect([queued.exitCode, queued.stderr]).toEqual([2, expect.stringContaining('blogger db migrate')]);
    const doctor = await blogger(['doctor'], { cwd: two.folder, env: { REDIS_URL: url } });
    expect(doctor.stdout + doctor.stderr).toMatch(/PostgreSQL.*answers/);
    expect(doctor.stdout + doctor.stderr).toMatch(/blogger db migrate/);

    const migrate = () => blogger(['db', 'migrate'], { cwd: two.folder, env: { REDIS_URL: url } });
    expect(await migrate()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('from version 0 to 1') });
    expect(await migrate()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('up to date') });
    expect((await run(two.folder, '--force')).stdout).not.toContain('limits apply');
    await server?.query('INSERT INTO blogger.migration (version) VALUES (1000)');
    const newer = await run(two.folder, '--queue', 'postgres');
    expect([newer.exitCode, newer.stderr]).toEqual([2, expect.stringContaining('newer version')]);
  });
});

test('without the optional package a postgres:// address says what to install', async () => {
  await using project = await newProject({ 'urls.txt': 'https://example.org/' });
  const hook = fileURLToPath(new URL('../helpers/without-postgres.js', import.meta.url));
  const { exitCode, stderr } = await spawnBlogger(['generate'], {
    cwd: project.folder,
    env: { REDIS_URL: 'postgres://127.0.0.1:1/none', NODE_OPTIONS: `--import ${hook}` },
  });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('npm install @keyv/postgres');
});
