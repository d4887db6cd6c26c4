import { namingFileErrors } from '../../util/files/file-error.ts';
import { createFileAtomic, writeFileAtomic } from '../../util/files/files.ts';

/** Writes a file of the output folder whole or not at all. Throws `DISK_FULL` or `OUTPUT_UNWRITABLE`. */
export async function saveFile(path: string, text: string): Promise<void> {
  await namingFileErrors({ path, hint: HINT }, () => writeFileAtomic(path, text));
}

/** The same for a new file: false where somebody else made one of that name meanwhile. */
export async function createFile(path: string, text: string): Promise<boolean> {
  return await namingFileErrors({ path, hint: HINT }, () => createFileAtomic(path, text));
}

const HINT = 'Give the folder write permission, or name another one with --out.';
