// Time until all posts are there with one, two and four machines, on Redis and on PostgreSQL, where waiting dominates: the vendor takes 5 s
// for an answer, a host 300 ms for a page. Each machine is a network namespace of its own; every run asks for other posts.
// Usage: node bench/workers/run.js [ENTRIES]

import { printPromise } from '../tools/promise.js';
import '../tools/typescript.js';

const { openFleet } = await import('../../test/helpers/fleet.ts');
const { installPackage } = await import('../../test/helpers/install-package.ts');
const { whyNoNetwork } = await import('../../test/helpers/network.ts');
const { findPostgres } = await import('../../test/helpers/postgres-server.ts');

const ENTRIES = Number(process.argv[2] ?? 96);
const LATENCY_MS = 5000;
const PAGE_MS = 300;
const MACHINES = [1, 2, 4];
// Four calls in flight on each machine, each post a batch of its own: one that leaves without its fourth post would make that post wait for a whole answer.
const IN_FLIGHT = 4;
const FLAGS = ['--per-host', '4', '--workers', `${IN_FLIGHT}`, '--batch-size', '1'];

const redisServer = installPackage('redis-server', { skip: 'redis' });
installPackage('iproute2', { skip: 'network', program: 'ip' });
const problem = redisServer === undefined ? 'redis-server was left out' : whyNoNetwork();
const stores = ['redis', ...(findPostgres() === undefined ? [] : ['postgres'])];
const worst = [];

if (problem === undefined) {
  for (const store of stores) {
    const seconds = [];
    for (const workers of MACHINES) {
      const run = await makespan(store, workers);
      seconds.push(run.posts === ENTRIES ? run.seconds : Number.POSITIVE_INFINITY);
      const ideal = (ENTRIES / (IN_FLIGHT * workers)) * (LATENCY_MS / 1000);
      const share = (seconds[0] ?? 0) / (workers * run.seconds);
      const overheadMs = ((run.seconds - ideal) * 1000 * workers) / ENTRIES;
      console.log(
        `${store}, ${workers} machines: ${run.posts} of ${ENTRIES} posts in ${run.seconds.toFixed(1)} s, ${share.toFixed(2)} of linear; ${overheadMs.toFixed(0)} ms a post beyond the vendor's own time`,
      );
      worst.push(share);
    }
  }
  const least = Math.min(...worst);
  printPromise('workers', {
    figure: `two and four machines reach ${least.toFixed(2)} of linear or more`,
    holds: least >= 0.9,
    cause: 'the machines share two cores, and start-up is in every time',
  });
} else printPromise('workers', { figure: 'not measured', holds: false, cause: problem });

async function makespan(store, workers) {
  const fleet = await openFleet({
    store,
    redisServer,
    workers,
    hosts: 20,
    entries: ENTRIES,
    latencyMs: LATENCY_MS,
    pageMs: PAGE_MS,
    flags: FLAGS,
  });
  try {
    for (let machine = 1; machine <= workers; machine += 1) await fleet.worker(machine);
    await new Promise((resolve) => setTimeout(resolve, 3000)); // they are there before the run begins
    const startedAt = performance.now();
    await fleet.generate();
    return { seconds: (performance.now() - startedAt) / 1000, posts: await fleet.posts() };
  } finally {
    await fleet[Symbol.asyncDispose]();
  }
}
