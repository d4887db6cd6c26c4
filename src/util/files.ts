import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProcessGone } from './is-process-gone.ts';

/** Writes a file whole or not at all: to a neighbour first, flushed, then renamed. Parent folders are made. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path).slice(0, 80)}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes what processes of this machine that were killed in the middle of `writeFileAtomic` left in a folder. */
export async function sweepLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []); // no folder, no leftovers
  const left = names.filter((name) => isLeftover(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

function isLeftover(name: string): boolean {
  const pid = /^\..+\.(\d+)-[0-9a-f]{12}\.tmp$/.exec(name)?.[1];
  return pid !== undefined && isProcessGone(Number(pid));
}
