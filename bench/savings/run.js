// Calls and money that blogger saves against one call for each entry without a cache, on a list of which 30 % are repeats or
// syndicated copies; the vendor server's own log is the witness. Usage: node bench/savings/run.js [ENTRIES]

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startVendorServer } from '../../test/helpers/vendor-server/start.js';
import { makePage } from '../crawl/make-pages.js';
import { printPromise } from '../tools/promise.js';

const ENTRIES = Number(process.argv[2] ?? 200);
const UNIQUE = Math.round(ENTRIES * 0.7);
const PRICE = { input: 0.2, cached: 0.02, output: 1.2 };
const BIN = fileURLToPath(new URL('../../bin/blogger.js', import.meta.url));
let edition = 0;

const site = createServer((request, response) => {
  const path = new URL(request.url, 'http://site').pathname;
  const number = Number(/\d+/.exec(path)?.[0] ?? Number.NaN);
  if (path.startsWith('/moved/')) return response.writeHead(301, { location: `/page/${number}` }).end();
  if (!/^\/(?:page|wire)\//.test(path)) return response.writeHead(404).end();
  // A tenth of the pages changes from one edition to the next.
  const changed = edition > 0 && number % 10 === edition ? 5000 * edition : 0;
  const page = makePage(number + changed);
  const body = path.startsWith('/wire/')
    ? page.replace('<p class="byline">', '<p class="byline">From our partners. ').replace(/opened/, 'was opened')
    : page;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }).end(body);
});
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
const home = `http://127.0.0.1:${site.address().port}`;
const unique = Array.from({ length: UNIQUE }, (_, index) => `${home}/page/${index}`);
const copies = Array.from(
  { length: ENTRIES - UNIQUE },
  (_, index) =>
    [`${home}/page/${index}?utm_source=letter&utm_medium=mail#top`, `${home}/moved/${index}`, `${home}/wire/${index}`][
      index % 3
    ],
);
const list = [...unique, ...copies];

const shortfalls = [];
const one = await runs('standard', 1);
report('one run, standard', one, 1, { calls: 0.72, cost: 0.7 });
const flex = await runs('flex', 1);
report('one run, flex', flex, 1, { cost: 0.35 });
const batch = await runs('batch', 1);
report('one run, batch', batch, 1, { http: 0.1, cost: 0.35 });
const three = await runs('standard', 3);
report('three runs, 10 % of the pages changed between them', three, 3, { calls: 0.5 });
site.close();
const [byFlex, byBatch, byThree] = [shareOf(flex), shareOf(batch), shareOf(three, 3)];
printPromise('api-calls', {
  figure: `down ${percent(1 - byThree.calls)} over three runs, ${percent(1 - byBatch.http)} in one run by vendor batches, ${percent(1 - shareOf(one).calls)} in one run by single calls`,
  holds: byThree.calls <= 0.5 && byBatch.http <= 0.5 && shortfalls.length === 0,
  cause: shortfalls.join(', '),
});
printPromise('api-cost', {
  figure: `down ${percent(1 - byThree.cost)} over three runs, ${percent(1 - byFlex.cost)} in one run on flex, ${percent(1 - byBatch.cost)} by vendor batches, ${percent(1 - shareOf(one).cost)} on standard`,
  holds: [byThree, byFlex, byBatch].every(({ cost }) => cost <= 0.6) && shortfalls.length === 0,
  cause: shortfalls.join(', '),
});

/** Runs blogger over the list, edition by edition, against a vendor of its own. */
async function runs(tier, count) {
  const server = await startVendorServer({ batch: { durationMs: 200 } });
  const folder = mkdtempSync(join(tmpdir(), 'blogger-savings-'));
  writeFileSync(join(folder, 'urls.txt'), list.join('\n'));
  const figures = { calls: 0, http: 0, cost: 0, plainCost: 0, unchanged: 0, skipped: 0, cachedTokens: 0 };
  for (edition = 0; edition < count; edition += 1) {
    const child = await run(server, tier, folder);
    const { summary } = JSON.parse(child.trim().split('\n').at(-1));
    figures.unchanged += summary.posts.unchanged;
    figures.skipped += summary.posts.skipped;
    if (summary.posts.failed > 0) throw new Error(`failed: ${JSON.stringify(summary.failures[0])}`);
  }
  const billed = server.log.billed();
  const mean = billed.reduce((sum, call) => sum + costOf(call.usage, 1), 0) / billed.length;
  figures.calls = billed.length;
  figures.http = server.log.calls.filter(({ kind }) => kind !== 'batch-row').length;
  figures.cost = billed.reduce((sum, call) => sum + costOf(call.usage, tier === 'standard' ? 1 : 0.5, true), 0);
  figures.plainCost = mean * ENTRIES * count;
  figures.cachedTokens = billed.reduce((sum, { usage }) => sum + (usage.prompt_tokens_details?.cached_tokens ?? 0), 0);
  rmSync(folder, { recursive: true, force: true });
  await server.close();
  return figures;
}

function run(server, tier, folder) {
  return new Promise((resolve, reject) => {
    const args = [
      BIN,
      'generate',
      'urls.txt',
      '--json',
      '--allow-private',
      '--tier',
      tier,
      '--batch-poll',
      '500',
      '--batch-interval',
      '100',
      '--per-host',
      '20',
      '--crawl-concurrency',
      '20',
      '--cache-ttl',
      '0',
    ];
    const env = { PATH: process.env.PATH, OPENAI_API_KEY: 'sk-bench', OPENAI_BASE_URL: server.openaiBaseUrl };
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}

function costOf(usage, factor, withCache = false) {
  const cached = withCache ? (usage.prompt_tokens_details?.cached_tokens ?? 0) : 0;
  return (
    (((usage.prompt_tokens - cached) * PRICE.input + cached * PRICE.cached + usage.completion_tokens * PRICE.output) /
      1e6) *
    factor
  );
}

/** What was asked for and paid, as shares of one call for each entry of each run. */
function shareOf({ calls, http, cost, plainCost }, count = 1) {
  return { calls: calls / (ENTRIES * count), http: http / (ENTRIES * count), cost: cost / plainCost };
}

function report(title, figures, count, limits) {
  const shares = shareOf(figures, count);
  const { calls, http, unchanged, skipped, cachedTokens } = figures;
  console.log(
    `${title}: ${calls} posts asked for instead of ${ENTRIES * count} (${percent(shares.calls)}), ${http} HTTP calls (${percent(shares.http)}), cost ${percent(shares.cost)}`,
  );
  console.log(
    `  causes: ${skipped} duplicates and copies found before anything was paid, ${unchanged} unchanged posts, ${cachedTokens} tokens from the vendor's prefix cache`,
  );
  for (const [name, limit] of Object.entries(limits)) {
    const holds = shares[name] <= limit + 1e-9; // sums of floats
    if (!holds) shortfalls.push(`${title}: ${name} ${percent(shares[name])}, at most ${percent(limit)}`);
    console.log(`  ${name} at most ${percent(limit)}: ${holds ? 'holds' : 'FALLS SHORT'}`);
  }
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
