// Runs the benchmarks one after the other and writes what really came into bench/RESULTS.md. `npm run bench -- crawl` runs one and writes nothing.
// Every figure is a ratio to a peer or to a limit that was measured in the same run; absolute times of a noisy machine decide nothing.

import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const BENCHES = {
  startup: { title: 'Start-up', args: ['startup/run.js'] },
  crawl: { title: 'Crawling beside Crawlee and a sequential loop', args: ['crawl/run.js', '--latency', '50,300'] },
  limits: { title: 'A vendor’s limits', args: ['limits/run.js', '300'] },
  savings: { title: 'Calls and cost saved', args: ['savings/run.js', '200'] },
  grounding: { title: 'Falsehoods found', args: ['grounding/run.js'] },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`Expected ${Object.keys(BENCHES).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}
const sections = [];
for (const [name, { title, args }] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${title}`);
  const output = await run(args);
  sections.push(`## ${title}\n\n\`node bench/${args.join(' ')}\`\n\n\`\`\`\n${output.trim()}\n\`\`\``);
}
if (wanted.length === 0) await writeFile(new URL('./RESULTS.md', import.meta.url), await report());

async function report() {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  const machine = `blogger ${version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`;
  return `# Results\n\nWritten by \`npm run bench\`; what stands here is what came.\n\nMachine: ${machine}\n\n${sections.join('\n\n')}\n`;
}

/** Prints a benchmark's output while it comes, and keeps it. */
function run(args) {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL(args[0], import.meta.url));
    const child = spawn(process.execPath, [script, ...args.slice(1)], { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
