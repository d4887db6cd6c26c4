/** Opens lists level by level: what the user names, then what those lists name. A list that cannot be read never costs the others. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BloggerError, isAbortError } from '../../../core/errors.ts';
import type { Entry, ItemFacts, ListPosition, Priority } from '../../../core/types.ts';
import { mapInOrder } from '../../../util/async/map-in-order.ts';
import { kindNamed } from '../kinds.ts';
import { endlessLists, type FailedList } from '../list-errors.ts';
import type { ListDocument, ListReader, SourceLook, SourceMemory, SourceState, Validators } from '../list-ports.ts';
import { type ListProblem, looksLikeList, type NamedList, type ParsedList, parseList } from './parse-list.ts';
import { isWebAddress } from './tidy-address.ts';

export interface OpenListsOptions {
  readonly lists: readonly string[];
  readonly cwd: string;
  readonly priority: Priority;
  readonly keywords: readonly string[];
  readonly reader: ListReader;
  readonly memory: SourceMemory;
  readonly now: number;
}

/** A watched source that was read, or need not be. */
export interface ReadSource {
  readonly url: string;
  readonly kind: string;
  readonly title?: string;
  readonly priority: Priority;
  readonly newest?: number;
  readonly state: SourceState | undefined;
  readonly items: readonly { readonly entry: Entry; readonly facts: ItemFacts }[];
  readonly outcome: SourceLook['outcome'];
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

interface Wanted extends NamedList {
  /** 0 as the user named it, 1 as a list of his names it, and so on. */
  readonly depth: number;
  /** Kind of the list that names it. */
  readonly parent?: ParsedList['kind'];
}

/** What one list comes to; `lists` are opened next. */
interface Opened {
  readonly entries?: readonly Entry[];
  readonly problems?: readonly ListProblem[];
  readonly notes?: readonly string[];
  readonly source?: ReadSource;
  readonly failure?: FailedList;
  readonly lists?: readonly Wanted[];
}

export async function openLists(options: OpenListsOptions, signal: AbortSignal): Promise<OpenedLists> {
  const opened: Opened[] = [];
  const seen = new Set<string>();
  const isNew = ({ url }: Wanted) => !seen.has(url) && seen.add(url).size > 0;
  let level: readonly Wanted[] = options.lists.map((url) => ({ url, options: {}, position: COMMAND_LINE, depth: 0 }));
  while (level.length > 0) {
    const wanted = level.filter(isNew);
    const results = await mapInOrder(wanted, (one) => openOne(one, seen.size, options, signal), CONCURRENCY);
    opened.push(...results);
    level = results.flatMap(({ lists = [] }) => lists);
  }
  return {
    entries: opened.flatMap(({ entries = [] }) => entries),
    problems: opened.flatMap(({ problems = [] }) => problems),
    notes: opened.flatMap(({ notes = [] }) => notes),
    sources: opened.flatMap(({ source }) => (source === undefined ? [] : [source])),
    failures: opened.flatMap(({ failure }) => (failure === undefined ? [] : [failure])),
  };
}

const COMMAND_LINE: ListPosition = { file: '<command line>', line: 1 };

async function openOne(wanted: Wanted, count: number, options: OpenListsOptions, signal: AbortSignal): Promise<Opened> {
  signal.throwIfAborted();
  const { url, position, depth } = wanted;
  try {
    if (depth > MAX_DEPTH || count > MAX_LISTS) throw endlessLists(url, MAX_DEPTH, MAX_LISTS);
    return await (isWebAddress(url) ? openWeb(wanted, options, signal) : openLocal(wanted, options));
  } catch (error) {
    const stopsAll = isAbortError(error) || !BloggerError.is(error) || !isWebAddress(url);
    if (stopsAll) throw error;
    return { failure: { url, error, position, isPart: wanted.parent === 'sitemap' } };
  }
}

/** Only the user names local files: lists from elsewhere must not. */
async function openLocal(wanted: Wanted, options: OpenListsOptions): Promise<Opened> {
  const document = wanted.depth === 0 ? await options.reader.open(wanted.url) : undefined;
  if (document === undefined) return asEntry(wanted, options);
  const parsed = await parse(wanted, document, options);
  if (parsed.kind === 'page') return asEntry(wanted, options);
  if (!isWatched(parsed, wanted)) return asList(wanted, document, parsed);
  const url = pathToFileURL(resolve(options.cwd, wanted.url)).href;
  return asSource({ ...wanted, url }, { document, validators: {} }, parsed, options);
}

async function openWeb(wanted: Wanted, options: OpenListsOptions, signal: AbortSignal): Promise<Opened> {
  const { reader, memory, now } = options;
  const state = memory.find(wanted.url);
  if (wanted.depth === 0 && state === undefined && !mayBeList(wanted.url)) return asEntry(wanted, options);
  const blank = { ...blankSource(wanted, options), state };
  if (state !== undefined && now < state.dueAt) return { source: { ...blank, outcome: { kind: 'not due' } } };
  const answer = await reader.fetch(wanted.url, state?.validators ?? {}, signal);
  if (answer.kind === 'unchanged') return { source: { ...blank, outcome: { kind: 'unchanged' } } };
  const parsed = await parse(wanted, answer.document, options);
  if (parsed.kind === 'page') return readPage(wanted, answer.document, options);
  if (!isWatched(parsed, wanted)) return asList(wanted, answer.document, parsed);
  return asSource(wanted, answer, parsed, options);
}

/** An address on the command line that is not opened as a list is a page: opening it would ask for the page twice. */
function mayBeList(url: string): boolean {
  if (!URL.canParse(url) || /\s/.test(url)) return false;
  return looksLikeList(url) || /\.(?:txt|csv|tsv|json|jsonl|ndjson)(?:\.gz)?$/i.test(new URL(url).pathname);
}

function blankSource({ url, options: { priority, newest } }: Wanted, options: OpenListsOptions) {
  return {
    url,
    kind: 'feed',
    priority: priority ?? options.priority,
    ...(newest === undefined ? {} : { newest }),
    state: options.memory.find(url),
    items: [],
  };
}

function asSource(
  wanted: Wanted,
  { document, validators }: { readonly document: ListDocument; readonly validators: Validators },
  parsed: ParsedList,
  options: OpenListsOptions,
): Opened {
  const [problem] = parsed.problems;
  if (parsed.entries.length === 0 && problem !== undefined)
    throw new BloggerError(`${describeProblem(problem)}; nothing was read from it`, {
      code: 'LIST_INVALID',
      hint: 'Open the address in a browser; if the feed moved, correct the address in the list.',
    });
  const { intervalMs } = parsed;
  return {
    notes: [
      ...(document.damage === undefined ? [] : [`${document.name}: ${document.damage}`]),
      ...named(document, parsed.notes),
      ...parsed.problems.map(describeProblem),
    ],
    source: {
      ...blankSource(wanted, options),
      kind: parsed.kind,
      ...(parsed.title === undefined ? {} : { title: parsed.title }),
      items: parsed.entries.map((entry) => ({ entry, facts: parsed.facts.get(entry) ?? {} })),
      outcome: {
        kind: 'read',
        validators,
        ...(intervalMs === undefined ? {} : { intervalMs }),
        taken: [],
        passed: [],
      },
    },
  };
}

function isWatched({ kind, lists }: ParsedList, { options: { feed, newest } }: Wanted): boolean {
  if (kind === 'page' || lists.length > 0) return false;
  const { watched } = kindNamed(kind);
  return watched === 'always' || (watched === 'on request' && (feed === true || newest !== undefined));
}

function parse({ options: inherited }: Wanted, document: ListDocument, options: OpenListsOptions) {
  const { name, text, address, folder } = document;
  return parseList(
    { name, text, ...(address === undefined ? {} : { address }) },
    {
      priority: options.priority,
      keywords: options.keywords,
      inherited,
      ...(folder === undefined ? {} : { baseDir: folder }),
    },
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
async function readPage(wanted: Wanted, document: ListDocument, options: OpenListsOptions): Promise<Opened> {
  const { url, position, depth } = wanted;
  if (wanted.options.feed !== true) return asEntry(wanted, options);
  const { findFeed } = await import('../kinds/feed-link.ts');
  const feed = findFeed(document.text, document.address ?? url);
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

function named({ name }: ListDocument, notes: readonly string[]): string[] {
  return notes.map((note) => `${name}: ${note}`);
}

function describeProblem({ position, message }: ListProblem): string {
  return `${position.file}:${position.line}: ${message}`;
}
