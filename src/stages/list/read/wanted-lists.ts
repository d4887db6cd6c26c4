/** Lists that are to be opened: each address once, whatever number of lines name it. Pure. */

import type { EntryOptions } from './entry-options.ts';
import type { ListProblem, NamedList, ParsedList } from './parse-list.ts';

export interface Wanted extends NamedList {
  /** 0 as the user named it, 1 as a list of his names it, and so on. */
  readonly depth: number;
  /** Kind of the list that names it. */
  readonly parent?: ParsedList['kind'];
}

/** The lines that name one address; their options differ. */
export type WantedGroup = readonly [Wanted, ...Wanted[]];

/** One group for each address that `opened` does not hold; it holds them afterwards. Lines that come too late for their address are notes. */
export function groupWanted(level: readonly Wanted[], opened: Map<string, WantedGroup>) {
  const fresh = new Map<string, WantedGroup>();
  const notes: string[] = [];
  for (const wanted of level) {
    const group = opened.get(wanted.url) ?? fresh.get(wanted.url);
    if (group === undefined) fresh.set(wanted.url, [wanted]);
    else if (group.some(({ options }) => isSame(options, wanted.options))) continue;
    else if (opened.has(wanted.url))
      notes.push(
        `${placeOf(wanted)}: ${wanted.url} is read as ${placeOf(group[0])} names it; other options are not used`,
      );
    else fresh.set(wanted.url, [...group, wanted]);
  }
  for (const [url, group] of fresh) opened.set(url, group);
  return { groups: [...fresh.values()], notes };
}

/** Options of which an item can have several values. */
const MANY = ['keywords', 'categories'] as const satisfies readonly (keyof EntryOptions)[];
/** Options of which an item has one. */
const SINGLE = ['length', 'tone', 'post', 'priority'] as const satisfies readonly (keyof EntryOptions)[];

/**
 * One source from all lines that name it: it is read once, and its items are remembered once. Each language is a post of its own; of
 * everything that an item has one of, the lines must say the same.
 */
export function mergeWishes(group: WantedGroup): {
  readonly wanted: Wanted;
  readonly problems: readonly ListProblem[];
} {
  const [first, ...repeats] = group;
  const problems: ListProblem[] = [];
  let options = first.options;
  for (const repeat of repeats) {
    const differing = SINGLE.filter(
      (name) => (options[name] ?? repeat.options[name]) !== (repeat.options[name] ?? options[name]),
    );
    if (differing.length > 0) problems.push({ position: repeat.position, message: clash(first, repeat, differing) });
    options = merged(options, repeat.options);
  }
  return { wanted: { ...first, options }, problems };
}

function merged(one: EntryOptions, other: EntryOptions): EntryOptions {
  const languages = [...new Set([...languagesOf(one), ...languagesOf(other)])];
  const { lang: _one, ...a } = one;
  const { lang: _other, ...b } = other;
  const lists = MANY.flatMap((name) => {
    const values = [...new Set([...(one[name] ?? []), ...(other[name] ?? [])])];
    return values.length === 0 ? [] : [[name, values] as const];
  });
  const newest = Math.max(one.newest ?? -1, other.newest ?? -1);
  return {
    ...b,
    ...a,
    ...Object.fromEntries(lists),
    ...(languages.length === 0 ? {} : { languages }),
    ...(newest < 0 ? {} : { newest }),
    ...(one.feed === true || other.feed === true ? { feed: true } : {}),
  };
}

function languagesOf({ lang, languages = [] }: EntryOptions): readonly string[] {
  return lang === undefined ? languages : [lang];
}

function clash(first: Wanted, { options }: Wanted, names: readonly (typeof SINGLE)[number][]): string {
  const given = names.map((name) => `${name}=${String(options[name])}`).join(' ');
  return `expected the options of ${placeOf(first)}, which names the same feed, got ${given}; its items are written once, or once in each language (lang=en,ko)`;
}

function placeOf({ position: { file, line } }: Wanted): string {
  return `${file}:${line}`;
}

function isSame(one: EntryOptions, other: EntryOptions): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof EntryOptions>; // members of both
  return [...names].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}
