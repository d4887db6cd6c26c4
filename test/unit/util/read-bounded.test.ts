import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBounded } from '../../../src/util/files/read-bounded.ts';

const folder = await mkdtemp(join(tmpdir(), 'bounded-'));
let pipes = 0;
function pipe(): string {
  pipes += 1;
  const path = join(folder, `pipe${pipes}`);
  execFileSync('mkfifo', [path]);
  return path;
}
const writer = (script: string, path: string) => spawn('sh', ['-c', script, 'sh', path], { stdio: 'ignore' });

test('a pipe that nothing writes into is waited for, and the wait ends when the run is stopped', async () => {
  const signal = AbortSignal.timeout(50);

  await expect(readBounded(pipe(), { maxBytes: 100, signal })).rejects.toThrow('timeout');
});

test('a pipe is read as it is written, to its end', async () => {
  const path = pipe();
  const child = writer('exec 3<>"$1"; printf one >&3; sleep 0.2; exec 4<"$1"; printf two >&3; sleep 0.2', path);
  await new Promise((resolve) => setTimeout(resolve, 100));

  expect((await readBounded(path, { maxBytes: 100 })).toString()).toBe('onetwo');
  child.kill();
});

test('a pipe with an idle writer ends when the run is stopped', async () => {
  const path = pipe();
  const child = writer('exec 3<>"$1"; sleep 30', path);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const signal = AbortSignal.timeout(50);

  await expect(readBounded(path, { maxBytes: 100, signal })).rejects.toThrow('timeout');
  child.kill();
});

test.each([
  ['a device without end', async () => '/dev/zero', 101],
  ['a link to one', async () => linkTo('/dev/zero'), 101],
  ['a longer file', async () => fileOf('x'.repeat(500)), 101],
  ['a file of that size', async () => fileOf('x'.repeat(100)), 100],
  ['an empty file', async () => fileOf(''), 0],
  ['an empty device', async () => '/dev/null', 0],
  ['a file whose size is not stated', async () => '/proc/self/maps', 101],
])('of %s at most one byte more than the limit is read', async (_, path, bytes) => {
  const read = await readBounded(await path(), { maxBytes: 100 });

  expect(read).toHaveLength(bytes);
});

test('a folder and a missing file are errors of the system', async () => {
  await expect(readBounded(folder, { maxBytes: 100 })).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(readBounded(join(folder, 'none'), { maxBytes: 100 })).rejects.toMatchObject({ code: 'ENOENT' });
});

async function fileOf(text: string): Promise<string> {
  const path = join(folder, `file${text.length}`);
  await writeFile(path, text);
  return path;
}

async function linkTo(target: string): Promise<string> {
  const path = join(folder, 'link');
  await symlink(target, path);
  return path;
}
