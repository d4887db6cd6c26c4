import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { articleRoutes } from './make-articles.ts';
import { openNetwork } from './network.ts';
import { openRedisServer } from './redis-server.ts';
import { BIN, newProject, type Project } from './run-bin.ts';
import { TestSite } from './test-site.ts';
import { startVendorServer } from './vendor-server/start.js';

export interface FleetOptions {
  /** Path of redis-server. */
  readonly redisServer: string;
  /** Machines for workers; the run itself is on one more. */
  readonly workers: number;
  readonly hosts: number;
  readonly entries: number;
  /** Time that the vendor takes for an answer. */
  readonly latencyMs: number;
  /** Flags of every command. */
  readonly flags: readonly string[];
}

/** Machines of their own addresses with one Redis, one vendor and many hosts: a run on one of them, workers on the others. */
export async function openFleet({ redisServer, workers, hosts, entries, latencyMs, flags }: FleetOptions) {
  const network = openNetwork({ machines: workers + 1, hosts });
  const perHost = Math.ceil(entries / hosts);
  const sites = await Promise.all(
    network.hosts.map((address, index) => TestSite.open(articleRoutes(perHost, index * perHost + 1), address)),
  );
  const vendor = await startVendorServer({ latencyMs, address: network.gateway });
  const redis = await openRedisServer(redisServer, ['--bind', '0.0.0.0', '--protected-mode', 'no']);
  const urls = Array.from({ length: entries }, (_, index) =>
    sites[index % hosts]?.url(`/article-${(index % hosts) * perHost + Math.floor(index / hosts) + 1}`),
  );
  const projects: Project[] = [];
  const producer = await newProject({ 'urls.txt': urls.join('\n') });
  const env = {
    OPENAI_API_KEY: 'sk-test-0123456789',
    OPENAI_BASE_URL: vendor.openaiBaseUrl,
    REDIS_URL: redis.url.replace('127.0.0.1', network.gateway),
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
    redis,
    generate: (...more: string[]) => run(0, producer.folder, ['generate', '--queue', 'redis', '--json', ...more]),
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
        redis[Symbol.asyncDispose](),
        vendor[Symbol.asyncDispose](),
        ...sites.map((site) => site[Symbol.asyncDispose]()),
      ]);
      network[Symbol.dispose]();
    },
  };
}
