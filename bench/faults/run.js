// What becomes of entries and money when things break: processes killed, a vendor's faults, Redis gone. The vendor server's own log is the witness.
// Usage: node bench/faults/run.js [ENTRIES]

import { printPromise } from '../tools/promise.js';
import { FAST, openRedisServer, openScene, until } from '../tools/scene.js';
import { countRepeats } from './count-repeats.js';

const ENTRIES = Number(process.argv[2] ?? 40);
const LATENCY_MS = 60;
const SLOW = ['--batch-size', '2', '--workers', '2'];
const VENDOR_FAULTS =
  'reset-before reset-after reset-mid overloaded html-5xx rate-limit broken-json truncate empty fenced no-usage'.split(
    ' ',
  );

const rows = [
  await killed('killed 10 times at random moments', []),
  await killed('killed 10 times while a vendor writes the batch', ['--tier', 'batch', '--batch-poll', '100']),
  await faultyVendor(),
  await faultyRedis('Redis, the cache, stopped', (redis) => redis.stop()),
  await faultyRedis('Redis, the cache, frozen', (redis) => redis.freeze()),
  await brokenFleet(),
];
for (const { name, posts, paidTwice, onTheWire, broken } of rows) {
  console.log(
    `${name}: ${ENTRIES} entries, ${posts} posts, ${ENTRIES - posts} lost, ${paidTwice} paid twice (asked again: ${onTheWire} on the wire at a kill, ${broken} whose answer never came whole)`,
  );
}
const sum = (pick) => rows.reduce((total, row) => total + pick(row), 0);
const [lost, twice] = [sum(({ posts }) => ENTRIES - posts), sum(({ paidTwice }) => paidTwice)];
printPromise('faults', {
  figure: `${rows.length} scenarios, ${ENTRIES * rows.length} entries: ${lost} lost, ${twice} paid twice`,
  holds: lost === 0 && twice === 0,
  cause: rows
    .filter(({ posts, paidTwice }) => posts < ENTRIES || paidTwice > 0)
    .map(({ name }) => name)
    .join(', '),
});

/** The same command again and again, killed each time but the last. */
async function killed(name, more) {
  const scene = await openScene({ entries: ENTRIES, vendor: { latencyMs: LATENCY_MS, batch: { durationMs: 300 } } });
  const project = await scene.project();
  const args = ['generate', '--json', ...FAST, ...SLOW, ...more];
  const kills = [];
  for (let round = 0; round < 10; round += 1) {
    const running = scene.run(project, args);
    const begun = new Promise((resolve) => running.stdout.once('data', resolve));
    await Promise.race([begun, running]);
    const timer = setTimeout(
      () => {
        running.kill('SIGKILL');
        kills.push(Date.now());
      },
      20 + Math.random() * 600,
    );
    await running;
    clearTimeout(timer);
  }
  await ended(scene.run(project, args));
  return await tally(name, scene, project, kills);
}

/** A fifth of all calls meets some fault; what failed all the same is asked for by `--retry-failed`, as the summary says. */
async function faultyVendor() {
  const faults = VENDOR_FAULTS.map((kind) => ({ kind, chance: 0.02, times: 1000, retryAfterMs: 200 }));
  const scene = await openScene({ entries: ENTRIES, vendor: { latencyMs: LATENCY_MS, faults } });
  const project = await scene.project();
  const { exitCode } = await scene.run(project, ['generate', '--json', ...FAST]);
  if (exitCode !== 0) await ended(scene.run(project, ['generate', '--retry-failed', '--json', ...FAST]));
  return await tally(
    `a vendor that fails at a fifth of the calls${exitCode === 0 ? '' : ', run again with --retry-failed'}`,
    scene,
    project,
    [],
  );
}

async function faultyRedis(name, hurt) {
  const redis = await openRedisServer('redis-server');
  const scene = await openScene({ entries: ENTRIES, vendor: { latencyMs: LATENCY_MS }, env: { REDIS_URL: redis.url } });
  const project = await scene.project();
  const running = scene.run(project, ['generate', '--json', ...FAST, ...SLOW]);
  await until(() => scene.server.log.billed().length >= ENTRIES / 4);
  await hurt(redis);
  await ended(running);
  redis.thaw();
  const row = await tally(name, scene, project, []);
  await redis[Symbol.asyncDispose]();
  return row;
}

/** The queue in a Redis that keeps what it was told: a worker and the run are killed, Redis is restarted, then the same command again. */
async function brokenFleet() {
  const redis = await openRedisServer('redis-server', ['--appendonly', 'yes', '--appendfsync', 'always']);
  const scene = await openScene({
    entries: ENTRIES,
    vendor: { latencyMs: LATENCY_MS * 3 },
    env: { REDIS_URL: redis.url },
  });
  const [project, first, second] = [await scene.project(), await scene.project(), await scene.project()];
  const worker = (machine) => scene.run(machine, ['worker', '--json', ...FAST, ...SLOW, '--lease', '2000']);
  const generate = () =>
    scene.run(project, ['generate', '--queue', 'redis', '--json', ...FAST, ...SLOW, '--lease', '2000']);
  const [doomed, steady] = [worker(first), worker(second)];
  const kills = [];
  const kill = async (running) => {
    running.kill('SIGKILL');
    kills.push(Date.now());
    await running;
  };
  const billed = () => scene.server.log.billed().length;
  const run = generate();
  await until(() => billed() >= ENTRIES / 4);
  await kill(doomed);
  await until(() => billed() >= ENTRIES / 3);
  await kill(run);
  await redis.stop();
  kills.push(Date.now()); // a call on the wire may find its answer's place gone
  await redis.start();
  await ended(generate());
  steady.kill('SIGTERM');
  await steady;
  const row = await tally('two workers: one killed, the run killed, Redis (AOF) restarted', scene, project, kills);
  await redis[Symbol.asyncDispose]();
  return row;
}

async function ended(running) {
  const { exitCode, stderr, stdout } = await running;
  if (exitCode !== 0) console.error(`ended with ${exitCode}: ${stderr}\n${stdout.slice(-2000)}`);
}

async function tally(name, scene, project, kills) {
  const row = {
    name,
    posts: scene.posts(project),
    ...countRepeats(scene.server.log.billed(), { kills, latencyMs: LATENCY_MS * 3 }),
  };
  await scene.close();
  return row;
}
