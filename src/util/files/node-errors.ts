/** The `code` of a Node.js system error, such as `ENOENT`; undefined for anything else. */
export function nodeErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its symbolic links form a loop',
  EBUSY: 'another program uses it',
};

/** A system error's code with its meaning, such as `EEXIST: a file is in the way`. */
export function systemReason(code: string, sought: 'file' | 'folder' = 'folder'): string {
  if (code === 'ENOENT') return sought === 'file' ? 'ENOENT: there is no such file' : 'ENOENT: there is no such folder';
  return Object.hasOwn(REASONS, code) ? `${code}: ${REASONS[code]}` : code;
}

/** True if something else exists at the path, so permissions do not help. */
export function isInTheWay(code: string): boolean {
  return code === 'EEXIST' || code === 'ENOTDIR';
}
