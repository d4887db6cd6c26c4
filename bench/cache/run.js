// How many pages the cache answers over three runs as cron makes them, a tenth of the pages changed between two runs: with its tiers, and with
// memory alone, which a new process finds empty. A page is a hit when its host had to send no body; the site's log is the witness.
// Usage: node bench/cache/run.js [ENTRIES]

import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { makePage } from '../crawl/make-pages.js';
import { printPromise } from '../tools/promise.js';
import { blogger, newProject, openRedisServer } from '../tools/scene.js';

const ENTRIES = Number(process.argv[2] ?? 60);
const RUNS = 3;
let edition = 0;
let bodies = 0;

const site = createServer((request, response) => {
  const number = Number(/^\/page\/(\d+)$/.exec(request.url)?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) return response.writeHead(404).end();
  // Another tenth is new in each edition.
  const version = edition > 0 && number % 10 < edition ? (number % 10) + 1 : 0;
  const etag = `"${number}-${version}"`;
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
  bodies += 1;
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag })
    .end(makePage(number + version * ENTRIES));
});
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
const list = Array.from(
  { length: ENTRIES },
  (_, number) => `http://127.0.0.1:${site.address().port}/page/${number}`,
).join('\n');
const redis = await openRedisServer('redis-server');

// Every run is a new process. What it finds is all that differs.
const forget = (project) => rmSync(join(project.folder, '.blogger'), { recursive: true, force: true });
const memory = await hitRate('memory alone in a new process', { before: forget });
const file = await hitRate('memory and the file', {});
const shared = await hitRate('memory and Redis, the file lost each time (as on a build server)', {
  before: forget,
  env: { REDIS_URL: redis.url },
});
site.close();
await redis[Symbol.asyncDispose]();

const gain = (Math.min(file, shared) - memory) * 100;
printPromise('cache-hits', {
  figure: `up ${gain.toFixed(0)} points, from ${(memory * 100).toFixed(0)} % to ${(Math.min(file, shared) * 100).toFixed(0)} % of all pages over ${RUNS} runs`,
  holds: gain >= 30,
  cause: 'the first run of all finds nothing, and changed pages must be read',
});

async function hitRate(title, { before = () => {}, env = {} }) {
  const project = await newProject({ 'urls.txt': list });
  const rates = [];
  for (edition = 0; edition < RUNS; edition += 1) {
    before(project);
    bodies = 0;
    // Time 0: whatever the hosts say of freshness, each page is looked at anew in each run, as a day later.
    const { exitCode, stderr } = await blogger(['crawl', '--allow-private', '--cache-ttl', '0'], {
      cwd: project.folder,
      env,
    });
    if (exitCode !== 0) throw new Error(`${title} ended with ${exitCode}: ${stderr}`);
    rates.push(1 - bodies / ENTRIES);
  }
  await project[Symbol.asyncDispose]();
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / RUNS;
  console.log(
    `${title}: ${rates.map((rate) => `${(rate * 100).toFixed(0)} %`).join(', ')} of ${ENTRIES} pages without a body; ${(mean * 100).toFixed(1)} % over all`,
  );
  return mean;
}
