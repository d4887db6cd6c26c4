/** What every kind of list is parsed to, row by row. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ItemFacts } from '../../core/types.ts';
import { absoluteLink } from './addresses/absolute-link.ts';
import { type AddressResult, readAddress } from './addresses/read-address.ts';
import { tidyAddress } from './addresses/tidy-address.ts';
import { type EntryOptions, readOption } from './read/entry-options.ts';

export type ListRow =
  /** `item` is what a feed or a sitemap says about the page. */
  | {
      readonly kind: 'entry';
      readonly line: number;
      readonly target: string;
      readonly options: EntryOptions;
      readonly item?: ItemFacts;
    }
  /** Another list that this one names. */
  | { readonly kind: 'list'; readonly line: number; readonly target: string; readonly options: EntryOptions }
  /** Something that is no page, as a separator among bookmarks. */
  | { readonly kind: 'other'; readonly line: number; readonly text: string }
  | {
      readonly kind: 'problem';
      readonly line: number;
      readonly message: string;
      /** Further faults of the same line. */
      readonly more?: readonly string[];
      /** Its address, which may be wrong, too. */
      readonly target?: string;
    };

/** A parsed list. */
export interface ListContent {
  readonly rows: readonly ListRow[];
  /** How the list calls itself. */
  readonly title?: string;
  /** Shortest time between two looks that the list asks for. */
  readonly intervalMs?: number;
  /** Address of the part with older items. */
  readonly next?: string;
  /** Rows left out on purpose, to be reported once. */
  readonly notes?: readonly string[];
  /** True where the text ends before the list does. */
  readonly isCut?: boolean;
}

/** One row from its address and its `name=value` pairs; invalid options, and `faults` found before, make it a problem. */
export function entryRow(
  line: number,
  target: string,
  pairs: Iterable<readonly [name: string, value: string]>,
  faults: readonly string[] = [],
): ListRow {
  let options: EntryOptions = {};
  const problems = [...faults];
  for (const [name, value] of pairs) {
    const read = readOption(name, value);
    if (read.ok) options = { ...options, ...read.options };
    else problems.push(read.problem);
  }
  const [message, ...more] = problems;
  if (message !== undefined) return { kind: 'problem', line, message, more, target };
  return { kind: 'entry', line, target, options };
}

export const LOCAL_PAGE = /\.(html?|xhtml|md|markdown|txt|pdf|vtt|srt)$/i;

export interface TargetBase {
  /** Folder that local paths are relative to; absent: no path is accepted, because text from others must not name files of this machine. */
  readonly folder?: string | undefined;
  /** Address that relative addresses are resolved against, in kinds that have them. */
  readonly address?: string | undefined;
}

/** The entry's URL: an address, or a local page as `file://`. */
export function resolveTarget(target: string, { folder, address }: TargetBase): AddressResult {
  const tidy = tidyAddress(target);
  const isPath = folder !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(tidy) && LOCAL_PAGE.test(tidy);
  if (isPath) return { ok: true, url: pathToFileURL(resolve(folder, tidy)).href };
  return readAddress(address === undefined || tidy === '' ? tidy : absoluteLink(tidy, address, undefined));
}

export interface ListPlace {
  /** Address that the list was read from, for relative addresses in it. */
  readonly address?: string | undefined;
}
