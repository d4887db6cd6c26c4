// No-op jobs a second through the queue in the state file, and through the one on Redis beside BullMQ alone, which is its limit; and what waiting
// jobs cost in memory. Usage: node --expose-gc bench/jobs/run.js [JOBS]

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { JobQueue, openRedisBackend, openSharedJobQueue, openStateFile } from '../../dist/index.js';
import { median } from '../tools/median.js';
import { printPromise } from '../tools/promise.js';
import '../tools/typescript.js';

const { installPackage } = await import('../../test/helpers/install-package.ts');
const { openRedisServer } = await import('../../test/helpers/redis-server.ts');

const JOBS = Number(process.argv[2] ?? 3000);
const ROUNDS = 7;
const WORKERS = 20;
const job = (index) => ({
  id: `job-${index}`,
  kind: 'noop',
  runId: 'run',
  priority: 'medium',
  payload: { index },
  maxAttempts: 1,
});

const local = [];
const alone = [];
const ours = [];
const redisServer = installPackage('redis-server', { skip: 'redis' });
const redis = redisServer === undefined ? undefined : await openRedisServer(redisServer);
for (let round = 0; round < ROUNDS; round += 1) {
  local.push(await inFile());
  if (redis === undefined) continue;
  // Each first by turns: whoever is second finds a warmer machine, and a fuller Redis.
  const measured = { alone: () => withBullMq(`alone-${round}`), ours: () => onRedis(`ours-${round}`) };
  const pair = {};
  for (const who of round % 2 === 0 ? ['alone', 'ours'] : ['ours', 'alone']) pair[who] = await measured[who]();
  alone.push(pair.alone);
  ours.push(pair.ours);
}
const ratio = median(ours.map((perSecond, round) => perSecond / alone[round]));
console.log(
  `in the state file: ${Math.round(median(local))} jobs a second, each claimed and settled durably, one process`,
);
if (redis === undefined) console.log('on Redis: not measured, redis-server was left out');
else {
  console.log(`on Redis: ${Math.round(median(ours))} jobs a second; BullMQ alone: ${Math.round(median(alone))}`);
  printPromise('jobs-redis', {
    figure: `${ratio.toFixed(2)} of BullMQ alone`,
    holds: ratio >= 0.8,
    cause:
      'what each job has more (a signal to cancel it by, its record, its retention) costs some 12 µs beside the 50 of BullMQ, and a queue more to open and close',
  });
}
await redis?.[Symbol.asyncDispose]();

const [few, many] = [waiting(1000), waiting(100_000)];
console.log(`a process with 1,000 waiting jobs: ${few.toFixed(0)} MB; with 100,000: ${many.toFixed(0)} MB`);
printPromise('jobs-memory', {
  figure: `100,000 waiting jobs take ${(many / few).toFixed(2)} of the memory of 1,000`,
  holds: many / few <= 1.1,
});

async function inFile() {
  const folder = mkdtempSync(join(tmpdir(), 'blogger-jobs-'));
  const { db, ...state } = openStateFile(folder);
  const queue = new JobQueue({ db });
  queue.register('noop', async () => {});
  for (let index = 0; index < JOBS; index += 1) await queue.add(job(index));
  const perSecond = await timed(() => queue.work({ workers: WORKERS, untilEmpty: true }));
  await queue[Symbol.asyncDispose]();
  state[Symbol.dispose]();
  rmSync(folder, { recursive: true });
  return perSecond;
}

async function onRedis(name) {
  const queue = await openSharedJobQueue({ backend: openRedisBackend, url: redis.url, name });
  let done = 0;
  const stop = new AbortController();
  queue.register('noop', async () => {
    done += 1;
    if (done === JOBS) setImmediate(() => stop.abort());
  });
  await Promise.all(Array.from({ length: JOBS }, (_, index) => queue.add(job(index))));
  const perSecond = await timed(() => queue.work({ workers: WORKERS, stopping: stop.signal }));
  await queue[Symbol.asyncDispose]();
  return perSecond;
}

async function withBullMq(name) {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue(name, { connection });
  await Promise.all(
    Array.from({ length: JOBS }, (_, index) => queue.add('noop', { index }, { jobId: `job-${index}`, priority: 2 })),
  );
  const perSecond = await timed(
    () =>
      new Promise((resolve) => {
        let done = 0;
        const worker = new Worker(
          name,
          async () => {
            done += 1;
            if (done === JOBS) setImmediate(() => worker.close().then(resolve));
          },
          { connection, concurrency: WORKERS },
        );
      }),
  );
  await queue.close();
  connection.disconnect();
  return perSecond;
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return JOBS / ((performance.now() - startedAt) / 1000);
}

/** Peak memory in MB of a process that does a hundred of so many waiting jobs. */
function waiting(count) {
  const folder = mkdtempSync(join(tmpdir(), 'blogger-waiting-'));
  const script = fileURLToPath(new URL('waiting.js', import.meta.url));
  const run = (...args) => execFileSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  run('fill', folder, `${count}`);
  const megabytes = Number(run('work', folder));
  rmSync(folder, { recursive: true });
  return megabytes;
}
