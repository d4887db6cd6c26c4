/** Further parts of a feed (RFC 5005), where one document does not hold all items that a look is after. */

import { BloggerError, isAbortError } from '../../../core/errors.ts';
import { type ItemLimits, isGap, timesOf } from '../choose-items.ts';
import { isPageKey, keyItems } from '../item-keys.ts';
import type { ListDocument, ListReader, SourceMemory } from '../list-ports.ts';
import type { ParsedList } from '../read/parse-list.ts';

export interface FeedPagesOptions {
  readonly url: string;
  readonly wasRead: boolean;
  readonly memory: SourceMemory;
  readonly limits: Pick<ItemLimits, 'newest' | 'since'>;
  readonly reader: Pick<ListReader, 'fetch'>;
  readonly signal: AbortSignal;
  parse(document: ListDocument): Promise<ParsedList>;
}

/** Parts that are read in one look. */
const MOST_PARTS = 20;

/**
 * The feed with the items of its further parts: for the first look as many as it takes, for a later one those since the last look. A part that
 * cannot be read costs what lies behind it.
 */
export async function withFurtherParts(first: ParsedList, options: FeedPagesOptions): Promise<ParsedList> {
  const seen = new Set([options.url]);
  let feed = first;
  for (let next = first.next; next !== undefined && seen.size < MOST_PARTS && wantsMore(feed, options); ) {
    if (seen.has(next)) break;
    seen.add(next);
    try {
      const answer = await options.reader.fetch(next, {}, options.signal);
      const part = answer.kind === 'unchanged' ? undefined : await options.parse(answer.document);
      if (part === undefined || part.kind !== feed.kind || part.entries.length === 0) break;
      feed = joined(feed, part);
      next = part.next;
    } catch (error) {
      if (isAbortError(error) || !BloggerError.is(error)) throw error;
      const note = `older items are missing, because the next part of the feed could not be read: ${error.message}`;
      return { ...feed, notes: [...feed.notes, note] };
    }
  }
  return feed;
}

/** True where the items so far are fewer than the first look takes, or where none of them was there before. */
function wantsMore(feed: ParsedList, { url, wasRead, memory, limits: { newest, since } }: FeedPagesOptions): boolean {
  const items = keyItems(feed.entries.map((entry) => ({ entry, facts: feed.facts.get(entry) ?? {} })));
  if (wasRead) {
    const isKnown = (keys: readonly string[]) =>
      memory.knows(
        url,
        keys.filter((key) => !isPageKey(key)),
      );
    return isGap(items, items.filter(({ keys }) => isKnown(keys)).length);
  }
  if (since === undefined) return items.length < newest;
  const times = timesOf(items);
  return times.length > 0 && Math.min(...times) >= since;
}

function joined(feed: ParsedList, part: ParsedList): ParsedList {
  return {
    ...feed,
    entries: [...feed.entries, ...part.entries],
    facts: new Map([...feed.facts, ...part.facts]),
    problems: [...feed.problems, ...part.problems],
    notes: [...new Set([...feed.notes, ...part.notes])],
  };
}
