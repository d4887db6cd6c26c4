import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProcessGone } from '../is-process-gone.ts';
import { makeFolder } from './make-folder.ts';
import { nodeErrorCode } from './node-errors.ts';

/** A temporary file next to the file that it will replace. */
export interface Replacement {
  readonly file: FileHandle;
  /** Flushes the file and renames it to its final name. */
  commit(): Promise<void>;
  /** Like `commit`, if no file has that name yet; otherwise returns false. */
  commitNew(): Promise<boolean>;
  /** Discards the temporary file; a no-op after `commit`. */
  discard(): Promise<void>;
}

/** Opens a temporary file that becomes visible under its final name only when complete. */
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
    await file.close(); // a no-op when already closed
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
    async commitNew() {
      await file.sync();
      try {
        await link(temporary, path);
        return true;
      } catch (error) {
        if (nodeErrorCode(error) === 'EEXIST') return false;
        if (!NO_LINKS.has(nodeErrorCode(error) ?? '')) throw error;
      }
      return await reserve(path, () => rename(temporary, path));
    },
    discard,
  };
}

/** Errors of file systems that do not support hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

async function reserve(path: string, fill: () => Promise<void>): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    if (nodeErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
  await fill();
  return true;
}

/** Writes a file atomically: temporary file, flush, rename. Creates parent folders. */
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

/** Creates a file atomically; returns false and changes nothing if it already exists. */
export async function createFileAtomic(path: string, content: string | Uint8Array): Promise<boolean> {
  makeFolder(dirname(path));
  const replacement = await openReplacement(path);
  try {
    await replacement.file.writeFile(content);
    return await replacement.commitNew();
  } finally {
    await replacement.discard();
  }
}

/** Removes temporary files left by killed processes of this machine, for one file or for the whole folder. */
export async function sweepLeftovers(folder: string, file = ''): Promise<void> {
  const names = await readdir(folder).catch(() => []); // the folder does not exist
  const left = names.filter((name) => name.startsWith(`.${file.slice(0, 80)}`) && isLeftover(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

function isLeftover(name: string): boolean {
  const pid = /^\..+\.(\d+)-[0-9a-f]{12}\.tmp$/.exec(name)?.[1];
  return pid !== undefined && isProcessGone(Number(pid));
}
