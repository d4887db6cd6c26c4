// 100,000 jobs that wait, on Redis and on PostgreSQL: jobs a second in and out beside 1,000 that wait, what a look at the depth costs, and bytes a job.
// Usage: node bench/queues/run.js [WAITING]

import { openPostgresBackend, openRedisBackend, openSharedJobQueue } from '../../dist/index.js';
import { median } from '../tools/median.js';
import { printPromise } from '../tools/promise.js';
import '../tools/typescript.js';

const { migrateStore } = await import('../../src/api/migrate-store.ts');
const { installPackage } = await import('../../test/helpers/install-package.ts');
const { findPostgres, openPostgresServer } = await import('../../test/helpers/postgres-server.ts');
const { openRedisServer } = await import('../../test/helpers/redis-server.ts');

const MANY = Number(process.argv[2] ?? 100_000);
const FEW = 1000;
const DONE = 1000;
const WORKERS = 20;
const AT_ONCE = 200;
const text = 'what a page job carries: its address, keywords and where it stands in the list '.repeat(4);
const job = (index) => ({
  id: `page-${index}`,
  kind: 'noop',
  runId: 'run',
  priority: 'medium',
  payload: { index, text },
  maxAttempts: 1,
});

const slower = [];
for (const [store, measure] of Object.entries({ Redis: onRedis, PostgreSQL: onPostgres })) {
  const figures = await measure();
  if (figures === undefined) {
    console.log(`${store}: left out, its server is not here`);
    continue;
  }
  const { few, many } = figures;
  slower.push(many.out / few.out);
  for (const [count, { into, out, depthMs, bytes }] of [
    [FEW, few],
    [MANY, many],
  ])
    console.log(
      `${store}, ${count} waiting: ${Math.round(into)} jobs a second in, ${Math.round(out)} out; a look at the depth ${depthMs.toFixed(1)} ms; ${Math.round(bytes)} bytes a job`,
    );
}
const least = Math.min(...slower);
printPromise('queues-many', {
  figure: `with ${MANY} waiting jobs, ${least.toFixed(2)} of the jobs a second with ${FEW}`,
  holds: least >= 0.7,
});

async function onRedis() {
  const binary = installPackage('redis-server', { skip: 'redis' });
  if (binary === undefined) return undefined;
  const server = await openRedisServer(binary);
  const client = server.connect();
  const size = async () => Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1] ?? 0);
  return await both({ backend: openRedisBackend, server, size });
}

async function onPostgres() {
  const bin = findPostgres();
  if (bin === undefined) return undefined;
  const server = await openPostgresServer(bin);
  await migrateStore({ redisUrl: server.url });
  const size = async () => {
    const [row] = await server.query(
      "SELECT pg_total_relation_size('bullmq.job') + pg_total_relation_size('bullmq.event') AS bytes",
    );
    return Number(row.bytes);
  };
  return await both({ backend: openPostgresBackend, server, size });
}

async function both(store) {
  try {
    return { few: await withWaiting(FEW, store), many: await withWaiting(MANY, store) };
  } finally {
    await store.server[Symbol.asyncDispose]();
  }
}

async function withWaiting(count, { backend, server, size }) {
  const queue = await openSharedJobQueue({ backend, url: server.url, name: `waiting-${count}` });
  const before = await size();
  const filling = performance.now();
  for (let from = 0; from < count; from += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => queue.add(job(from + index))),
    );
  const into = count / ((performance.now() - filling) / 1000);
  const bytes = ((await size()) - before) / count;
  const looks = [];
  for (let look = 0; look < 7; look += 1) {
    const at = performance.now();
    await queue.depth();
    looks.push(performance.now() - at);
  }
  let done = 0;
  const stop = new AbortController();
  queue.register('noop', async () => {
    done += 1;
    if (done === Math.min(DONE, count)) stop.abort();
  });
  const working = performance.now();
  await queue.work({ workers: WORKERS, stopping: stop.signal });
  const out = done / ((performance.now() - working) / 1000);
  await queue[Symbol.asyncDispose]();
  return { into, out, bytes, depthMs: median(looks) };
}
