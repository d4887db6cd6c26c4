import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { generate } from '../../src/api/generate.ts';
import { migrateStore } from '../../src/api/migrate-store.ts';
import { work } from '../../src/api/work.ts';
import { type DelayingProxy, openDelayingProxy } from '../helpers/delaying-proxy.ts';
import { hasPostgresFleets, sampleOf } from '../helpers/long-form.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { openPostgresServer, type PostgresServer } from '../helpers/postgres-server.ts';
import { newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const COUNT = 24;
const HURT_AT = 8;
const WORKERS = 3;
const HURT_MS = 2500;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Fault {
  hurt(server: PostgresServer, proxy: DelayingProxy): unknown;
  heal(server: PostgresServer, proxy: DelayingProxy): unknown;
}

const FAULTS: readonly [name: string, fault: Fault][] = [
  ['stopped', { hurt: (server) => server.stop(), heal: (server) => server.start() }],
  ['killed', { hurt: (server) => server.stop('SIGQUIT'), heal: (server) => server.start() }],
  ['frozen', { hurt: (server) => server.freeze(), heal: (server) => server.thaw() }],
  [
    'slow',
    {
      hurt: (_server, proxy) => {
        proxy.delayMs = 600;
      },
      heal: (_server, proxy) => {
        proxy.delayMs = 0;
      },
    },
  ],
  [
    'restarted',
    {
      async hurt(server) {
        await server.stop();
        await server.start();
      },
      heal: () => {},
    },
  ],
  ['asking for another password', { hurt: (server) => server.refuse(true), heal: (server) => server.refuse(false) }],
  ['read only', { hurt: (server) => server.readOnly(true), heal: (server) => server.readOnly(false) }],
  ['out of disk', { hurt: (server) => server.fill(), heal: (server) => server.free() }],
];

/** A disk of its own that can be filled; undefined where nothing may be mounted. */
function mountSmallDisk(): ({ readonly folder: string } & Disposable) | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'blogger-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m,mode=777', 'none', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { folder, [Symbol.dispose]: () => void execFileSync('umount', ['-l', folder]) };
}

describe.skipIf(!hasPostgresFleets || inject('postgresBin') === '')(
  'under a run and three workers on PostgreSQL alone, it is',
  () => {
    test.each(sampleOf(FAULTS, 2))(
      '%s: every entry ends as a post, and none is paid for twice',
      { timeout: 120_000 },
      async (name, { hurt, heal }) => {
        using disk = mountSmallDisk();
        if (disk === undefined && name === 'out of disk') return expect(process.getuid?.()).not.toBe(0);
        await using server = await openPostgresServer(
          inject('postgresBin'),
          disk === undefined ? {} : { disk: disk.folder },
        );
        await migrateStore({ redisUrl: server.url });
        await using proxy = await openDelayingProxy(server.port);
        await using site = await TestSite.open(articleRoutes(COUNT));
        await using vendor = await startVendorServer({
          latencyMs: 100,
          limits: { requestsPerMinute: 100_000, tokensPerMinute: 500_000_000 },
        });
        const options = {
          secrets: { OPENAI_API_KEY: 'sk-test-0123456789' },
          settings: {
            allowPrivate: true,
            provider: 'openai',
            baseUrl: vendor.openaiBaseUrl,
            redisUrl: server.url.replace(`:${server.port}`, `:${proxy.port}`),
            queue: 'postgres',
            price: { input: 0.2, output: 1.2 },
            maxCost: 50,
            crawl: { perHost: 4 },
            batch: { size: 1 },
            jobs: { workers: 4 },
          },
        } as const;
        await using machines = await openMachines(WORKERS);
        const stop = new AbortController();
        const working = machines.folders.map((cwd) => work({ ...options, cwd, stop: stop.signal }));
        await using project = await newProject();
        const failures: string[] = [];
        const running = generate(
          Array.from({ length: COUNT }, (_, index) => site.url(`/article-${index + 1}`)),
          {
            ...options,
            cwd: project.folder,
            onEvent(event) {
              if (event.type === 'entry:fail') failures.push(`${event.failure.code}: ${event.failure.message}`);
            },
          },
        );
        await expect.poll(() => vendor.log.billed().length, { timeout: 60_000, interval: 10 }).toBeGreaterThan(HURT_AT);
        await hurt(server, proxy);
        await sleep(HURT_MS);
        await heal(server, proxy);
        const { summary, stoppedBy } = await running;
        stop.abort();
        await Promise.all(working);

        expect(failures).toEqual([]);
        expect(stoppedBy).toBeUndefined();
        expect(summary.posts).toMatchObject({ written: COUNT, failed: 0 });
        expect(vendor.log.paidTwice()).toEqual([]);
        expect(vendor.log.billed()).toHaveLength(COUNT);
      },
    );
  },
);

async function openMachines(count: number) {
  const projects = await Promise.all(Array.from({ length: count }, () => newProject()));
  return {
    folders: projects.map(({ folder }) => folder),
    async [Symbol.asyncDispose]() {
      for (const project of projects) await project[Symbol.asyncDispose]();
    },
  };
}
