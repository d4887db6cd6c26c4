// Writes docs/mutation.md from the report of the last `npm run test:mutation`.

import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const { files } = JSON.parse(readFileSync(new URL('reports/mutation/mutation.json', root), 'utf8'));
const KILLED = ['Killed', 'Timeout'];
const COUNTED = [...KILLED, 'Survived', 'NoCoverage'];
const rows = Object.entries(files).map(([file, { mutants }]) => {
  const counted = mutants.filter(({ status }) => COUNTED.includes(status));
  return { file, total: counted.length, killed: counted.filter(({ status }) => KILLED.includes(status)).length };
});
const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
const line = (file, killed, total) => `| ${file} | ${killed} of ${total} | ${((killed / total) * 100).toFixed(1)} % |`;
const table = [
  '| file | killed | share |',
  '|---|---|---|',
  ...rows.map(({ file, killed, total }) => line(`\`${file}\``, killed, total)),
  line('**all**', sum('killed'), sum('total')),
].join('\n');
writeFileSync(
  new URL('docs/mutation.md', root),
  `# Mutation tests\n\nStryker mutates the pure core files and runs their tests against each mutant; a mutant that no test notices survives. \`npm run test:mutation\` wrote this table on ${new Date().toISOString().slice(0, 10)}; it fails under 80 %. Mutants of module-level constants are excluded, because each would run all tests again.\n\n${table}\n`,
);
