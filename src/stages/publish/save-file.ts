import { BloggerError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../util/files.ts';
import { nodeErrorCode } from '../../util/node-errors.ts';

/** Writes a file of the output folder whole or not at all. Throws `DISK_FULL` or `OUTPUT_UNWRITABLE`. */
export async function saveFile(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text);
  } catch (error) {
    throw outputError(error, path);
  }
}

/** Names what is wrong with the output folder in the user's words. */
function outputError(error: unknown, path: string): unknown {
  const code = nodeErrorCode(error) ?? '';
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) {
    return new BloggerError(`The disk is full: ${path} could not be written, nothing of it was left`, {
      code: 'DISK_FULL',
      hint: 'Free some space, then run the same command again.',
      cause: error,
    });
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR'].includes(code)) {
    return new BloggerError(`The output folder must be writable, but ${path} is not (${code})`, {
      code: 'OUTPUT_UNWRITABLE',
      hint: 'Give the folder write permission, or name another one with --out.',
      cause: error,
    });
  }
  return error;
}
