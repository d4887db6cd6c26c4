// Writes the generated parts of the documents (between `<!-- NAME:start -->` and `<!-- NAME:end -->`) from the built library.
// `--check` only compares and exits 1 when a document is out of date.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { promisify } from 'node:util';
import { createGenerator } from 'ts-json-schema-generator';
import { settingsTable } from '../dist/config/describe.js';
import { settingsJsonSchema } from '../dist/config/json-schema.js';
import { ERROR_CODES } from '../dist/core/errors.js';
import { METRICS } from '../dist/services/metrics/metric-table.js';
import { asShown, lasting } from './demo-output.js';
import { manPage } from './man-page.js';
import { quoteFigures, quotePromises } from './quote-figures.js';

/** Benches of the four promises: crawling, cache, calls and cost, jobs. */
const PROMISED = ['crawl', 'memory', 'cache', 'repeat', 'savings', 'limits', 'answer-time'];

const results = await readFile('bench/RESULTS.md', 'utf8');
const check = process.argv.includes('--check');
const demo = await demoPart(partOf(await readFile('README.md', 'utf8'), 'demo'));
const parts = [
  ...['README.md', 'README.ko.md'].flatMap((file) => [
    { file, name: 'demo', text: demo },
    { file, name: 'promises', text: quotePromises(results, PROMISED) },
  ]),
  { file: 'docs/settings.md', name: 'settings', text: settingsTable() },
  { file: 'docs/figures.md', name: 'figures', text: quoteFigures(results) },
  { file: 'docs/errors.md', name: 'errors', text: errorTable() },
  { file: 'docs/metrics.md', name: 'metrics', text: metricTable() },
];
const stale = [];

for (const { file, name, text } of parts) {
  const document = await readFile(file, 'utf8');
  partOf(document, name); // throws where the markers are missing
  await put(
    file,
    document,
    document.replace(between(name), () => marked(name, text)),
  );
}
// What the commands print as JSON lines, read from the types that they are written with.
const lines = createGenerator({
  path: 'src/core/events.ts',
  type: '*',
  tsconfig: 'tsconfig.json',
  skipTypeCheck: true,
  topRef: false,
});
const schemas = [
  { file: 'docs/settings.schema.json', schema: settingsJsonSchema() },
  { file: 'docs/events.schema.json', schema: lines.createSchema('EventLine') },
  { file: 'docs/page.schema.json', schema: lines.createSchema('PageRecord') },
];
for (const { file, schema } of schemas)
  await put(file, await readFile(file, 'utf8').catch(() => ''), `${JSON.stringify(schema, null, 2)}\n`);

await put('docs/blogger.1', await readFile('docs/blogger.1', 'utf8').catch(() => ''), await manPage());

if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`npm run docs\`.`);
  process.exitCode = 1;
}

/** What the demo prints now, if that differs in more than its times; `--check` leaves that to the test that runs the demo anyway. */
async function demoPart(before) {
  if (check) return before;
  const { stderr } = await promisify(execFile)(process.execPath, ['scripts/demo.js']);
  const now = `\`\`\`text\n${asShown(stderr, { root: process.cwd() + sep })}\`\`\``;
  return lasting(now) === lasting(before) ? before : now;
}

function partOf(document, name) {
  const [, text] = between(name).exec(document) ?? [];
  if (text === undefined) throw new Error(`Expected ${name} markers in the document, found none`);
  return text.trimEnd();
}

function between(name) {
  return new RegExp(`<!-- ${name}:start -->\n([\\s\\S]*?)<!-- ${name}:end -->`);
}

function marked(name, text) {
  return `<!-- ${name}:start -->\n${text}\n<!-- ${name}:end -->`;
}

async function put(file, before, after) {
  if (before === after) return;
  if (check) stale.push(file);
  else await writeFile(file, after);
}

function errorTable() {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { exitCode, retryable, meaning }]) =>
      `| \`${code}\` | ${meaning} | ${exitCode} | ${retryable ? 'yes' : 'no'} |`,
  );
  return ['| code | meaning | exit code when it stops a run | retryable |', '|---|---|---|---|', ...rows].join('\n');
}

function metricTable() {
  const rows = Object.entries(METRICS).map(
    ([name, { type, help, labels, where }]) =>
      `| \`${name}\` | ${type} | ${help} | ${labels.map((label) => `\`${label}\``).join(' ')} | ${where} |`,
  );
  return ['| name | type | help | labels | place |', '|---|---|---|---|---|', ...rows].join('\n');
}
