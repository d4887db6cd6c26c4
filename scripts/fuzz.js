// Tries every property for longer than `npm test` does, with other values each time: npm run fuzz -- --seconds 300 (for each property, two files
// at a time), or so many times: npm run fuzz -- bill --runs 10000 --seed 7.
// A failure prints its seed and the smallest value that breaks: make a fixture of it.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, runs: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(`${root}test`, { recursive: true })
  .filter((name) => /\.test\.tsx?$/.test(name))
  .map((name) => `test/${name}`)
  .filter(
    (name) =>
      readFileSync(`${root}${name}`, 'utf8').includes('fuzzed(') && positionals.every((part) => name.includes(part)),
  );
// A case takes up to 100 ms.
const timeoutMs = values.runs === undefined ? (Number(values.seconds) + 60) * 1000 : 60_000 + Number(values.runs) * 500;
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--testTimeout', `${timeoutMs}`, '--maxWorkers', '2', ...files],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      BLOGGER_FUZZ_TIMEOUT: `${timeoutMs}`,
      ...(values.runs === undefined ? { BLOGGER_FUZZ_SECONDS: values.seconds } : { BLOGGER_FUZZ_RUNS: values.runs }),
      ...(values.seed === undefined ? {} : { BLOGGER_FUZZ_SEED: values.seed }),
    },
  },
);
process.exitCode = status ?? 1;
