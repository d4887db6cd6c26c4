/** Reads the user's lists: files, standard input and the web, through sitemaps and feeds, to entries in their order. */

import type { BloggerError } from '../../../core/errors.ts';
import type { SourceLook } from '../../../core/ports.ts';
import type { Entry, ItemFacts, Priority } from '../../../core/types.ts';
import { plural } from '../../../util/text/plural.ts';
import { chooseItems, type ItemLimits } from '../choose-items.ts';
import { dedupeEntries, type MergedLine } from '../dedupe.ts';
import { isPageKey, type KeyedItem, keyItems } from '../item-keys.ts';
import { inLanguages } from '../languages.ts';
import type { FailedList } from '../list-errors.ts';
import { badLines, emptyList, unreadable } from '../list-errors.ts';
import type { ListFailure, ListReader, SourceMemory } from '../list-ports.ts';
import type { ListParser } from './list-parser.ts';
import type { ReadSource } from './list-source.ts';
import { openLists } from './open-lists.ts';
import type { ListProblem } from './parse-list.ts';

export interface ListOptions {
  /** Files, URLs or `-`; a URL that is no list is an entry itself. */
  readonly lists: readonly string[];
  /** Folder that paths on the command line start from. */
  readonly cwd: string;
  /** Priority and keywords of entries that carry none. */
  readonly priority: Priority;
  readonly keywords: readonly string[];
  /** Languages of entries that name none. */
  readonly languages: readonly string[];
  /** False for a writer that only quotes: an entry stays one post. */
  readonly translates: boolean;
  readonly only?: Priority;
  readonly skipBadLines: boolean;
  readonly reader: ListReader;
  readonly parser: ListParser;
  readonly memory: SourceMemory;
  readonly limits: ItemLimits;
  readonly now: number;
  readonly onProblem: (problem: ListProblem) => void;
  readonly onNote: (message: string) => void;
  /** Receives each line that became part of an earlier one; items of feeds are merged without notice. */
  readonly onMerged: (line: MergedLine) => void;
  /** Receives the looks at sources where the run does not begin, because none could be read. */
  readonly onUnread: (looks: readonly SourceLook[]) => void;
}

export interface ReadLists {
  readonly entries: readonly Entry[];
  /** What was seen of each watched source, to be remembered once the run begins. */
  readonly looks: readonly SourceLook[];
  /** What feeds say about the pages of their items, by the entry's address. */
  readonly facts: ReadonlyMap<string, ItemFacts>;
  /** Lists that could not be read, while others could. */
  readonly failures: readonly ListFailure[];
}

/** Reads all lists; throws `LIST_MISSING`, `LIST_INVALID` (every bad line at once) or `LIST_EMPTY`. */
export async function readLists(options: ListOptions, signal: AbortSignal): Promise<ReadLists> {
  const opened = await openLists(options, signal);
  if (opened.problems.length > 0 && !options.skipBadLines) throw badLines(opened.problems);
  for (const problem of opened.problems) options.onProblem(problem);
  for (const note of opened.notes) options.onNote(note);
  // Parts of an index that are gone are bad lines of it; any other list that cannot be read is a failure of the run.
  const isSkipped = ({ isPart }: FailedList) => isPart && options.skipBadLines;
  const failures = opened.failures.filter((failure) => !isSkipped(failure));
  for (const { position, error } of opened.failures.filter(isSkipped))
    options.onProblem({ position, message: error.message });
  const sources = takeItems(opened.sources, options);
  const all = [...opened.entries, ...sources.flatMap(({ taken }) => taken.map(({ entry }) => entry))];
  const { entries, merged } = dedupeEntries(inLanguages(all, options).map((entry, index) => ({ ...entry, index })));
  for (const line of merged) if (line.entry.source === undefined) options.onMerged(line);
  const chosen = options.only === undefined ? entries : entries.filter((entry) => entry.priority === options.only);
  const [firstFailure] = opened.failures;
  const failedLooks = failures.filter(({ isPart }) => !isPart).map(failedLook);
  if (chosen.length === 0 && opened.sources.length === 0) {
    if (firstFailure === undefined) throw emptyList(options, entries.length);
    options.onUnread(failedLooks);
    throw unreadable(firstFailure);
  }
  return {
    entries: chosen,
    looks: [...sources.map(({ look }) => look), ...failedLooks],
    facts: new Map(sources.flatMap(({ taken }) => taken.map(({ entry, facts }) => [entry.url, facts] as const))),
    failures: failures.map(({ url, error, position }) => ({
      url,
      code: error.code,
      message: error.message,
      position,
    })),
  };
}

interface TakenSource {
  readonly taken: readonly KeyedItem[];
  readonly look: SourceLook;
}

/** Sources whose entries `only` leaves out are not looked at: their items stay new. */
function takeItems(sources: readonly ReadSource[], { memory, limits, only, onNote }: ListOptions): TakenSource[] {
  const wanted = sources.filter(({ priority }) => only === undefined || priority === only);
  const choices = chooseItems(
    wanted.map(({ url, items, state, newest }) => ({
      items: keyItems(items),
      pending: state?.pending ?? [],
      isFirstLook: state?.wasRead !== true,
      newest,
      isKnown: ({ keys }) =>
        memory.knows(
          url,
          keys.filter((key) => !isPageKey(key)),
        ),
      isListed: ({ keys }) => memory.knows(url, keys.filter(isPageKey)),
    })),
    limits,
  );
  return wanted.map(({ url, kind, title, movedTo, outcome, items: sourceItems }, index) => {
    const { taken = [], passed = [], hasGap = false } = choices[index] ?? {};
    if (hasGap)
      onNote(
        `${url}: all ${plural(sourceItems.length, 'item')} are new, so earlier ones may be missing; run more often`,
      );
    const items = taken.map((item) => ({ ...item, entry: { ...item.entry, source: url } }));
    const look = {
      url,
      kind,
      ...(title === undefined ? {} : { title }),
      ...(movedTo === undefined ? {} : { movedTo }),
    };
    if (outcome.kind !== 'read') return { taken: items, look: { ...look, outcome } };
    const shared = [...taken, ...passed].flatMap((item) => item.shared ?? []);
    const read = { ...outcome, taken: items, passed: [...passed.flatMap(({ keys }) => keys), ...shared] };
    return { taken: items, look: { ...look, outcome: read } };
  });
}

function failedLook({ url, error }: { readonly url: string; readonly error: BloggerError }): SourceLook {
  const { code, message, retryAfterMs } = error;
  return {
    url,
    kind: 'unknown',
    outcome: { kind: 'failed', code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  };
}
