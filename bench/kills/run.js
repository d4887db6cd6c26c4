// Kills everything that takes part, at random moments, and compares the vendor's bill with the ledger: the run (live, flex, batch, detached and
// collected), the workers, Redis (with its append-only file), and a run at the moment in which a vendor's batch is made.
// Usage: node bench/kills/run.js [--kills 28] [--seed 1] [--only live,batch]

import { parseArgs } from 'node:util';
import { countRepeats } from '../faults/count-repeats.js';
import { seeded } from '../hostile/shapes.js';
import { printPromise } from '../tools/promise.js';
import { FAST, openRedisServer, openScene, until } from '../tools/scene.js';

const { openStateFile } = await import('../../src/services/sqlite/open-state-file.ts');
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '28' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: 'live,flex,batch,detach,creation,workers,redis' },
  },
});
const names = values.only.split(',');
const EACH = Math.ceil(Number(values.kills) / names.length);
const random = seeded(Number(values.seed));
const LATENCY_MS = 200;
/** So few in flight that posts are left for the next round. */
const SLOW = ['--batch-size', '2', '--workers', '1', '--lease', '3000'];
const BATCH = ['--tier', 'batch', '--batch-poll', '100'];

const SCENES = {
  live: () => killed('a live run', ['--tier', 'standard']),
  flex: () => killed('a flex run', ['--tier', 'flex']),
  batch: () => killed('a run that waits for its batch', BATCH),
  detach: () => killed('a run that leaves its batch at the vendor, and collecting', [...BATCH, '--detach'], true),
  creation: killedAtCreation,
  workers: killedWorkers,
  redis: killedRedis,
  emptied: emptiedRedis,
};

const rows = [];
for (const name of names) {
  const row = await SCENES[name]();
  rows.push(row);
  console.log(
    `${row.name}: ${row.kills} kills, ${row.entries} entries, ${row.posts} posts; ${row.billed} calls billed, ${row.settled} settled in the ledger, ${row.onTheWire} lost on the wire (${row.bookedAsLost} booked as lost), ${row.paidTwice} paid twice without one; tokens billed and settled ${row.billedTokens}/${row.settledTokens}${row.problems.map((problem) => `\n  ${problem}`).join('')}`,
  );
}
const sum = (member) => rows.reduce((total, row) => total + row[member], 0);
const isRight = ({ posts, entries, paidTwice, billedTokens, settledTokens, onTheWire, bookedAsLost }) =>
  posts === entries && paidTwice === 0 && billedTokens === settledTokens && bookedAsLost >= onTheWire;
printPromise('kills', {
  figure: `${sum('kills')} kills in ${rows.length} scenes: ${sum('posts')} of ${sum('entries')} posts, ${sum('onTheWire')} answers lost on the wire, ${sum('paidTwice')} paid twice without that, the ledger differs from the bill in ${rows.filter((row) => row.billedTokens !== row.settledTokens).length} scenes`,
  holds: rows.every(isRight),
  cause: rows
    .filter((row) => !isRight(row))
    .map(({ name }) => name)
    .join(', '),
});

async function open(more = {}) {
  const entries = EACH + 6;
  const scene = await openScene({ entries, vendor: { latencyMs: LATENCY_MS, batch: { durationMs: 400 } }, ...more });
  return { scene, entries, project: await scene.project(), kills: [], problems: [] };
}

/** The same command again and again; a detached run is collected in every second round. */
async function killed(name, flags, collects = false) {
  const { scene, entries, project, kills, problems } = await open();
  const generate = ['generate', '--json', ...FAST, ...SLOW, ...flags];
  for (let round = 0; kills.length < EACH && round < 4 * EACH; round += 1) {
    const args = collects && round % 2 === 1 ? ['collect', '--json', '--wait', '--batch-poll', '100'] : generate;
    await killWithin(scene.run(project, args), kills);
  }
  await end(scene, project, collects ? generate.filter((flag) => flag !== '--detach') : generate, problems);
  return await tally({ name, scene, entries, project, kills, problems });
}

/** Killed as soon as the vendor's server hears of a new batch, of its file, or of the question for it. */
async function killedAtCreation() {
  const { scene, entries, project, kills, problems } = await open();
  const args = ['generate', '--json', ...FAST, ...SLOW, ...BATCH];
  for (let round = 0; kills.length < EACH && round < 4 * EACH; round += 1) {
    // One more entry each time: every round has a batch to make.
    const urls = Array.from({ length: Math.min(entries, round + 1) }, (_, index) => articleOf(scene, index));
    await project.write('urls.txt', urls.join('\n'));
    const kinds = [['file-upload'], ['batch-create'], ['batch-list', 'batch-create']][round % 3];
    const heard = () => kinds.reduce((total, kind) => total + scene.server.log.of(kind).length, 0);
    const before = heard();
    const running = scene.run(project, args);
    let isOver = false;
    running.finally(() => {
      isOver = true;
    });
    await until(() => isOver || heard() > before);
    kill(running, kills);
    await running;
  }
  await project.write('urls.txt', Array.from({ length: entries }, (_, index) => articleOf(scene, index)).join('\n'));
  await end(scene, project, args, problems);
  return await tally({
    name: 'a run at the moment in which its batch is made',
    scene,
    entries,
    project,
    kills,
    problems,
  });
}

function articleOf(scene, index) {
  return scene.site.url(`/article-${index + 1}`);
}

async function killedWorkers() {
  const redis = await openRedisServer('redis-server', ['--appendonly', 'yes', '--appendfsync', 'always']);
  const { scene, entries, project, kills, problems } = await open({ env: { REDIS_URL: redis.url } });
  const machine = await scene.project();
  const worker = () => scene.run(machine, ['worker', '--json', ...FAST, ...SLOW]);
  const generate = () => scene.run(project, ['generate', '--queue', 'redis', '--json', ...FAST, ...SLOW]);
  for (let round = 0; kills.length < EACH && round < 2 * EACH; round += 1) {
    const [one, run] = [worker(), generate()];
    await killWithin(round % 2 === 0 ? one : run, kills);
    for (const other of [one, run]) other.kill('SIGTERM');
    await Promise.all([one, run]);
  }
  const steady = worker();
  await end(scene, project, ['generate', '--queue', 'redis', '--json', ...FAST, ...SLOW], problems);
  steady.kill('SIGTERM');
  await steady;
  const row = await tally({ name: 'workers and the run that they work for', scene, entries, project, kills, problems });
  await redis[Symbol.asyncDispose]();
  return row;
}

async function killedRedis() {
  const redis = await openRedisServer('redis-server', ['--appendonly', 'yes', '--appendfsync', 'always']);
  const { scene, entries, project, kills, problems } = await open({ env: { REDIS_URL: redis.url } });
  const machine = await scene.project();
  const worker = scene.run(machine, ['worker', '--json', ...FAST, ...SLOW]);
  const args = ['generate', '--queue', 'redis', '--json', ...FAST, ...SLOW];
  let isOver = false;
  const running = scene.run(project, args).finally(() => {
    isOver = true;
  });
  while (kills.length < EACH && !isOver) {
    await new Promise((resolve) => setTimeout(resolve, 500 + random() * 1500));
    await redis.stop(); // by SIGKILL
    kills.push(Date.now());
    await new Promise((resolve) => setTimeout(resolve, random() * 500));
    await redis.start();
  }
  await running;
  await end(scene, project, args, problems);
  worker.kill('SIGTERM');
  await worker;
  const row = await tally({ name: 'Redis, while a run and a worker use it', scene, entries, project, kills, problems });
  await redis[Symbol.asyncDispose]();
  return row;
}

/** By `--only emptied`: Redis forgets everything while calls are at the vendor, as one without an append-only file does when it is started again. Another worker may then be paid for the same post: no promise, but each must be booked. */
async function emptiedRedis() {
  const redis = await openRedisServer('redis-server', ['--save', '', '--appendonly', 'no']);
  const { scene, entries, project, kills, problems } = await open({ env: { REDIS_URL: redis.url } });
  const machines = [await scene.project(), await scene.project()];
  const workers = machines.map((machine) => scene.run(machine, ['worker', '--json', ...FAST, ...SLOW]));
  const args = ['generate', '--queue', 'redis', '--json', ...FAST, ...SLOW];
  let isOver = false;
  const running = scene.run(project, args).finally(() => {
    isOver = true;
  });
  const asked = () => scene.server.log.of('live').length;
  for (let before = 0; kills.length < EACH && !isOver; before = asked()) {
    await until(() => isOver || asked() > before);
    await new Promise((resolve) => setTimeout(resolve, random() * LATENCY_MS));
    await redis.stop(); // by SIGKILL
    kills.push(Date.now());
    await redis.start();
  }
  await running;
  await end(scene, project, args, problems);
  for (const worker of workers) worker.kill('SIGTERM');
  await Promise.all(workers);
  const name = 'Redis, emptied while a run and two workers use it';
  const row = await tally({ name, scene, entries, project, kills, problems });
  await redis[Symbol.asyncDispose]();
  return row;
}

/** Kills at a random moment behind the first line that the process prints. */
async function killWithin(running, kills) {
  await Promise.race([new Promise((resolve) => running.stdout.once('data', resolve)), running]);
  const timer = setTimeout(() => kill(running, kills), 30 + random() * 1200);
  await running;
  clearTimeout(timer);
}

function kill(running, kills) {
  if (running.exitCode !== null || running.signalCode !== null) return;
  running.kill('SIGKILL');
  kills.push(Date.now());
}

/** The same command until it ends well: what was left for later is done then. */
async function end(scene, project, args, problems) {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const { exitCode, stdout, stderr } = await scene.run(project, args);
    if (exitCode === 0) return;
    if (attempt === 5) problems.push(`ended with ${exitCode}: ${stderr.slice(0, 300)} ${stdout.slice(-300)}`);
  }
}

async function tally({ name, scene, entries, project, kills, problems }) {
  const billed = scene.server.log.billed();
  const state = openStateFile(`${project.folder}/.blogger`, { checkpoint: false });
  const calls = state.db.prepare('SELECT state, usage, lost_usd FROM ledger_calls').all();
  state.db.close();
  const settled = calls.filter((call) => call.state === 'settled');
  const lastOf = new Map(billed.map((call) => [call.promptHash, call]));
  const row = {
    name,
    entries,
    kills: kills.length,
    posts: scene.posts(project),
    billed: billed.length,
    settled: settled.length,
    bookedAsLost: calls.filter((call) => call.lost_usd > 0 || call.state === 'unknown').length,
    billedTokens: [...lastOf.values()].reduce((total, call) => total + tokensOf(call.usage), 0),
    settledTokens: settled.reduce((total, { usage }) => total + tokensOf(JSON.parse(usage)), 0),
    problems,
    ...countRepeats(billed, { kills, latencyMs: LATENCY_MS * 3 }),
  };
  await scene.close();
  return row;
}

/** Of the vendor's answer, or of the ledger's row. */
function tokensOf(usage) {
  return (usage.prompt_tokens ?? usage.input) + (usage.completion_tokens ?? usage.output);
}
