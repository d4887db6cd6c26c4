import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { nodeErrorCode } from './node-errors.ts';

/** Creates a folder and its parents. Node's own `recursive` option loops forever if the parent exists but allows no folders, as in /proc. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isFolder(path)) return;
    const above = dirname(path);
    if (nodeErrorCode(error) !== 'ENOENT' || above === path || isFolder(above)) throw error;
    makeFolder(above);
    makeFolder(path);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
