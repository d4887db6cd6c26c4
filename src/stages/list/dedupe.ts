import { describeSameness, entryIdentity } from '../../core/identity.ts';
import { type Entry, PRIORITIES } from '../../core/types.ts';

/** A line that became part of an earlier one. */
export interface MergedLine {
  readonly entry: Entry;
  readonly into: Entry;
  /** In words; names options of the line that are not used. */
  readonly why: string;
}

export interface DedupedEntries {
  readonly entries: readonly Entry[];
  readonly merged: readonly MergedLine[];
}

/** Options of which only one value can hold for a post. */
const SINGLE = ['lang', 'length', 'tone'] as const satisfies readonly (keyof Entry)[];

/**
 * The first line of an entry stands and takes the highest priority, all keywords and all categories of its repeats. Lines of different
 * posts stay apart: another `post=` name, or other options for the same page.
 */
export function dedupeEntries(entries: readonly Entry[]): DedupedEntries {
  const byIdentity = new Map<string, Entry>();
  const merged: MergedLine[] = [];
  for (const entry of entries) {
    const identity = entryIdentity(entry);
    const first = byIdentity.get(identity);
    byIdentity.set(identity, first === undefined ? entry : merge(first, entry));
    if (first !== undefined) merged.push({ entry, into: first, why: reasonFor(first, entry) });
  }
  return { entries: [...byIdentity.values()], merged };
}

function merge(first: Entry, repeat: Entry): Entry {
  const higher =
    PRIORITIES.indexOf(repeat.priority) < PRIORITIES.indexOf(first.priority) ? repeat.priority : first.priority;
  const categories = union(first.categories ?? [], repeat.categories ?? []);
  return {
    ...first,
    ...Object.fromEntries(SINGLE.flatMap((name) => (repeat[name] === undefined ? [] : [[name, repeat[name]]]))),
    ...Object.fromEntries(SINGLE.flatMap((name) => (first[name] === undefined ? [] : [[name, first[name]]]))),
    priority: higher,
    keywords: union(first.keywords, repeat.keywords),
    ...(categories.length === 0 ? {} : { categories }),
  };
}

/** `all` itself where nothing is new, so that many repeats cost no copies. */
function union(all: readonly string[], more: readonly string[]): readonly string[] {
  return more.every((word) => all.includes(word)) ? all : [...new Set([...all, ...more])];
}

function reasonFor(first: Entry, repeat: Entry): string {
  const unused = SINGLE.filter(
    (name) => repeat[name] !== undefined && first[name] !== undefined && repeat[name] !== first[name],
  ).map((name) => `${name}=${repeat[name]}`);
  const note = unused.length === 0 ? '' : `; ${unused.join(' ')} is not used, because a post has one of each`;
  return `${describeSameness(first.original, repeat.original)}${note}`;
}
