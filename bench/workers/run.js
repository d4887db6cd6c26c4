// Time until all posts are there with three machines against one, each machine a network namespace of its own; every run asks for other posts.
// Usage: node bench/workers/run.js [ENTRIES]

import { printPromise } from '../tools/promise.js';
import '../tools/typescript.js';

const { openFleet } = await import('../../test/helpers/fleet.ts');
const { installPackage } = await import('../../test/helpers/install-package.ts');
const { whyNoNetwork } = await import('../../test/helpers/network.ts');

const ENTRIES = Number(process.argv[2] ?? 96);
const LATENCY_MS = 2000;
// Four calls in flight on each machine, each post a batch of its own: one that leaves without its fourth post would make that post wait for a whole answer.
const FLAGS = ['--per-host', '4', '--workers', '4', '--batch-size', '1'];
const WORDS = { figure: 'not measured', holds: false };

const redisServer = installPackage('redis-server', { skip: 'redis' });
installPackage('iproute2', { skip: 'network', program: 'ip' });
const problem = redisServer === undefined ? 'redis-server was left out' : whyNoNetwork();
if (problem !== undefined) {
  printPromise('workers', { ...WORDS, cause: problem });
  process.exit(0);
}

const one = await makespan(1);
const three = await makespan(3);
const limit = (ENTRIES / 4) * (LATENCY_MS / 1000);
const ratio = three.seconds / one.seconds;
console.log(
  `one machine: ${one.posts} of ${ENTRIES} posts, ${(one.seconds / limit).toFixed(2)} times the vendor's own time`,
);
console.log(
  `three machines: ${three.posts} of ${ENTRIES} posts, ${(three.seconds / (limit / 3)).toFixed(2)} times the vendor's own time`,
);
printPromise('workers', {
  figure: `three machines take ${ratio.toFixed(2)} of the time of one`,
  holds: ratio <= 0.45 && one.posts === ENTRIES && three.posts === ENTRIES,
  cause: 'the machines share two cores',
});

async function makespan(workers) {
  const fleet = await openFleet({
    redisServer,
    workers,
    hosts: 20,
    entries: ENTRIES,
    latencyMs: LATENCY_MS,
    flags: FLAGS,
  });
  try {
    for (let machine = 1; machine <= workers; machine += 1) await fleet.worker(machine);
    const startedAt = performance.now();
    await fleet.generate();
    return { seconds: (performance.now() - startedAt) / 1000, posts: await fleet.posts() };
  } finally {
    await fleet[Symbol.asyncDispose]();
  }
}
