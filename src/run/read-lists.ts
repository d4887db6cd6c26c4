/** Brings the user's lists in: from files, standard input and the web, through sitemaps, to entries in their order. */

import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BloggerError } from '../core/errors.ts';
import type { Fetcher } from '../core/ports.ts';
import type { Entry, Priority } from '../core/types.ts';
import { dedupeEntries, type MergedLine } from '../stages/list/dedupe.ts';
import { type ListProblem, type ListSource, parseList } from '../stages/list/parse-list.ts';
import { nodeErrorCode } from '../util/node-errors.ts';

export interface ListOptions {
  /** Files, URLs or `-`; a URL that is no list is an entry itself. */
  readonly lists: readonly string[];
  readonly cwd: string;
  /** Priority and keywords of entries that carry none. */
  readonly priority: Priority;
  readonly keywords: readonly string[];
  readonly only?: Priority;
  readonly skipBadLines: boolean;
  readonly readStdin: () => Promise<string>;
  readonly fetcher: Fetcher;
  readonly onProblem: (problem: ListProblem) => void;
  /** Receives each line that became part of an earlier one. */
  readonly onMerged: (line: MergedLine) => void;
}

export interface ReadLists {
  readonly entries: readonly Entry[];
}

/** Reads all lists; throws `LIST_MISSING`, `LIST_INVALID` (every bad line at once) or `LIST_EMPTY`. */
export async function readLists(options: ListOptions, signal: AbortSignal): Promise<ReadLists> {
  const parsed = await parseAll(options, signal);
  if (parsed.problems.length > 0 && !options.skipBadLines) throw badLines(parsed.problems);
  for (const problem of parsed.problems) options.onProblem(problem);
  const { entries, merged } = dedupeEntries(parsed.entries);
  for (const line of merged) options.onMerged(line);
  const chosen = options.only === undefined ? entries : entries.filter((entry) => entry.priority === options.only);
  if (chosen.length === 0) throw emptyList(options, entries.length);
  return { entries: chosen };
}

async function parseAll(
  options: ListOptions,
  signal: AbortSignal,
): Promise<{ entries: Entry[]; problems: ListProblem[] }> {
  const entries: Entry[] = [];
  const problems: ListProblem[] = [];
  const { priority, keywords } = options;
  const waiting: Wanted[] = options.lists.map((name) => ({ name, depth: 0 }));
  const seen = new Set<string>();
  for (let wanted = waiting.shift(); wanted !== undefined; wanted = waiting.shift()) {
    const { name, depth } = wanted;
    if (seen.has(name)) continue;
    seen.add(name);
    if (depth > MAX_DEPTH || seen.size > MAX_LISTS) throw endlessSitemap(name);
    const { baseDir, ...source } =
      depth === 0 ? await readSource(name, options, signal) : await fetchSource(name, options, signal);
    const parsed = parseList(source, {
      priority,
      keywords,
      startIndex: entries.length,
      ...(baseDir === undefined ? {} : { baseDir }),
    });
    for (const entry of parsed.entries) entries.push(entry);
    for (const problem of parsed.problems) problems.push(problem);
    for (const sitemap of parsed.sitemaps) waiting.push({ name: sitemap, depth: depth + 1 });
  }
  return { entries, problems };
}

interface Wanted {
  readonly name: string;
  /** 0 as the user named it, 1 as a sitemap index of his names it, and so on. */
  readonly depth: number;
}

/** An index names sitemaps, and by the protocol no further index and 50,000 at most; some sites nest them all the same. */
const MAX_DEPTH = 3;
const MAX_LISTS = 50_000;

type Source = ListSource & {
  /** Folder that its paths start from; without one it may name no local page. */
  readonly baseDir?: string;
};

const LIST_SUFFIX = /\.(txt|csv|jsonl|ndjson|xml|xml\.gz)$/i;
const PAGE_SUFFIX = /^\.(html?|xhtml|md|markdown)$/i;

async function readSource(name: string, options: ListOptions, signal: AbortSignal): Promise<Source> {
  if (name === '-') return { name: '<stdin>', text: await options.readStdin(), baseDir: options.cwd };
  const isAddress = /^https?:\/\//i.test(name);
  if (isAddress && URL.canParse(name) && LIST_SUFFIX.test(new URL(name).pathname))
    return fetchSource(name, options, signal);
  const path = resolve(options.cwd, name);
  if (isAddress || PAGE_SUFFIX.test(extname(path))) return { name: '<command line>', text: name, baseDir: options.cwd };
  return { name, text: await readListFile(name, path), baseDir: dirname(path) };
}

async function readListFile(name: string, path: string): Promise<string> {
  try {
    return decode(await readFile(path));
  } catch (error) {
    const code = nodeErrorCode(error);
    const what =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${code ?? String(error)})`;
    throw new BloggerError(`The list ${name} was expected to be a file with one URL a line, but ${what}`, {
      code: 'LIST_MISSING',
      hint: 'Name the list (`blogger generate my-urls.txt`), give `-` to read it from standard input, or run `blogger init` for a sample.',
      cause: error,
    });
  }
}

async function fetchSource(url: string, { fetcher }: ListOptions, signal: AbortSignal): Promise<Source> {
  const response = await fetcher.fetch({ url, maxBytes: 52_428_800, timeoutMs: 60_000, maxRedirects: 5 }, signal);
  if (response.status === 200) return { name: url, text: decode(response.body) };
  throw new BloggerError(`The list ${url} was expected to answer 200, but answered ${response.status}`, {
    code: 'LIST_MISSING',
    hint: 'Open the address in a browser, or download the list and name the file.',
  });
}

/** Lists are UTF-8, gzipped or not; bytes that are not text survive as replacement characters and are refused by the parser. */
function decode(bytes: Uint8Array): string {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return new TextDecoder().decode(isGzip ? gunzipSync(bytes, { maxOutputLength: 209_715_200 }) : bytes);
}

function endlessSitemap(name: string): BloggerError {
  return new BloggerError(
    `Expected a sitemap index at most ${MAX_DEPTH} deep with at most ${MAX_LISTS} sitemaps; ${name} is beyond that`,
    {
      code: 'LIST_INVALID',
      hint: 'Name the sitemaps that you want instead of the index.',
    },
  );
}

function badLines(problems: readonly ListProblem[]): BloggerError {
  const shown = problems.slice(0, 50).map(({ position, message }) => `${position.file}:${position.line}: ${message}`);
  const more = problems.length > shown.length ? [`… and ${problems.length - shown.length} more`] : [];
  return new BloggerError(
    [
      `${problems.length} bad ${problems.length === 1 ? 'line' : 'lines'} in the list; nothing was run`,
      ...shown,
      ...more,
    ].join('\n'),
    {
      code: 'LIST_INVALID',
      hint: 'Mend the lines, or leave them out with --skip-bad-lines.',
      details: { problems },
    },
  );
}

function emptyList({ lists, only }: ListOptions, total: number): BloggerError {
  const names = lists.join(', ');
  if (only !== undefined && total > 0) {
    return new BloggerError(`Expected at least one entry of priority ${only} in ${names}, found none among ${total}`, {
      code: 'LIST_EMPTY',
      hint: 'Write `high`, `medium` or `low` behind a URL, or leave --only out.',
    });
  }
  return new BloggerError(`Expected at least one URL in ${names}, found none`, {
    code: 'LIST_EMPTY',
    hint: 'Write one URL a line; lines that start with # are comments.',
  });
}
