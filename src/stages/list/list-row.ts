/** What every form of list is read to, line by line. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AddressResult, readAddress } from './read-address.ts';
import { readWish, type Wishes } from './wishes.ts';

export type ListRow =
  | { readonly kind: 'entry'; readonly line: number; readonly target: string; readonly wishes: Wishes }
  | { readonly kind: 'sitemap'; readonly line: number; readonly target: string }
  | { readonly kind: 'problem'; readonly line: number; readonly message: string };

export type RowParser = (text: string) => readonly ListRow[];

/** One row from its address and its `name=value` pairs; the first wrong wish makes it a problem. */
export function entryRow(
  line: number,
  target: string,
  pairs: Iterable<readonly [name: string, value: string]>,
): ListRow {
  let wishes: Wishes = {};
  for (const [name, value] of pairs) {
    const read = readWish(name, value);
    if (!read.ok) return { kind: 'problem', line, message: read.problem };
    wishes = { ...wishes, ...read.wishes };
  }
  return { kind: 'entry', line, target, wishes };
}

const LOCAL_PAGE = /\.(html?|xhtml|md|markdown|txt)$/i;

/** An address, or the path of a local page relative to the list's folder, as the entry's URL; without a folder no path is one: what others wrote must not name this machine's files. */
export function resolveTarget(target: string, baseDir: string | undefined): AddressResult {
  const isPath = baseDir !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(target) && LOCAL_PAGE.test(target);
  return isPath ? { ok: true, url: pathToFileURL(resolve(baseDir, target)).href } : readAddress(target);
}
