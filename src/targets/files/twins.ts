/** Files whose names are one where case or Unicode form does not count: on macOS and Windows, and in the addresses that generators make. */

import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Answers the path of a file that is the same as this one but for its spelling. Each folder is listed once. */
export type FindTwin = (path: string) => Promise<string | undefined>;

export function createTwinFinder(): FindTwin {
  const folders = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const list = async (folder: string) =>
    new Map((await readdir(folder).catch(() => [])).map((name) => [foldedName(name), name] as const));
  return async (path) => {
    const folder = dirname(path);
    const listing = folders.get(folder) ?? list(folder);
    folders.set(folder, listing);
    const name = (await listing).get(foldedName(basename(path)));
    return name === undefined || name === basename(path) ? undefined : join(folder, name);
  };
}

/** One text for the spellings that such a file system takes for one name. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase();
}
