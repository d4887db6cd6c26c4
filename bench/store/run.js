// Values of 20 kB in blogger's cache, keyv-file and plain Keyv on Redis: writes and reads a second, hot and in a new process, size, and how
// long a store with 10,000 entries takes to open. Usage: node bench/store/run.js [ENTRIES] [ROUNDS]

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePage } from '../crawl/make-pages.js';
import { installPeers } from '../peers/install-peers.js';
import { median } from '../tools/median.js';
import { printPromise } from '../tools/promise.js';
import { openRedisServer } from '../tools/scene.js';
import { CONTENDERS } from './contenders.js';

const ENTRIES = Number(process.argv[2] ?? 400);
const ROUNDS = Number(process.argv[3] ?? 3);
const AT_ONCE = 16;
const DURABLE_MS = 1500;
const MANY = 10_000;
const COLD = fileURLToPath(new URL('./cold.js', import.meta.url));

installPeers();
const values = Array.from({ length: ENTRIES }, (_, number) => makePage(number).slice(0, 20_000));
const redis = await openRedisServer('redis-server');
const figures = Object.fromEntries(
  Object.keys(CONTENDERS).map((name) => [name, { set: [], durable: [], hot: [], cold: [], bytes: undefined }]),
);

for (let round = 0; round < ROUNDS; round += 1) for (const name of Object.keys(CONTENDERS)) await measure(name);
await redis[Symbol.asyncDispose]();

const peer = figures['keyv-file'];
console.log(`${ENTRIES} values of 20 kB, ${ROUNDS} rounds interleaved, medians; in brackets: times keyv-file`);
for (const [name, { set, durable, hot, cold, bytes }] of Object.entries(figures)) {
  const columns = [
    `set ×${AT_ONCE} ${rate(set, peer.set)}`,
    `one by one ${rate(durable, peer.durable)}`,
    `get hot ${rate(hot, peer.hot)}`,
    `new process ${rate(cold, peer.cold)}`,
    `size ${bytes === undefined ? '–' : `${(bytes / 1e6).toFixed(1)} MB`}`,
  ];
  console.log(`${name.padEnd(15)} ${columns.join(' · ')}`);
}
const durable = median(figures['blogger, file'].durable) / median(peer.durable);
printPromise('store-durable', {
  figure: `${durable.toFixed(0)} times keyv-file’s durable writes a second`,
  holds: durable >= 20,
  cause: 'this disk makes every write wait, whoever writes',
});

const { empty, full } = await openTimes();
console.log(
  `opening the file and the first answer: empty ${empty.toFixed(1)} ms, with ${MANY} entries ${full.toFixed(1)} ms`,
);
printPromise('store-open', {
  figure: `${MANY.toLocaleString('en')} entries of 20 kB open in ${(full - empty).toFixed(1)} ms more than an empty store`,
  holds: full - empty < 50,
  cause: 'the disk was read, not its copy in memory',
});

async function measure(name) {
  const folder = mkdtempSync(join(tmpdir(), 'blogger-store-'));
  await redis.connect().flushall();
  const store = await CONTENDERS[name]({ folder, redisUrl: redis.url });
  const row = figures[name];
  const writing = stopwatch();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, worker) => {
      for (let number = worker; number < ENTRIES; number += AT_ONCE) await store.set(`key-${number}`, values[number]);
    }),
  );
  row.set.push(ENTRIES / writing());
  row.bytes = await store.bytes();
  // Each is acknowledged before the next begins, on top of what is there.
  const onebyone = stopwatch();
  let written = 0;
  while (onebyone() < DURABLE_MS / 1000) {
    await store.set(`key-${written % ENTRIES}`, values[(written + 1) % ENTRIES]);
    written += 1;
  }
  row.durable.push(written / onebyone());
  const reading = stopwatch();
  for (let number = 0; number < ENTRIES * 2; number += 1) await store.get(`key-${number % ENTRIES}`);
  row.hot.push((ENTRIES * 2) / reading());
  await store.close();
  const cold = readCold(name, folder, ENTRIES);
  if (!cold.found) throw new Error(`${name} lost what it acknowledged`);
  row.cold.push(cold.getsPerSecond);
  rmSync(folder, { recursive: true, force: true });
}

async function openTimes() {
  const folders = {
    empty: mkdtempSync(join(tmpdir(), 'blogger-store-')),
    full: mkdtempSync(join(tmpdir(), 'blogger-store-')),
  };
  for (const [which, folder] of Object.entries(folders)) {
    const store = await CONTENDERS['blogger, file']({ folder });
    await store.set('other', 'value');
    if (which === 'full')
      for (let number = 0; number < MANY; number += 1) await store.set(`key-${number}`, values[number % ENTRIES]);
    await store.close();
  }
  const times = { empty: [], full: [] };
  for (let round = 0; round < 7; round += 1)
    for (const which of ['empty', 'full']) times[which].push(readCold('blogger, file', folders[which], 1).openMs);
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  return { empty: median(times.empty), full: median(times.full) };
}

function readCold(name, folder, reads) {
  return JSON.parse(execFileSync(process.execPath, [COLD, name, folder, redis.url, `${reads}`], { encoding: 'utf8' }));
}

function stopwatch() {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) / 1000;
}

function rate(own, others) {
  return `${Math.round(median(own))}/s (${(median(own) / median(others)).toFixed(1)})`;
}
