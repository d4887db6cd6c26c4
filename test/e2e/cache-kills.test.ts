import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { Cache } from '../../src/services/cache/cache.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { newProject } from '../helpers/run-bin.ts';

const CHILD = fileURLToPath(new URL('../helpers/write-keys.js', import.meta.url));
const MOST = 1_000_000;

function write(folder: string, name: string, from: number, to: number) {
  return execa(process.execPath, [CHILD, folder, name, `${from}`, `${to}`], { reject: false });
}

/** One key after the other, from where the last process was killed. Tells how many were acknowledged and what the children complained of. */
async function writeAndKill(
  folder: string,
  name: string,
  kills: number,
): Promise<{ readonly acknowledged: number; readonly complaints: string }> {
  let acknowledged = 0;
  let complaints = '';
  for (let kill = 0; kill < kills; kill += 1) {
    const child = write(folder, name, acknowledged, MOST);
    // From the first acknowledged key on, so that every kill meets a process that writes.
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), Math.random() * 40));
    const { stdout, stderr } = await child;
    acknowledged += stdout.split('\n').filter((line) => line !== '').length;
    complaints += stderr;
  }
  return { acknowledged, complaints };
}

async function missing(folder: string, name: string, count: number): Promise<readonly number[]> {
  using state = openStateFile(folder);
  const cache = new Cache({ db: state.db, memoryBytes: 1 });
  const lost: number[] = [];
  for (let number = 0; number < count; number += 1) {
    if ((await cache.get(`${name}-${number}`)) !== `${number} `.repeat(1 + (number % 50))) lost.push(number);
  }
  return lost;
}

test('killed forty times while two processes write: every acknowledged value is there and the file is whole', {
  timeout: 180_000,
}, async () => {
  await using project = await newProject();
  const [one, two] = await Promise.all([
    writeAndKill(project.folder, 'one', 20),
    writeAndKill(project.folder, 'two', 20),
  ]);
  using state = openStateFile(project.folder);

  expect(one.complaints + two.complaints).toBe('');
  expect(Math.min(one.acknowledged, two.acknowledged)).toBeGreaterThan(200);
  expect(await missing(project.folder, 'one', one.acknowledged)).toEqual([]);
  expect(await missing(project.folder, 'two', two.acknowledged)).toEqual([]);
  expect(state.db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
});

test('two processes that write 10,000 keys each at once lose none', { timeout: 120_000 }, async () => {
  await using project = await newProject();
  const children = await Promise.all(['one', 'two'].map((name) => write(project.folder, name, 0, 10_000)));

  expect(children.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(await missing(project.folder, 'one', 10_000)).toEqual([]);
  expect(await missing(project.folder, 'two', 10_000)).toEqual([]);
});
