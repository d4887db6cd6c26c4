/** What an item of a feed is recognised by in later looks: its guid, its address, its content, its title and time, each only where it tells items apart. */

import { pageIdentity } from '../../core/identity.ts';
import type { Entry, ItemFacts } from '../../core/types.ts';
import { stableHash } from '../../util/stable-hash.ts';

/** Shorter contents are too likely to repeat ("New post"). */
const MIN_CONTENT_CHARS = 200;

export interface KeyedItem {
  readonly entry: Entry;
  readonly facts: ItemFacts;
  /**
   * An item is known when one of these is, but for `p:`, which is the page of an item with a date of change. `u:` holds over all sources, the
   * others within one.
   */
  readonly keys: readonly string[];
  /** The address, where other items of the look share it: it is stored, but does not tell that the item is known. */
  readonly shared?: readonly string[];
}

/**
 * Keys of the items of one look. A guid, address or content that several items share identifies none of them; sitemaps add the date of the last
 * change, because a changed page is new again.
 */
export function keyItems(items: readonly { readonly entry: Entry; readonly facts: ItemFacts }[]): KeyedItem[] {
  const keyed = items.map(({ entry, facts }) => ({ entry, facts, keys: keysOf(entry, facts) }));
  const counts = new Map<string, number>();
  for (const { keys } of keyed) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return keyed.map(({ entry, facts, keys }) => {
    const own = keys.filter((key) => counts.get(key) === 1);
    const shared = keys.filter((key) => key.startsWith('u:') && counts.get(key) !== 1);
    const item = { entry, facts, keys: own.length > 0 ? own : [`a:${stableHash(keys)}`] };
    return shared.length === 0 ? item : { ...item, shared };
  });
}

/** A page by itself, whatever its date of change. */
export function isPageKey(key: string): boolean {
  return key.startsWith('p:');
}

function keysOf(entry: Entry, { guid, title = '', html = '', modifiedAt, publishedAt }: ItemFacts): string[] {
  const url = identityOf(entry.url);
  if (modifiedAt !== undefined) return [`m:${stableHash([url, modifiedAt])}`, `p:${stableHash(url)}`];
  const text = html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [
    ...(guid === undefined ? [] : [`g:${stableHash(guid)}`]),
    `u:${stableHash(url)}`,
    ...(text.length < MIN_CONTENT_CHARS ? [] : [`c:${stableHash([title.trim(), text])}`]),
    // Where a site moves, addresses and guids change, and a summary is too short to tell; title and time stay.
    ...(title.trim() === '' || publishedAt === undefined ? [] : [`d:${stableHash([title.trim(), publishedAt])}`]),
  ];
}

/** Without tracking parameters, scheme and `www.`: feeds change them and mean the same page. */
function identityOf(url: string): string {
  return pageIdentity(url)
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/\/$/, '');
}
