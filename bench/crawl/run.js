/**
 * blogger's crawl beside Crawlee's CheerioCrawler and a sequential loop, each in its own process, against the same hosts on loopback.
 *
 *   node bench/crawl/run.js [--latency 0,50,300] [--rounds 3] [--only blogger,crawlee] [--pages FOLDER] [--no-hostile] [--json FILE]
 *
 * Made pages are dense with short texts; `--pages` takes real ones, a folder of labelled pages as `bench/extract` does.
 * Read the ratios, not the seconds. Pages a second are counted over the whole life of a process, start-up included. blogger and its
 * peer take turns `rounds` times; the ratios are those of the medians.
 */

import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installPeers } from '../peers/install-peers.js';
import { median } from '../tools/median.js';
import { printPromise } from '../tools/promise.js';

const CONCURRENCY = 40;
const PER_HOST = 2;
const SEQUENTIAL_PAGES = { 0: 150, 50: 100, 300: 40 };
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const { values: flags } = parseArgs({
  options: {
    latency: { type: 'string', default: '0,50,300' },
    rounds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    pages: { type: 'string' },
    'no-hostile': { type: 'boolean' },
    json: { type: 'string' },
  },
});

const CONTENDERS = {
  blogger: {
    title: 'blogger crawl, full extraction',
    command: (list, folder) => [
      here('../../bin/blogger.js'),
      'crawl',
      list,
      '--json',
      '--allow-private',
      '--quiet',
      '--render',
      'never', // the peer has no browser either
      '--state',
      join(folder, 'state'),
      '--crawl-concurrency',
      `${CONCURRENCY}`,
      '--per-host',
      `${PER_HOST}`,
    ],
  },
  'blogger-fetch': {
    title: 'blogger’s crawler alone',
    command: (list) => [here('contenders/blogger-fetch.js'), list],
    once: true,
  },
  crawlee: { title: 'Crawlee CheerioCrawler, parsing only', command: (list) => [here('contenders/crawlee.js'), list] },
  sequential: {
    title: 'sequential fetch + cheerio',
    command: (list) => [here('contenders/sequential.js'), list],
    cut: true,
    once: true,
  },
};

const chosen = Object.keys(CONTENDERS).filter((name) => flags.only === '' || flags.only.split(',').includes(name));
if (chosen.includes('crawlee')) installPeers();

const folder = mkdtempSync(join(tmpdir(), 'blogger-bench-'));
const server = fork(here('server.js'), {
  env: { ...process.env, ...(flags.pages === undefined ? {} : { BENCH_PAGES_FOLDER: flags.pages }) },
});
const listening = await heard('listening');
const results = [];
try {
  // `50:3,300` is three rounds at 50 ms and as many as `--rounds` says at 300.
  for (const [latencyMs, rounds = Number(flags.rounds)] of flags.latency
    .split(',')
    .filter(Boolean)
    .map((one) => one.split(':').map(Number))) {
    for (let round = 0; round < rounds; round += 1) {
      for (const name of chosen.filter((one) => round === 0 || !CONTENDERS[one].once))
        results.push(await race(name, { latencyMs, hostile: false }));
    }
    printRatios(latencyMs);
  }
  if (!flags['no-hostile']) {
    for (const name of chosen.filter((one) => one !== 'sequential'))
      results.push(await race(name, { latencyMs: 50, hostile: true }));
  }
  printPromises();
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, undefined, 2)}\n`);

async function race(name, { latencyMs, hostile }) {
  const { command, title, cut } = CONTENDERS[name];
  const all = hostile ? hostileList() : plainList();
  const urls = cut ? all.slice(0, SEQUENTIAL_PAGES[latencyMs] ?? 60) : all;
  const list = join(folder, 'list.txt');
  const report = join(folder, 'report.json');
  writeFileSync(list, `${urls.join('\n')}\n`);
  rmSync(join(folder, 'state'), { recursive: true, force: true });
  server.send({ type: 'plan', plan: { latencyMs, hostile, perHost: PER_HOST } });
  await heard('ready');

  const startedAt = performance.now();
  const pages = await runContender(command(list, folder), report, hostile);
  const seconds = (performance.now() - startedAt) / 1000;

  server.send({ type: 'witness' });
  const { figures } = await heard('witness');
  const { peakMb, cpuSeconds } = JSON.parse(readFileSync(report, 'utf8'));
  const result = {
    name,
    latencyMs,
    hostile,
    pages,
    seconds,
    pagesPerSecond: (hostile ? pages : urls.length) / seconds, // some real pages hold no article
    peakMb,
    cpuPer1000: (cpuSeconds / (hostile ? pages : urls.length)) * 1000,
    ...figures,
  };
  const manners = hostile
    ? ` · delays broken ${figures.delayBroken} · Retry-After broken ${figures.retryAfterBroken} · forbidden pages asked for ${figures.forbiddenAsked} · asked twice ${figures.askedTwice}`
    : '';
  console.log(
    `${hostile ? 'hostile list' : `${latencyMs} ms`} · ${title}: ${pages} pages, ${result.pagesPerSecond.toFixed(1)} a second, peak ${peakMb.toFixed(0)} MB, CPU ${result.cpuPer1000.toFixed(1)} s per 1,000 · requests over the host limit ${figures.overLimit}${manners}`,
  );
  return result;
}

function runContender(args, report, hostile) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', here('report-resources.js'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        BENCH_REPORT: report,
        BENCH_CONCURRENCY: `${CONCURRENCY}`,
        BENCH_ROBOTS: hostile ? '1' : '0',
      },
    });
    let pages = 0;
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      pages += lines.filter((line) => line.includes('"status":"ok"')).length;
    });
    child.on('error', reject);
    child.on('close', () => resolve(pages));
  });
}

/** The medians of a contender at one latency; undefined where it did not run. */
function medianOf(name, latencyMs) {
  const runs = results.filter((result) => result.name === name && result.latencyMs === latencyMs && !result.hostile);
  if (runs.length === 0) return undefined;
  return {
    pagesPerSecond: median(runs.map((run) => run.pagesPerSecond)),
    peakMb: median(runs.map((run) => run.peakMb)),
  };
}

function ratiosAt(latencyMs) {
  const [ours, peer, loop] = [
    medianOf('blogger', latencyMs) ?? medianOf('blogger-fetch', latencyMs),
    medianOf('crawlee', latencyMs),
    medianOf('sequential', latencyMs),
  ];
  if (ours === undefined) return {};
  return {
    speed: peer && ours.pagesPerSecond / peer.pagesPerSecond,
    memory: peer && ours.peakMb / peer.peakMb,
    loop: loop && ours.pagesPerSecond / loop.pagesPerSecond,
  };
}

function printRatios(latencyMs) {
  const { speed, memory, loop } = ratiosAt(latencyMs);
  if (speed !== undefined)
    console.log(
      `  → blogger ÷ CheerioCrawler: ${speed.toFixed(2)} times the pages a second, ${memory.toFixed(2)} times the peak memory`,
    );
  if (loop !== undefined) console.log(`  → blogger ÷ sequential loop: ${loop.toFixed(1)} times the pages a second`);
}

function printPromises() {
  const [near, far] = [ratiosAt(50), ratiosAt(300)];
  if (near.loop !== undefined) {
    printPromise('crawl-speed', { figure: `${near.loop.toFixed(1)} times at 50 ms`, holds: near.loop >= 3 });
  }
  if (far.loop !== undefined)
    printPromise('crawl-parallel', { figure: `${far.loop.toFixed(1)} times`, holds: far.loop >= 20 });
  if (near.speed !== undefined) {
    printPromise('crawl-peer-speed', { figure: `${near.speed.toFixed(2)} times`, holds: near.speed >= 1 });
    const cause = 'of what is left, Node itself takes 49 MB and the heaps of the two threads 46';
    printPromise('crawl-peer-memory', {
      figure: `${near.memory.toFixed(2)} times`,
      holds: near.memory <= 1 / 3,
      cause,
    });
  }
  const ours = results.filter(({ name }) => name.startsWith('blogger'));
  if (ours.length > 0) {
    const sum = (key) => ours.reduce((total, result) => total + result[key], 0);
    const broken = ['overLimit', 'delayBroken', 'retryAfterBroken', 'forbiddenAsked', 'askedTwice'].map(sum);
    const figure = `${broken[0]} requests over a limit, ${broken[1]} delays and ${broken[2]} Retry-After broken, ${broken[3]} forbidden pages asked for, ${broken[4]} asked for twice`;
    printPromise('crawl-manners', { figure, holds: broken.every((count) => count === 0) });
  }
}

function plainList() {
  return Array.from({ length: listening.pages }, (_, at) => address(at, `/page/${at}`));
}

/** 400 pages with redirects, duplicates, 429, 503, 404 and forbidden ones among them. */
function hostileList() {
  const kinds = ['page', 'page', 'page', 'page', 'moved', 'page', 'busy', 'down', 'private', 'gone'];
  const urls = Array.from({ length: 400 }, (_, at) => {
    const kind = kinds[Math.floor(at / listening.hosts) % kinds.length];
    return address(at, `/${kind}/${kind === 'moved' ? at % listening.hosts : at}`);
  });
  return [...urls, ...urls.slice(0, 40).map((url) => `${url}#again`)];
}

function address(at, path) {
  return `http://127.0.1.${1 + (at % listening.hosts)}:${listening.port}${path}`;
}

function heard(type) {
  return new Promise((resolve) => {
    server.on('message', function listen(message) {
      if (message.type !== type) return;
      server.off('message', listen);
      resolve(message);
    });
  });
}
