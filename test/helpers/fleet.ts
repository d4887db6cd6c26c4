import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { migrateStore } from '../../src/api/migrate-store.ts';
import { articleRoutes } from './make-articles.ts';
import { openNetwork } from './network.ts';
import { findPostgres, openPostgresServer } from './postgres-server.ts';
import { openRedisServer } from './redis-server.ts';
import { BIN, newProject, type Project } from './run-bin.ts';
import { TestSite } from './test-site.ts';
import { startVendorServer } from './vendor-server/start.js';

export interface FleetOptions {
  /** What the machines share. @default 'redis' */
  readonly store?: keyof typeof STORES;
  /** Path of redis-server. */
  readonly redisServer: string;
  /** Machines for workers; the run itself is on one more. */
  readonly workers: number;
  readonly hosts: number;
  readonly entries: number;
  /** Time that the vendor takes for an answer. */
  readonly latencyMs: number;
  /** Time that a host takes for a page. @default 0 */
  readonly pageMs?: number;
  /** Flags of every command. */
  readonly flags: readonly string[];
}

/** Stores that other machines reach. */
const STORES = {
  redis: ({ redisServer }: FleetOptions) =>
    openRedisServer(redisServer, ['--bind', '0.0.0.0', '--protected-mode', 'no']),
  async postgres() {
    const server = await openPostgresServer(findPostgres() ?? '', { address: '0.0.0.0' });
    await migrateStore({ redisUrl: server.url });
    return server;
  },
} as const;

/** Machines of their own addresses with one store, one vendor and many hosts: a run on one of them, workers on the others. */
export async function openFleet(options: FleetOptions) {
  const { store = 'redis', workers, hosts, entries, latencyMs, pageMs = 0, flags } = options;
  const network = openNetwork({ machines: workers + 1, hosts });
  const perHost = Math.ceil(entries / hosts);
  const sites = await Promise.all(
    network.hosts.map((address, index) => TestSite.open(articleRoutes(perHost, index * perHost + 1, pageMs), address)),
  );
  const vendor = await startVendorServer({ latencyMs, address: network.gateway });
  const shared = await STORES[store](options);
  const urls = Array.from({ length: entries }, (_, index) =>
    sites[index % hosts]?.url(`/article-${(index % hosts) * perHost + Math.floor(index / hosts) + 1}`),
  );
  const projects: Project[] = [];
  const producer = await newProject({ 'urls.txt': urls.join('\n') });
  const env = {
    OPENAI_API_KEY: 'sk-test-0123456789',
    OPENAI_BASE_URL: vendor.openaiBaseUrl,
    REDIS_URL: shared.url.replace('127.0.0.1', network.gateway),
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
  };
  const run = (machine: number, folder: string, args: readonly string[]) => {
    const [program, ...before] = network.on(machine);
    return execa(program, [...before, process.execPath, BIN, ...args, '--allow-private', ...flags], {
      cwd: folder,
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      timeout: 300_000,
    });
  };
  const running: ReturnType<typeof run>[] = [];
  return {
    sites,
    vendor,
    generate: (...more: string[]) => run(0, producer.folder, ['generate', '--queue', store, '--json', ...more]),
    /** Starts a worker on the machine of this number, from 1. */
    async worker(machine: number) {
      const project = await newProject();
      projects.push(project);
      const process = run(machine, project.folder, ['worker', '--json']);
      running.push(process);
      return { process }; // a bare process is a promise, which `await` would wait for
    },
    async stopWorkers() {
      for (const process of running) process.kill('SIGTERM');
      await Promise.all(running.splice(0));
    },
    posts: async () =>
      (await readdir(join(producer.folder, 'posts')).catch(() => [])).filter((name) => name.endsWith('.md')).length,
    async [Symbol.asyncDispose]() {
      for (const process of running) process.kill('SIGKILL');
      await Promise.all(running);
      for (const project of [producer, ...projects]) await project[Symbol.asyncDispose]();
      await Promise.all([
        shared[Symbol.asyncDispose](),
        vendor[Symbol.asyncDispose](),
        ...sites.map((site) => site[Symbol.asyncDispose]()),
      ]);
      network[Symbol.dispose]();
    },
  };
}
