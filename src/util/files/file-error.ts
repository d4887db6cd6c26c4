import { BloggerError } from '../../core/errors.ts';
import { isInTheWay, nodeErrorCode, systemReason } from './node-errors.ts';

export interface WrittenFile {
  readonly path: string;
  /** What the user can do when the file cannot be written. */
  readonly hint: string;
}

/** Runs a write and maps its system errors to `DISK_FULL` or `OUTPUT_UNWRITABLE`; other errors pass unchanged. */
export async function namingFileErrors<T>({ path, hint }: WrittenFile, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = nodeErrorCode(error) ?? '';
    if (FULL.has(code)) {
      throw new BloggerError(`The disk is full: ${path} could not be written; no partial file was left`, {
        code: 'DISK_FULL',
        hint: 'Free some space, then run the same command again.',
        cause: error,
      });
    }
    if (!UNWRITABLE.has(code)) throw error;
    throw new BloggerError(`${path} cannot be written (${systemReason(code)})`, {
      code: 'OUTPUT_UNWRITABLE',
      hint: isInTheWay(code) ? `Move the file that is in the way. ${hint}` : hint,
      cause: error,
    });
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const UNWRITABLE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENXIO',
  'EBUSY',
]);
