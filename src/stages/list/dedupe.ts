import { type Entry, PRIORITIES } from '../../core/types.ts';

export interface DedupedEntries {
  readonly entries: readonly Entry[];
  /** Lines that named an address already named. */
  readonly repeated: number;
}

/** The first line of an address stands and takes the highest priority and all keywords of its repeats; lines of different posts stay apart. */
export function dedupeEntries(entries: readonly Entry[]): DedupedEntries {
  const byIdentity = new Map<string, Entry>();
  for (const entry of entries) {
    const identity = `${entry.post ?? ''}\n${entry.url}`;
    const first = byIdentity.get(identity);
    byIdentity.set(identity, first === undefined ? entry : merge(first, entry));
  }
  return { entries: [...byIdentity.values()], repeated: entries.length - byIdentity.size };
}

function merge(first: Entry, repeat: Entry): Entry {
  const higher =
    PRIORITIES.indexOf(repeat.priority) < PRIORITIES.indexOf(first.priority) ? repeat.priority : first.priority;
  if (higher === first.priority && repeat.keywords.every((word) => first.keywords.includes(word))) return first;
  return { ...first, priority: higher, keywords: [...new Set([...first.keywords, ...repeat.keywords])] };
}
