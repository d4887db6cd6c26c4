// A long run under trouble: a vendor with 5 % faults, Redis (AOF) restarted and workers killed on the way. Counts posts and money, and looks at what the
// run and a worker that lives through it hold: memory over time, open handles. Usage: node bench/soak/run.js [--entries 2000 --seconds 600]

import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countRepeats } from '../faults/count-repeats.js';
import { median } from '../tools/median.js';
import { printPromise } from '../tools/promise.js';
import { FAST, openRedisServer, openScene, summaryOf } from '../tools/scene.js';

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '150' }, seconds: { type: 'string', default: '40' } },
});
const [ENTRIES, SECONDS] = [Number(values.entries), Number(values.seconds)];
/** Two workers with four batches of ten: what the vendor takes for an answer makes the run as long as wished. */
const IN_FLIGHT = 80;
const LATENCY_MS = Math.round(Math.min(20_000, (SECONDS * 1000 * IN_FLIGHT) / ENTRIES / 2));
const FAULTS = ['reset-before', 'reset-after', 'overloaded', 'html-5xx', 'rate-limit'].map((kind) => ({
  kind,
  chance: 0.01,
  times: 1e6,
  retryAfterMs: 500,
}));

const redis = await openRedisServer('redis-server', ['--appendonly', 'yes', '--appendfsync', 'always']);
const scene = await openScene({
  entries: ENTRIES,
  vendor: { latencyMs: LATENCY_MS, faults: FAULTS },
  env: { REDIS_URL: redis.url },
});
const [project, machine, other] = [await scene.project(), await scene.project(), await scene.project()];
const worker = (home) => scene.run(home, ['worker', '--json', ...FAST, '--lease', '5000']);
const kills = [];
const troubles = { workersKilled: 0, redisRestarts: 0, runsBegun: 1 };

const generate = () => scene.run(project, ['generate', '--queue', 'redis', '--json', ...FAST, '--lease', '5000']);
const steady = worker(machine);
let doomed = worker(other);
let run = generate();
const samples = { run: [], worker: [] };
const sampler = setInterval(() => {
  for (const [name, { pid }] of [
    ['run', run],
    ['worker', steady],
  ]) {
    const sample = look(pid);
    if (sample !== undefined) samples[name].push({ at: performance.now() / 60_000, ...sample });
  }
}, 1000);
const trouble = setInterval(
  async () => {
    if (troubles.workersKilled <= troubles.redisRestarts * 2) {
      doomed.kill('SIGKILL');
      kills.push(Date.now());
      troubles.workersKilled += 1;
      await doomed;
      doomed = worker(other);
      return;
    }
    troubles.redisRestarts += 1;
    kills.push(Date.now());
    await redis.stop();
    await redis.start();
    kills.push(Date.now());
  },
  Math.min(20, SECONDS / 6) * 1000,
);

let end = await run;
// What failed for good at a vendor that fails, or was cut off with Redis, is taken up by the same command, as a cron job would.
while (scene.posts(project) < ENTRIES && troubles.runsBegun < 4) {
  troubles.runsBegun += 1;
  run = generate();
  end = await run;
}
clearInterval(trouble);
clearInterval(sampler);
for (const one of [steady, doomed]) one.kill('SIGTERM');
await Promise.all([steady, doomed]);

const posts = scene.posts(project);
const { paidTwice, onTheWire, broken } = countRepeats(scene.server.log.billed(), {
  kills,
  latencyMs: LATENCY_MS + 5000,
});
const faults = scene.server.log.calls.filter(({ fault }) => fault !== undefined).length;
console.log(
  `${ENTRIES} entries, ${LATENCY_MS} ms an answer, ${scene.server.log.calls.length} calls of which ${faults} met a fault`,
);
console.log(
  `${troubles.workersKilled} workers killed, Redis restarted ${troubles.redisRestarts} times, the command given ${troubles.runsBegun} times`,
);
console.log(
  `${posts} posts, ${ENTRIES - posts} lost, ${paidTwice} paid twice (asked again: ${onTheWire} on the wire at a kill, ${broken} whose answer never came whole)`,
);
if (end.exitCode !== 0)
  console.log(
    `the last run ended with ${end.exitCode}: ${JSON.stringify(summaryOf(end.stdout)?.failures?.slice(0, 3))}`,
  );
const growths = Object.entries(samples).map(([name, list]) => describeGrowth(name, list));
for (const { line } of growths) console.log(line);
const steadyEnough = growths.every(({ share, handles }) => SECONDS < 300 || (share <= 0.02 && handles <= 1.25));
printPromise('soak', {
  figure: `${posts} of ${ENTRIES} posts, ${paidTwice} paid twice, ${troubles.workersKilled} workers killed, ${troubles.redisRestarts} Redis restarts; ${growths.map(({ short }) => short).join(', ')}`,
  holds: posts === ENTRIES && paidTwice === 0 && steadyEnough,
  cause: posts < ENTRIES ? 'entries without a post' : paidTwice > 0 ? 'answers paid twice' : 'memory or handles grow',
});
await scene.close();
await redis[Symbol.asyncDispose]();

/** Slope of the last two thirds, when everything is loaded; the short form judges nothing under five minutes. */
function describeGrowth(name, list) {
  const late = list.slice(Math.floor(list.length / 3));
  const mean = average(late.map(({ rssMb }) => rssMb));
  const slope = slopeOf(late);
  const share = mean === 0 ? 0 : slope / mean;
  const third = Math.floor(late.length / 3);
  const handles =
    median(late.slice(-third).map((sample) => sample.handles)) /
    median(late.slice(0, third).map((sample) => sample.handles));
  return {
    share,
    handles,
    short: `memory of the ${name} ${signed(share * 100)} % a minute`,
    line: `the ${name}: ${mean.toFixed(0)} MB, ${signed(slope)} MB a minute (${signed(share * 100)} %), open handles at the end ${handles.toFixed(2)} times those at the start`,
  };
}

function slopeOf(list) {
  const [at, mb] = [average(list.map((one) => one.at)), average(list.map((one) => one.rssMb))];
  const spread = list.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  return spread === 0 ? 0 : list.reduce((sum, one) => sum + (one.at - at) * (one.rssMb - mb), 0) / spread;
}

function average(list) {
  return list.reduce((sum, value) => sum + value, 0) / (list.length || 1);
}

function signed(value) {
  return `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;
}

/** What Linux says of a process; undefined where it is gone, or elsewhere. */
function look(pid) {
  try {
    return {
      rssMb: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
      handles: readdirSync(`/proc/${pid}/fd`).length,
    };
  } catch {
    return undefined;
  }
}
