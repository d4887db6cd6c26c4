// Crawls and writes 200 hostile pages and 200 ordinary ones of the same sizes, each in a process of its own: time, memory, and how long the main
// thread answered nothing (a signal is heard by it). Usage: node bench/hostile/run.js [--count 200] [--most 10000000] [--seed 1] [--verbose]

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printPromise } from '../tools/promise.js';
import '../tools/typescript.js';
import { hostilePage, ordinaryPage, planPages } from './shapes.js';

const { TestSite } = await import('../../test/helpers/test-site.ts');
const { spawnBlogger, newProject } = await import('../../test/helpers/run-bin.ts');

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    least: { type: 'string', default: '100000' },
    most: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const number = (name) => Number(values[name]);
const plan = planPages({ count: number('count'), seed: number('seed'), least: number('least'), most: number('most') });
const chosen =
  values.only === undefined ? plan : plan.filter(({ index }) => values.only.split(',').includes(`${index}`));
const site = await TestSite.open({ '*': answer });

function answer(request, response) {
  const [, kind, index] = (request.url ?? '').split('/');
  const page = plan[Number(index)];
  if (page === undefined) return response.writeHead(404).end();
  const { type, body } = kind === 'hostile' ? hostilePage(page) : ordinaryPage(page);
  response.writeHead(200, { 'content-type': type }).end(body);
}

async function crawl(kind) {
  const urls = chosen.map(({ index }) => site.url(`/${kind}/${index}`)).join('\n');
  const project = await newProject({ 'urls.txt': urls });
  const loopFile = join(project.folder, 'loop.json');
  const startedAt = performance.now();
  const watch = new URL('./watch-loop.js', import.meta.url).pathname;
  const flags = ['--allow-private', '--per-host', '8', '--min-source', '200'];
  const run = await spawnBlogger(['generate', '--provider', 'extractive', '--json', ...flags], {
    cwd: project.folder,
    env: { NODE_OPTIONS: `--import=${watch} ${process.env.BENCH_NODE_OPTIONS ?? ''}`, BENCH_LOOP_FILE: loopFile },
    timeoutMs: 3_600_000,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const events = run.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  const loop = JSON.parse(readFileSync(loopFile, 'utf8'));
  await project[Symbol.asyncDispose]();
  return { seconds, events, loop, stderr: run.stderr, summary: events.at(-1)?.summary };
}

function report(kind, { seconds, loop, events, summary, stderr }) {
  const { posts } = summary;
  const gap = silenceOf(loop);
  const wall = Math.max(0, ...loop.gaps.map(({ ms }) => ms));
  console.log(
    `${kind}: ${seconds.toFixed(1)} s, ${loop.peakMegabytes} MB, longest silence ${gap} ms of CPU, ${wall} ms by the clock (${loop.gaps.length} over 200 ms), ${posts.written} written, ${posts.failed} failed, ${posts.skipped} skipped`,
  );
  if (!values.verbose) return;
  if (stderr !== '') console.log(stderr.slice(0, 2000));
  console.log(JSON.stringify(loop.gaps));
  const codes = {};
  for (const { code } of summary.failures) codes[code] = (codes[code] ?? 0) + 1;
  console.log(JSON.stringify(codes));
  for (const { url, code, message } of summary.failures)
    if (!['NOT_AN_ARTICLE', 'THIN_SOURCE', 'DUPLICATE'].includes(code))
      console.log(`${nameOf(url)}: ${code} ${message.slice(0, 200)}`);
  const slow = events.filter(({ type, ms }) => type === 'article:end' && ms > 3000).sort((a, b) => b.ms - a.ms);
  for (const { url, ms } of slow.slice(0, 25)) console.log(`${nameOf(url)}: ${ms} ms`);
}

function silenceOf({ gaps }) {
  return Math.max(0, ...gaps.map(({ cpuMs }) => cpuMs));
}

function nameOf(url) {
  const page = plan[Number(url.split('/').at(-1))];
  return `${page.index} ${page.name} (${(page.bytes / 1e6).toFixed(1)} MB)`;
}

const ordinary = await crawl('ordinary');
report('ordinary', ordinary);
const hostile = await crawl('hostile');
report('hostile', hostile);
const [time, memory] = [hostile.seconds / ordinary.seconds, hostile.loop.peakMegabytes / ordinary.loop.peakMegabytes];
const silence = Math.max(silenceOf(ordinary.loop), silenceOf(hostile.loop));
printPromise('hostile', {
  figure: `${time.toFixed(2)} times the time, ${memory.toFixed(2)} times the memory, longest silence ${silence} ms`,
  holds: time <= 2 && memory <= 1.3 && silence <= 1000,
});
await site[Symbol.asyncDispose]();
