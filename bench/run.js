// Runs the benchmarks one after the other and writes what really came into bench/RESULTS.md. `npm run bench -- crawl` runs one and writes nothing.
// Every figure is a ratio to a peer or to a limit that was measured in the same run; absolute times of a noisy machine decide nothing.
// A promise that falls short is a result and ends well; a benchmark that breaks, or does not say what came of its promise, ends with 1.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { BENCHES } from './benches.js';
import { renderResults } from './tools/render-results.js';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`Expected ${Object.keys(BENCHES).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}
const startedAt = performance.now();
const chosen = Object.entries(BENCHES).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const done = new Map();
for (const bench of chosen.filter(([, { alone }]) => alone)) await measure(bench);
const others = chosen.filter(([, { alone }]) => !alone);
const lane = async () => {
  for (let bench = others.shift(); bench !== undefined; bench = others.shift()) await measure(bench);
};
await Promise.all([lane(), lane()]);
const seconds = elapsed();
const sections = inOrder();
const { rows } = renderResults(sections, { seconds, at: new Date() });

console.log('');
for (const { words, verdict, figure } of rows) console.log(`${verdict.padEnd(12)} ${words}: ${figure}`);
console.log(`${Math.round(seconds)} s`);
const broken = [
  ...sections.filter(({ exitCode }) => exitCode !== 0).map(({ name }) => `${name} broke`),
  ...rows.filter(({ verdict }) => verdict === 'not measured').map(({ words }) => `not measured: ${words}`),
];
for (const line of broken) console.error(line);
process.exitCode = broken.length === 0 ? 0 : 1;

function elapsed() {
  return (performance.now() - startedAt) / 1000;
}

async function measure([name, bench]) {
  const benchStartedAt = performance.now();
  const { output, exitCode } = await run(bench.args);
  console.log(`\n── ${bench.title}\n${output.trimEnd()}`);
  done.set(name, { name, ...bench, output, exitCode, seconds: (performance.now() - benchStartedAt) / 1000 });
  // After each, so that a run that is broken off leaves what it has.
  if (wanted.length === 0)
    await writeFile(
      new URL('./RESULTS.md', import.meta.url),
      renderResults(inOrder(), { seconds: elapsed(), at: new Date() }).markdown,
    );
}

function inOrder() {
  return Object.keys(BENCHES).flatMap((name) => done.get(name) ?? []);
}

/** Keeps a benchmark's output; what it says on stderr is shown only when it breaks. */
function run(args) {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL(args[0], import.meta.url));
    const child = spawn(process.execPath, [script, ...args.slice(1)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      complaints = (complaints + chunk).slice(-4000);
    });
    child.once('error', reject);
    child.once('close', (exitCode) => {
      if (exitCode !== 0) console.error(complaints);
      resolve({ output, exitCode });
    });
  });
}
