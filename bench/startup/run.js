// Start-up of the command line against an empty Node process in the same run: medians of interleaved starts, printed as ratios.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from '../tools/median.js';
import { printPromise } from '../tools/promise.js';

const bin = fileURLToPath(new URL('../../bin/blogger.js', import.meta.url));
const rounds = Number(process.argv[2] ?? 15);
const contenders = {
  'node -e 0': ['-e', '0'],
  'blogger --version': [bin, '--version'],
  'blogger --help': [bin, '--help'],
  'blogger generate --help': [bin, 'generate', '--help'],
};
const limits = { 'blogger --version': 2.5, 'blogger --help': 4 };

const times = new Map(Object.keys(contenders).map((name) => [name, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, args] of Object.entries(contenders)) {
    const startedAt = process.hrtime.bigint();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`${name} exited ${status}`);
    times.get(name).push(Number(process.hrtime.bigint() - startedAt) / 1e6);
  }
}

const base = median(times.get('node -e 0'));
const ratios = Object.fromEntries([...times].map(([name, list]) => [name, median(list) / base]));
for (const [name, ratio] of Object.entries(ratios)) {
  const limit = limits[name];
  const verdict =
    limit === undefined ? '' : ratio <= limit ? `  holds (at most ${limit})` : `  FALLS SHORT (at most ${limit})`;
  console.log(`${name.padEnd(24)} ${ratio.toFixed(2)}x${verdict}`);
}
printPromise('startup', {
  figure: Object.keys(limits)
    .map((name) => `${name.replace('blogger ', '')} ${ratios[name].toFixed(2)}x`)
    .join(', '),
  holds: Object.entries(limits).every(([name, limit]) => ratios[name] <= limit),
  cause: 'something heavy is loaded before it is needed',
});
