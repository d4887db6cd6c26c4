import type { Entry, ItemFacts, ListPosition, Priority } from '../../../core/types.ts';
import { looksLikeList } from '../addresses/looks-like-list.ts';
import { suggestAddress } from '../addresses/suggest-address.ts';
import { isWebAddress, tidyAddress } from '../addresses/tidy-address.ts';
import { kindNamed, type ListKindName, sniffKind } from '../kinds.ts';
import { type ListRow, resolveTarget, type TargetBase } from '../list-row.ts';
import type { EntryOptions } from './entry-options.ts';
import { withoutPreamble } from './list-start.ts';
import { quoted } from './quoted.ts';

export { LIST_KIND_NAMES, type ListKindName } from '../kinds.ts';

export interface ListSource {
  /** File name or address, as problems name it. */
  readonly name: string;
  readonly text: string;
  /** Absent: detected by the content, and by the name's ending where that could be either. */
  readonly kind?: ListKindName;
  /** Address that the text was read from: relative addresses in it are resolved against it. */
  readonly address?: string;
}

export interface ParseListOptions {
  /** For entries that carry none. */
  readonly priority: Priority;
  readonly keywords: readonly string[];
  /** Folder that paths of local pages start from; absent for a list from the web, which may name none. */
  readonly baseDir?: string;
  /** Index of the first entry. @default 0 */
  readonly startIndex?: number;
  /** Of the line that names this list; its entries inherit them. */
  readonly inherited?: EntryOptions;
}

export interface ListProblem {
  readonly position: ListPosition;
  readonly message: string;
}

/** Another list that a list names. */
export interface NamedList {
  readonly url: string;
  readonly options: EntryOptions;
  readonly position: ListPosition;
}

export interface ParsedList {
  /** `page` where the text is an article instead of a list. */
  readonly kind: ListKindName | 'page';
  readonly entries: readonly Entry[];
  /** What a feed or a sitemap says about its entries. */
  readonly facts: ReadonlyMap<Entry, ItemFacts>;
  readonly problems: readonly ListProblem[];
  readonly lists: readonly NamedList[];
  readonly title?: string;
  /** Shortest time between two looks that a feed asks for. */
  readonly intervalMs?: number;
  /** Address of the part with older items. */
  readonly next?: string;
  /** What was left out on purpose. */
  readonly notes: readonly string[];
  /** True where the text ends before the list does. */
  readonly isCut?: boolean;
}

/** Reads one list of any kind; every problem carries its file and line, and good lines stand beside bad ones. */
export async function parseList(source: ListSource, options: ParseListOptions): Promise<ParsedList> {
  const text = withoutPreamble(withoutNulls(source.text.replace(/^\uFEFF/, '')));
  const file = otherFile(text);
  if (file !== undefined) return onlyProblem(source, file);
  const name = source.kind ?? sniffKind(source.name, text);
  if (name === 'page') return { ...NOTHING, kind: 'page' };
  const kind = kindNamed(name);
  const { rows, title, intervalMs, next, notes = [], isCut } = await kind.parse(text, { address: source.address });
  const base = {
    folder: kind.namesFiles ? options.baseDir : undefined,
    address: kind.namesFiles ? undefined : source.address,
  };
  // Lists that people write name feeds by their addresses alone; what sitemaps and feeds name are pages.
  const mayGuess = kind.namesFiles && options.inherited?.feed !== false;
  const entries: Entry[] = [];
  const facts = new Map<Entry, ItemFacts>();
  const problems: ListProblem[] = [];
  const lists: NamedList[] = [];
  const others: OtherRow[] = [];
  for (const row of rows) {
    const position = { file: source.name, line: row.line };
    if (row.kind === 'problem') {
      for (const message of faultsOf(row, base)) problems.push({ position, message });
      continue;
    }
    if (row.kind === 'other') {
      others.push({ position, text: row.text, message: `expected a URL, got ${quoted(row.text)}` });
      continue;
    }
    const target = resolveTarget(row.target, base);
    if (!target.ok && target.isOther === true) others.push({ position, text: row.target, message: target.problem });
    else if (!target.ok) problems.push({ position, message: target.problem });
    else if (isList(row, target.url, mayGuess))
      lists.push({
        url: listAddress(row.target, target.url),
        options: { ...options.inherited, ...row.options },
        position,
      });
    else {
      const entry = toEntry(row, target.url, position, options, entries.length);
      entries.push(entry);
      if (row.kind === 'entry' && row.item !== undefined) facts.set(entry, row.item);
    }
  }
  const hasGood = entries.length > 0 || lists.length > 0;
  return {
    kind: name,
    entries,
    facts,
    problems:
      hasGood || problems.length > 0
        ? problems
        : others.slice(0, 1).map(({ position, message }) => ({ position, message })),
    lists,
    notes: hasGood ? [...notes, ...noteOf(others)] : notes,
    ...(title === undefined ? {} : { title }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
    ...(next === undefined || !isWebAddress(next) ? {} : { next }),
    ...(isCut === true ? { isCut } : {}),
  };
}

/** Every fault of a row, that of its address first; one fault for words that are no address at all. */
function faultsOf({ target, message, more = [] }: Extract<ListRow, { kind: 'problem' }>, base: TargetBase): string[] {
  const address = target === undefined ? undefined : resolveTarget(target, base);
  if (target === undefined || address?.ok === true) return [message, ...more];
  const isMeant = target.includes('://') || suggestAddress(target) !== undefined;
  return address !== undefined && isMeant ? [address.problem, message, ...more] : [message];
}

/** A row that is none of the web; why it would be a bad one in a list of nothing else. */
interface OtherRow extends ListProblem {
  readonly text: string;
}

function noteOf(others: readonly OtherRow[]): readonly string[] {
  const [first] = others;
  if (first === undefined) return [];
  return [
    `rows that name no web page were left out: ${others.length}, the first in line ${first.position.line}: ${quoted(first.text)}`,
  ];
}

type AddressedRow = Extract<ListRow, { readonly target: string }>;

/** A row names a list by its kind, by its options, or by an address as feeds and sitemaps have them; what is read there decides in the end. */
function isList(row: AddressedRow, url: string, mayGuess: boolean): boolean {
  if (!/^https?:/.test(url)) return false;
  if (row.kind === 'list') return true;
  const { feed, newest } = row.options;
  if (feed !== undefined) return feed;
  return newest !== undefined || (mayGuess && looksLikeList(url));
}

/** The address as the list has it where that is one; else the resolved one. */
function listAddress(written: string, resolved: string): string {
  const tidy = tidyAddress(written);
  return URL.canParse(tidy) ? new URL(tidy).href : resolved;
}

function toEntry(
  row: AddressedRow,
  url: string,
  position: ListPosition,
  options: ParseListOptions,
  place: number,
): Entry {
  const { feed: _feed, newest: _newest, ...own } = { ...options.inherited, ...row.options };
  const { priority = options.priority, keywords = options.keywords, ...rest } = own;
  return {
    index: (options.startIndex ?? 0) + place,
    url,
    original: row.target,
    priority,
    keywords,
    ...rest,
    position,
  };
}

/** A single NUL spoils no markup: servers write them into feeds, and readers of HTML drop them. */
function withoutNulls(text: string): string {
  return text.includes('\0') && /^\s*<[?!a-z]/i.test(text.slice(0, 200)) ? text.replaceAll('\0', '') : text;
}

/** What is wrong with a file that is no text; programs name some of these when they are asked for a table or for text. */
function otherFile(text: string): string | undefined {
  const head = text.slice(0, FILE_HEAD);
  if (/^\{\\rtf\d/.test(head)) return 'expected a text file with one URL a line, got a document; save it as plain text';
  if (!isBinary(text)) return undefined;
  if (!head.startsWith('PK\u0003\u0004')) return 'expected a text file with one URL a line, got binary data';
  if (/xl\/|opendocument\.spreadsheet/.test(head))
    return 'expected a text file with one URL a line, got a spreadsheet; save it as CSV';
  return /word\/|opendocument\.text/.test(head)
    ? 'expected a text file with one URL a line, got a document; save it as plain text'
    : 'expected a text file with one URL a line, got an archive; unpack it, and name the file in it';
}

const FILE_HEAD = 65_536;

function isBinary(text: string): boolean {
  const head = text.slice(0, 4096);
  const strange = [...head].filter((character) => character === '\0' || character === '\uFFFD').length;
  return head.includes('\0') || strange > head.length / 50;
}

const NOTHING: ParsedList = { kind: 'text', entries: [], facts: new Map(), problems: [], lists: [], notes: [] };

function onlyProblem({ name }: ListSource, message: string): ParsedList {
  return { ...NOTHING, problems: [{ position: { file: name, line: 1 }, message }] };
}
