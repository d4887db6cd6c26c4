// Writes the generated parts of the documents (between `<!-- NAME:start -->` and `<!-- NAME:end -->`) from the built library.
// `--check` only compares and exits 1 when a document is out of date.

import { readFile, writeFile } from 'node:fs/promises';
import { createGenerator } from 'ts-json-schema-generator';
import { settingsTable } from '../dist/config/describe.js';
import { settingsJsonSchema } from '../dist/config/json-schema.js';
import { ERROR_CODES } from '../dist/core/errors.js';
import { manPage } from './man-page.js';

const check = process.argv.includes('--check');
const parts = [
  { file: 'README.md', name: 'settings', text: settingsTable() },
  { file: 'docs/errors.md', name: 'errors', text: errorTable() },
];
const stale = [];

for (const { file, name, text } of parts) {
  const document = await readFile(file, 'utf8');
  const pattern = new RegExp(`(<!-- ${name}:start -->\n)[\\s\\S]*?(<!-- ${name}:end -->)`);
  if (!pattern.test(document)) throw new Error(`${file} has no ${name} markers`);
  const next = document.replace(pattern, (_, start, end) => `${start}${text}\n${end}`);
  await put(file, document, next);
}
// What the commands print as JSON lines, read from the types that they are written with.
const lines = createGenerator({ path: 'src/core/events.ts', type: '*', tsconfig: 'tsconfig.json', skipTypeCheck: true, topRef: false });
const schemas = [
  { file: 'docs/settings.schema.json', schema: settingsJsonSchema() },
  { file: 'docs/events.schema.json', schema: lines.createSchema('EventLine') },
  { file: 'docs/page.schema.json', schema: lines.createSchema('PageRecord') },
];
for (const { file, schema } of schemas) await put(file, await readFile(file, 'utf8').catch(() => ''), `${JSON.stringify(schema, null, 2)}\n`);

await put('docs/blogger.1', await readFile('docs/blogger.1', 'utf8').catch(() => ''), await manPage());

if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`npm run docs\`.`);
  process.exitCode = 1;
}

async function put(file, before, after) {
  if (before === after) return;
  if (check) stale.push(file);
  else await writeFile(file, after);
}

function errorTable() {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { exitCode, retryable, meaning }]) => `| \`${code}\` | ${meaning} | ${exitCode} | ${retryable ? 'yes' : 'no'} |`,
  );
  return ['| code | meaning | exit code when it stops a run | helps to try again |', '|---|---|---|---|', ...rows].join('\n');
}
