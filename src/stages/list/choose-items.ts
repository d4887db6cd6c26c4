/** Which items of watched sources a run takes. Pure. */

import { isPageKey, type KeyedItem } from './item-keys.ts';

export interface ItemLimits {
  /** Items taken from a source that is read for the first time. */
  readonly newest: number;
  /** Only items published at or after this time, in milliseconds; items without a date count as new. */
  readonly since?: number | undefined;
  /** Items taken from one source in a run. */
  readonly perFeed?: number | undefined;
  /** Items taken from all sources in a run. */
  readonly maxItems?: number | undefined;
}

export interface SourceItems {
  readonly items: readonly KeyedItem[];
  /** Items of earlier runs that are not finished. */
  readonly pending: readonly KeyedItem[];
  readonly isFirstLook: boolean;
  /** Overrides the limit of the run. */
  readonly newest?: number | undefined;
  isKnown(item: KeyedItem): boolean;
  /** True for an item with a date of change whose page stood in the source before. */
  isListed(item: KeyedItem): boolean;
}

export interface ChosenItems {
  /** Taken in this run, pending ones first. */
  readonly taken: readonly KeyedItem[];
  /**
   * Never to be taken: what was there before the source was watched, and pages that only have a new date. Items that only a limit holds back are
   * in neither.
   */
  readonly passed: readonly KeyedItem[];
  /** True where the source was read before and has nothing in common with then: items between may be missing. */
  readonly hasGap: boolean;
}

/** Chooses for each source, in its order; the limit of the run is shared out in turns, so that no source starves the others. */
export function chooseItems(sources: readonly SourceItems[], limits: ItemLimits): ChosenItems[] {
  const choices = sources.map((source) => chooseFromOne(source, limits));
  const quotas = shareOut(
    choices.map(({ taken }) => taken.length),
    limits.maxItems ?? Number.POSITIVE_INFINITY,
  );
  return choices.map(({ taken, ...rest }, index) => ({ ...rest, taken: taken.slice(0, quotas[index]) }));
}

function chooseFromOne(source: SourceItems, { newest, since, perFeed }: ItemLimits): ChosenItems {
  const waiting = new Set(source.pending.flatMap(({ keys }) => keys));
  const items = unique(source.items).filter((item) => !item.keys.some((key) => waiting.has(key)));
  const known = new Set(items.filter(source.isKnown));
  const unknown = items.filter((item) => !known.has(item));
  const dated = new Set(source.isFirstLook ? [] : datedAnew(items, unknown, source));
  const fresh = unknown.filter((item) => !dated.has(item));
  const sorted = newestFirst(fresh);
  const wanted = sorted.filter((item) => isSince(item, since));
  const first = source.isFirstLook && since === undefined ? wanted.slice(0, source.newest ?? newest) : wanted;
  const taken = new Set(first);
  // Pages that an older version stored by their dates alone.
  const unlisted = [...known].filter((item) => item.keys.some(isPageKey) && !source.isListed(item));
  const left = source.isFirstLook ? sorted.filter((item) => !taken.has(item)) : dated;
  const passed = [...left, ...unlisted];
  const hasGap = !source.isFirstLook && isGap(items, known.size) && waiting.size === 0;
  return { taken: [...source.pending, ...first].slice(0, perFeed), passed, hasGap };
}

/** True where nothing of a source that was read before is left in it. */
export function isGap(items: readonly KeyedItem[], known: number): boolean {
  return items.length >= FEWEST_OF_GAP && known === 0;
}

/** Times of the items that have one. */
export function timesOf(items: readonly KeyedItem[]): number[] {
  return items.flatMap((item) => timeOf(item) ?? []);
}

/** Feeds of fewer items are often replaced as a whole. */
const FEWEST_OF_GAP = 5;
const FEWEST_DATED = 5;

/**
 * Pages whose date of change is new, where that holds for most pages of the source: a build, a plugin or each request dated all of them, and none
 * of them need have changed.
 */
function datedAnew(
  items: readonly KeyedItem[],
  unknown: readonly KeyedItem[],
  { isListed }: SourceItems,
): readonly KeyedItem[] {
  const changed = unknown.filter(isListed);
  if (changed.length < FEWEST_DATED) return [];
  return changed.length > items.filter(isListed).length / 2 ? changed : [];
}

/** The same item twice in one look counts once. */
function unique(items: readonly KeyedItem[]): KeyedItem[] {
  const seen = new Set<string>();
  return items.filter(({ keys }) => {
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}

/** By date where nearly all items have one and they differ; else in the order of the document, where feeds put the newest first. */
function newestFirst(items: readonly KeyedItem[]): KeyedItem[] {
  const times = items.map(timeOf);
  const known = times.filter((time) => time !== undefined);
  if (known.length < items.length * 0.9 || new Set(known).size < 2) return [...items];
  return items
    .map((item, index) => ({ item, time: times[index] ?? 0 }))
    .sort((a, b) => b.time - a.time)
    .map(({ item }) => item);
}

function isSince(item: KeyedItem, since: number | undefined): boolean {
  const time = timeOf(item);
  return since === undefined || time === undefined || time >= since;
}

function timeOf({ facts }: KeyedItem): number | undefined {
  const time = Date.parse(facts.publishedAt ?? facts.modifiedAt ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Gives each of `wanted` one in turn until `total` is used up. */
function shareOut(wanted: readonly number[], total: number): number[] {
  const given = wanted.map(() => 0);
  let left = total;
  for (let round = 0; left > 0 && wanted.some((count) => count > round); round += 1) {
    for (const [index, count] of wanted.entries()) {
      if (count <= round || left <= 0) continue;
      given[index] = round + 1;
      left -= 1;
    }
  }
  return given;
}
