import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProcessGone } from './is-process-gone.ts';
import { makeFolder } from './make-folder.ts';

/** A file in the making, beside the one whose place it takes. */
export interface Replacement {
  readonly file: FileHandle;
  /** Flushes it and puts it in its place. */
  commit(): Promise<void>;
  /** Leaves the place as it was; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/** Opens a neighbour of a file, which nobody sees before it is whole. */
export async function openReplacement(path: string): Promise<Replacement> {
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 80)}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`,
  );
  const file = await open(temporary, 'wx');
  let isWaiting = true;
  async function discard() {
    if (!isWaiting) return;
    isWaiting = false;
    await file.close(); // closed already, it does nothing
    await rm(temporary, { force: true });
  }
  return {
    file,
    async commit() {
      await file.sync();
      await file.close();
      await rename(temporary, path);
      isWaiting = false;
    },
    discard,
  };
}

/** Writes a file whole or not at all: to a neighbour first, flushed, then renamed. Parent folders are made. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  makeFolder(dirname(path));
  const replacement = await openReplacement(path);
  try {
    await replacement.file.writeFile(content);
    await replacement.commit();
  } finally {
    await replacement.discard();
  }
}

/** Removes what processes of this machine that were killed in the middle of a replacement left in a folder, of all its files or of one. */
export async function sweepLeftovers(folder: string, file = ''): Promise<void> {
  const names = await readdir(folder).catch(() => []); // no folder, no leftovers
  const left = names.filter((name) => name.startsWith(`.${file.slice(0, 80)}`) && isLeftover(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

function isLeftover(name: string): boolean {
  const pid = /^\..+\.(\d+)-[0-9a-f]{12}\.tmp$/.exec(name)?.[1];
  return pid !== undefined && isProcessGone(Number(pid));
}
