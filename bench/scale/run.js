// How cost grows with the list: time, memory, size of the state, of Redis, and money, for `generate` through a vendor's server without latency.
// Usage: node bench/scale/run.js [COUNT …] (default 10 100 1000 20000); `--write` puts the table into docs/scale.md, with a model of what lies beyond.

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startVendorServer } from '../../test/helpers/vendor-server/start.js';
import { describeMachine } from '../tools/machine.js';
import { blogger, newProject, openRedisServer, postsIn, summaryOf } from '../tools/scene.js';
import { renderScale } from './render-scale.js';

const { makeArticle } = await import('../../test/helpers/make-articles.ts');
const counts = process.argv
  .slice(2)
  .filter((text) => /^\d+$/.test(text))
  .map(Number);
const site = createServer((request, response) => {
  const number = Number(/^\/article-(\d+)$/.exec(request.url)?.[1] ?? 0);
  if (number === 0) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(makeArticle(number));
});
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
const home = `http://127.0.0.1:${site.address().port}`;
const rows = [];

for (const count of counts.length > 0 ? counts : [10, 100, 1000, 20_000]) {
  const row = await measure(count);
  rows.push(row);
  console.log(
    `${count} entries: ${row.seconds.toFixed(1)} s, peak ${row.peakMb.toFixed(0)} MB, state ${(row.stateBytes / 1e6).toFixed(1)} MB, posts ${(row.postBytes / 1e6).toFixed(1)} MB, Redis ${(row.redisBytes / 1e6).toFixed(1)} MB (queue ${(row.queueBytes / 1e6).toFixed(1)} MB), $${row.usd.toFixed(4)}, again ${row.againSeconds.toFixed(1)} s`,
  );
}
site.close();
if (process.argv.includes('--write')) {
  const file = fileURLToPath(new URL('../../docs/scale.md', import.meta.url));
  const [head, , tail] = readFileSync(file, 'utf8').split(/<!-- (?:measured|end) -->/);
  writeFileSync(
    file,
    `${head}<!-- measured -->\n\n${renderScale(rows, { machine: describeMachine(), at: new Date() })}\n\n<!-- end -->${tail}`,
  );
}

/** A run here, the same again, and the list's jobs in a Redis of its own. */
async function measure(count) {
  const redis = await openRedisServer('redis-server');
  const client = redis.connect();
  const vendor = await startVendorServer();
  const project = await newProject({
    'urls.txt': Array.from({ length: count }, (_, at) => `${home}/article-${at + 1}`).join('\n'),
  });
  const report = join(project.folder, 'report.json');
  const preload = fileURLToPath(new URL('../crawl/report-resources.js', import.meta.url));
  const run = (more = {}) =>
    blogger(
      [
        'generate',
        '--json',
        '--allow-private',
        '--crawl-concurrency',
        '20',
        '--per-host',
        '20',
        '--batch-interval',
        '50',
      ],
      {
        cwd: project.folder,
        env: {
          OPENAI_API_KEY: 'sk-bench',
          OPENAI_BASE_URL: vendor.openaiBaseUrl,
          NODE_OPTIONS: `--import ${preload}`,
          BENCH_REPORT: report,
          ...more,
        },
        timeoutMs: 3_600_000,
      },
    );
  const used = async () => Number(/used_memory:(\d+)/.exec(await client.info('memory'))[1]);
  const empty = await used();

  const startedAt = performance.now();
  const first = await run({ REDIS_URL: redis.url });
  const seconds = (performance.now() - startedAt) / 1000;
  const posts = postsIn(project.folder);
  if (posts !== count) throw new Error(`expected ${count} posts, got ${posts}: ${first.stderr.slice(-2000)}`);
  const { peakMb, cpuSeconds } = JSON.parse(readFileSync(report, 'utf8'));
  const redisBytes = (await used()) - empty;
  const { costUsd } = summaryOf(first.stdout);

  const againAt = performance.now();
  await run({ REDIS_URL: redis.url });
  const againSeconds = (performance.now() - againAt) / 1000;

  const row = {
    count,
    seconds,
    againSeconds,
    peakMb,
    cpuSeconds,
    redisBytes,
    queueBytes: await queueBytes(client, used, count),
    stateBytes: sizeOf(join(project.folder, '.blogger')),
    postBytes: sizeOf(join(project.folder, 'posts')),
    usd: costUsd,
  };
  await project[Symbol.asyncDispose]();
  await vendor.close();
  await redis[Symbol.asyncDispose]();
  return row;
}

/** What `count` waiting jobs of a page each take in BullMQ. */
async function queueBytes(client, used, count) {
  const { Queue } = await import('bullmq');
  await client.flushall();
  const before = await used();
  const queue = new Queue('scale', { connection: client });
  for (let from = 0; from < count; from += 1000) {
    const jobs = Array.from({ length: Math.min(1000, count - from) }, (_, at) => ({
      name: 'page',
      data: { url: `${home}/article-${from + at + 1}`, runId: 'scale', priority: 'medium' },
      opts: { jobId: `page-${from + at}` },
    }));
    await queue.addBulk(jobs);
  }
  const bytes = (await used()) - before;
  await queue.close();
  return bytes;
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
