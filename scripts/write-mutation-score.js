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
  `# Mutation tests\n\nStryker changes the pure cores in every way that it knows and runs their tests against each change; a change that no test notices survives. Written by \`npm run test:mutation\` on ${new Date().toISOString().slice(0, 10)}, which fails under 80 %. Mutants of module-level constants are left out: each would run all tests again.\n\n${table}\n`,
);
