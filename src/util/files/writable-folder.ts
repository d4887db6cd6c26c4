import { constants, existsSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nodeErrorCode } from './node-errors.ts';

/** Throws a system error if the folder cannot be written, or does not exist and cannot be created. Changes nothing. */
export async function assertWritableFolder(path: string): Promise<void> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) throw Object.assign(new Error(`not a directory, open '${path}'`), { code: 'ENOTDIR' });
  } catch (error) {
    if (nodeErrorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await assertWritableFolder(dirname(path));
    return;
  }
  await access(path, constants.W_OK | constants.X_OK);
}

/** The folder, or the nearest one above it that exists. */
export function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}
