/** Opens lists level by level: what the user names, then what those lists name. A list that cannot be read never costs the others. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BloggerError, isAbortError } from '../../../core/errors.ts';
import type { Entry, ListPosition, Priority } from '../../../core/types.ts';
import { mapInOrder } from '../../../util/async/map-in-order.ts';
import { looksLikeList } from '../addresses/looks-like-list.ts';
import { isWebAddress } from '../addresses/tidy-address.ts';
import type { ItemLimits } from '../choose-items.ts';
import { withFurtherParts } from '../feeds/feed-pages.ts';
import { endlessLists, type FailedList, notTheSource } from '../list-errors.ts';
import type { ListDocument, ListReader, SourceMemory } from '../list-ports.ts';
import { faultOfSource } from './expected-source.ts';
import type { ListParser } from './list-parser.ts';
import {
  asSource,
  blankSource,
  isWatched,
  named,
  notDueNotes,
  notesOfSource,
  type Opened,
  type ReadAnswer,
  type ReadSource,
} from './list-source.ts';
import { type ListProblem, type ParsedList, parseList } from './parse-list.ts';
import { groupWanted, mergeWishes, type Wanted, type WantedGroup } from './wanted-lists.ts';

export interface OpenListsOptions {
  readonly lists: readonly string[];
  readonly cwd: string;
  readonly priority: Priority;
  readonly keywords: readonly string[];
  readonly reader: ListReader;
  readonly parser: ListParser;
  readonly memory: SourceMemory;
  readonly limits: Pick<ItemLimits, 'newest' | 'since'>;
  readonly now: number;
}

export interface OpenedLists {
  readonly entries: readonly Entry[];
  readonly problems: readonly ListProblem[];
  readonly notes: readonly string[];
  readonly sources: readonly ReadSource[];
  readonly failures: readonly FailedList[];
}

/** An index names sitemaps, and by the protocol no further index and 50,000 at most; some sites nest them all the same. */
const MAX_DEPTH = 3;
const MAX_LISTS = 50_000;
const CONCURRENCY = 8;

export async function openLists(options: OpenListsOptions, signal: AbortSignal): Promise<OpenedLists> {
  const opened: Opened[] = [];
  const seen = new Map<string, WantedGroup>();
  let level: readonly Wanted[] = options.lists.map((url) => ({ url, options: {}, position: COMMAND_LINE, depth: 0 }));
  while (level.length > 0) {
    const { groups, notes } = groupWanted(level, seen);
    const results = await mapInOrder(groups, (group) => openOne(group, seen.size, { ...options, signal }), CONCURRENCY);
    opened.push({ notes }, ...results);
    level = results.flatMap(({ lists = [] }) => lists);
  }
  return {
    entries: opened.flatMap(({ entries = [] }) => entries),
    problems: opened.flatMap(({ problems = [] }) => problems),
    notes: opened.flatMap(({ notes = [] }) => notes),
    sources: opened.flatMap(({ sources = [] }) => sources),
    failures: opened.flatMap(({ failures = [] }) => failures),
  };
}

interface Opening extends OpenListsOptions {
  readonly signal: AbortSignal;
}

const COMMAND_LINE: ListPosition = { file: '<command line>', line: 1 };

async function openOne(group: WantedGroup, count: number, options: Opening): Promise<Opened> {
  options.signal.throwIfAborted();
  const [{ url, position, depth, parent }] = group;
  try {
    if (depth > MAX_DEPTH || count > MAX_LISTS) throw endlessLists(url, MAX_DEPTH, MAX_LISTS);
    return await (isWebAddress(url) ? openWeb(group, options) : openLocal(group, options));
  } catch (error) {
    const stopsAll = isAbortError(error) || !BloggerError.is(error) || !isWebAddress(url);
    if (stopsAll) throw error;
    return { failures: [{ url, error, position, isPart: parent === 'sitemap' }] };
  }
}

/** Only the user names local files: lists from elsewhere must not. */
async function openLocal(group: WantedGroup, options: Opening): Promise<Opened> {
  const [{ url, depth }] = group;
  const document = depth === 0 ? await options.reader.open(url, options.signal) : undefined;
  if (document === undefined) return each(group, (wanted) => asEntry(wanted, options));
  return read(group, { document, validators: {} }, options, { wasRead: false });
}

async function openWeb(group: WantedGroup, options: Opening): Promise<Opened> {
  const [{ url, depth }] = group;
  const state = options.memory.find(url);
  if (depth === 0 && state === undefined && !mayBeList(url)) return each(group, (wanted) => asEntry(wanted, options));
  const { wanted } = mergeWishes(group);
  if (state !== undefined && options.now < state.dueAt) {
    const { movedTo } = state;
    const blank = blankSource(wanted, options, movedTo === undefined ? {} : { movedTo });
    return { notes: notDueNotes(url, state), sources: [{ ...blank, outcome: { kind: 'not due' } }] };
  }
  const answer = await options.reader.fetch(url, state?.validators ?? {}, options.signal);
  if (answer.kind === 'unchanged') {
    // Some servers answer 304 to a request without conditions.
    const isKnown = state?.wasRead === true || Object.keys(state?.validators ?? {}).length > 0;
    if (!isKnown) throw notTheSource(`expected a feed or a sitemap from ${url}, got an empty document`);
    const { kind, freshMs } = answer;
    const outcome = { kind, ...(freshMs === undefined ? {} : { freshMs }) };
    return {
      notes: notesOfSource(url, state, answer),
      sources: [{ ...blankSource(wanted, options, answer), outcome }],
    };
  }
  return read(group, answer, options, { wasRead: state?.wasRead === true });
}

/** What the document is decides: a page and a list are read for each line that names them, a watched source once for all of them. */
async function read(
  group: WantedGroup,
  answer: ReadAnswer,
  options: Opening,
  { wasRead }: { readonly wasRead: boolean },
): Promise<Opened> {
  const [first] = group;
  const { document } = answer;
  const parsed = await parse(first, document, options);
  const fault = faultOfSource(mergeWishes(group).wanted, document, parsed, { wasRead });
  if (fault !== undefined) throw notTheSource(fault);
  if (parsed.kind === 'page') return each(group, (wanted) => readPage(wanted, document, options));
  const parsedFor = async (wanted: Wanted) => (wanted === first ? parsed : parse(wanted, document, options));
  if (!group.some((wanted) => isWatched(parsed, wanted)))
    return each(group, async (wanted) => asList(wanted, document, await parsedFor(wanted)));
  const { wanted, problems } = mergeWishes(group);
  const { address } = document;
  const url = address === undefined ? pathToFileURL(resolve(options.cwd, wanted.url)).href : wanted.url;
  const start = group.length === 1 ? parsed : await parse(wanted, document, options);
  const items = address === undefined ? start : await readOn(start, { ...wanted, url }, options, { wasRead });
  return { ...asSource({ ...wanted, url }, answer, items, options), problems };
}

function readOn(
  feed: ParsedList,
  wanted: Wanted,
  options: Opening,
  { wasRead }: { readonly wasRead: boolean },
): Promise<ParsedList> {
  const { url, options: own } = wanted;
  const limits = { ...options.limits, newest: own.newest ?? options.limits.newest };
  const parsePart = (document: ListDocument) => parse(wanted, document, options);
  return withFurtherParts(feed, { ...options, url, wasRead, limits, parse: parsePart });
}

/** All that the lines of a group come to. */
async function each(group: WantedGroup, open: (wanted: Wanted) => Promise<Opened>): Promise<Opened> {
  const all = await mapInOrder(group, open, 1);
  return {
    entries: all.flatMap(({ entries = [] }) => entries),
    problems: all.flatMap(({ problems = [] }) => problems),
    notes: [...new Set(all.flatMap(({ notes = [] }) => notes))],
    lists: all.flatMap(({ lists = [] }) => lists),
  };
}

/** An address on the command line that is not opened as a list is a page: opening it would ask for the page twice. */
function mayBeList(url: string): boolean {
  if (!URL.canParse(url) || /\s/.test(url)) return false;
  return looksLikeList(url) || /\.(?:txt|csv|tsv|json|jsonl|ndjson)(?:\.gz)?$/i.test(new URL(url).pathname);
}

function parse({ options: inherited }: Wanted, document: ListDocument, options: Opening) {
  const { name, text, address, folder } = document;
  return options.parser.parse(
    { name, text, ...(address === undefined ? {} : { address }) },
    {
      priority: options.priority,
      keywords: options.keywords,
      inherited,
      ...(folder === undefined ? {} : { baseDir: folder }),
    },
    options.signal,
  );
}

function asList({ depth }: Wanted, document: ListDocument, parsed: ParsedList): Opened {
  const damage =
    document.damage === undefined ? [] : [{ position: { file: document.name, line: 1 }, message: document.damage }];
  return {
    entries: parsed.entries,
    problems: [...damage, ...parsed.problems],
    notes: named(document, parsed.notes),
    lists: parsed.lists.map((list) => ({ ...list, depth: depth + 1, parent: parsed.kind })),
  };
}

/** A page where a list could have been: an entry itself, or the feed that it names. */
async function readPage(wanted: Wanted, document: ListDocument, options: Opening): Promise<Opened> {
  const { url, position, depth } = wanted;
  if (wanted.options.feed !== true) return asEntry(wanted, options);
  const { text: html, address = url, linkHeader: header } = document;
  const feed = await options.parser.findFeed({ html, address, header }, options.signal);
  if (feed === undefined)
    throw new BloggerError(`The page ${url} names no feed`, {
      code: 'LIST_INVALID',
      hint: 'Write the address of the feed itself, or leave feed=yes out to read the page.',
    });
  return { lists: [{ url: feed, options: wanted.options, position, depth: depth + 1 }] };
}

/** The line as an entry of its own; on the command line, options may follow the address as in a list (`"https://a.example/ feed=yes"`). */
async function asEntry(
  { url, options: inherited, position, depth }: Wanted,
  options: OpenListsOptions,
): Promise<Opened> {
  const { feed: _feed, newest: _newest, ...rest } = inherited;
  const hasOptions = depth === 0 && isWebAddress(url) && /\s/.test(url);
  const { entries, problems, lists } = await parseList(
    { name: position.file, text: hasOptions ? url : `"${url}"`, kind: 'text' },
    {
      priority: options.priority,
      keywords: options.keywords,
      inherited: hasOptions ? rest : { ...rest, feed: false },
      baseDir: options.cwd,
    },
  );
  return {
    entries: entries.map((entry) => ({ ...entry, position })),
    problems: problems.map(({ message }) => ({ position, message })),
    lists: lists.map((list) => ({ ...list, position, depth: depth + 1 })),
  };
}
