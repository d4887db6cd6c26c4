// Peak memory of a crawl at 1,000 and at 20,000 entries: blogger page by page, blogger without streaming, Crawlee; each in its own process on the same
// small pages. A peer that is not done in time is stopped, and its peak so far counts, which flatters it. Usage: node bench/memory/run.js [MANY]

import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPeers } from '../peers/install-peers.js';
import { printPromise } from '../tools/promise.js';

const [FEW, MANY] = [1000, Number(process.argv[2] ?? 20_000)];
const PEER_SECONDS = 30;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const crawl = (list, folder) => [
  ...[
    here('../../bin/blogger.js'),
    'crawl',
    list,
    '--json',
    '--allow-private',
    '--quiet',
    '--state',
    join(folder, 'state'),
  ],
  ...['--crawl-concurrency', '40', '--per-host', '2', '--min-source', '1'],
];
const CONTENDERS = {
  crawler: {
    title: 'blogger’s crawler alone',
    command: (list) => [here('../crawl/contenders/blogger-fetch.js'), list],
  },
  stream: {
    title: 'blogger, crawl and extraction, page by page',
    command: (list) => [here('stream-or-collect.js'), list, 'stream'],
  },
  collect: {
    title: 'the same without streaming: all pages, then all articles',
    command: (list) => [here('stream-or-collect.js'), list, 'collect'],
  },
  program: { title: 'blogger crawl, the whole program with its cache', command: crawl, onlyFew: true },
  crawlee: {
    title: 'Crawlee CheerioCrawler',
    command: (list) => [here('../crawl/contenders/crawlee.js'), list],
    stopAfter: PEER_SECONDS,
  },
};

installPeers();
const folder = mkdtempSync(join(tmpdir(), 'blogger-memory-'));
const server = fork(here('server.js'));
const { port, hosts } = await new Promise((resolve) => server.once('message', resolve));
const peaks = {};
try {
  for (const [name, { title, command, stopAfter, onlyFew }] of Object.entries(CONTENDERS)) {
    peaks[name] = {};
    for (const count of onlyFew ? [FEW] : [FEW, MANY]) {
      const list = join(folder, 'list.txt');
      writeFileSync(
        list,
        Array.from({ length: count }, (_, at) => `http://127.0.1.${1 + (at % hosts)}:${port}/page/${at}`).join('\n'),
      );
      rmSync(join(folder, 'state'), { recursive: true, force: true });
      const { pages, peakMb, seconds } = await measure(command(list, folder), stopAfter);
      peaks[name][count] = peakMb;
      console.log(
        `${title}, ${count} entries: ${pages} pages in ${seconds.toFixed(0)} s, peak ${peakMb.toFixed(0)} MB${pages < count ? ' when it was stopped' : ''}`,
      );
    }
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

const ratio = (ours, theirs, count) => peaks[ours][count] / peaks[theirs][count];
const [toCrawlee, toCollect] = [ratio('stream', 'crawlee', MANY), ratio('stream', 'collect', MANY)];
const growth = peaks.crawler[MANY] / peaks.crawler[FEW];
printPromise('memory', {
  figure: `down ${percent(1 - toCrawlee)} against Crawlee and ${percent(1 - toCollect)} against itself without streaming at ${MANY} entries, ${percent(1 - ratio('stream', 'crawlee', FEW))} and ${percent(1 - ratio('stream', 'collect', FEW))} at ${FEW}`,
  holds: toCrawlee <= 0.8 && toCollect <= 0.8,
  cause: 'most of the peak is the young heap, which grows with speed, not with the list',
});
printPromise('memory-frontier', {
  figure: `${growth.toFixed(2)} times (with extraction ${(peaks.stream[MANY] / peaks.stream[FEW]).toFixed(2)} times)`,
  holds: growth <= 1.3,
  cause: 'what waits is held whole',
});

function measure(args, stopAfter) {
  const report = join(folder, 'report.json');
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', here('../crawl/report-resources.js'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, BENCH_REPORT: report, BENCH_CONCURRENCY: '40', BENCH_ROBOTS: '0' },
    });
    let pages = 0;
    let sampled = 0;
    let rest = '';
    const sampler = setInterval(() => {
      sampled = Math.max(sampled, peakOf(child.pid));
    }, 200);
    const stopper = stopAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), stopAfter * 1000);
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      pages += lines.filter((line) => line.includes('"status":"ok"')).length;
    });
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      clearInterval(sampler);
      clearTimeout(stopper);
      const peakMb = signal === null ? JSON.parse(readFileSync(report, 'utf8')).peakMb : sampled;
      resolve({ pages, peakMb, seconds: (performance.now() - startedAt) / 1000 });
    });
  });
}

/** Peak so far of a process in MB, as Linux counts it; 0 elsewhere, where only processes that end by themselves are measured. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function percent(share) {
  return `${(share * 100).toFixed(0)} %`;
}
