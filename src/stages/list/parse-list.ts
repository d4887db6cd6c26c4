import type { Entry, ListPosition, Priority } from '../../core/types.ts';
import { parseCsvRows } from './csv-rows.ts';
import { parseJsonRows } from './json-rows.ts';
import { type ListRow, type RowParser, resolveTarget } from './list-row.ts';
import { parseSitemapRows } from './sitemap-rows.ts';
import { parseTextRows } from './text-rows.ts';

export const LIST_KINDS = ['text', 'csv', 'jsonl', 'sitemap'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

export interface ListSource {
  /** File name or address, as problems name it. */
  readonly name: string;
  readonly text: string;
  /** Absent: told by the name's ending, else by the content. */
  readonly kind?: ListKind;
}

export interface ParseListOptions {
  /** For entries that carry none. */
  readonly priority: Priority;
  readonly keywords: readonly string[];
  /** Folder that paths of local HTML files start from; absent for a list from the web, which may name none. */
  readonly baseDir?: string;
  /** Index of the first entry. @default 0 */
  readonly startIndex?: number;
}

export interface ListProblem {
  readonly position: ListPosition;
  readonly message: string;
}

export interface ParsedList {
  readonly entries: readonly Entry[];
  readonly problems: readonly ListProblem[];
  /** Lists that a sitemap index names. */
  readonly sitemaps: readonly string[];
}

const PARSERS = {
  text: parseTextRows,
  csv: parseCsvRows,
  jsonl: parseJsonRows,
  sitemap: parseSitemapRows,
} as const satisfies Record<ListKind, RowParser>;

/** Reads one list of any form; every problem carries its file and line, and good lines stand beside bad ones. */
export function parseList(source: ListSource, options: ParseListOptions): ParsedList {
  const text = source.text.replace(/^\uFEFF/, '');
  if (isBinary(text)) return onlyProblem(source.name, 'expected a text file with one URL a line, got binary data');
  const kind = source.kind ?? kindOf(source.name, text);
  const baseDir = kind === 'sitemap' ? undefined : options.baseDir; // a sitemap is its site's text, wherever it lies
  const entries: Entry[] = [];
  const problems: ListProblem[] = [];
  const sitemaps: string[] = [];
  for (const row of PARSERS[kind](text)) {
    const position = { file: source.name, line: row.line };
    if (row.kind === 'problem') {
      problems.push({ position, message: row.message });
      continue;
    }
    const target = resolveTarget(row.target, baseDir);
    if (!target.ok) problems.push({ position, message: target.problem });
    else if (row.kind === 'sitemap') sitemaps.push(row.target);
    else entries.push(toEntry(row, target.url, position, options, entries.length));
  }
  return { entries, problems, sitemaps };
}

function toEntry(
  row: Extract<ListRow, { kind: 'entry' }>,
  url: string,
  position: ListPosition,
  options: ParseListOptions,
  place: number,
): Entry {
  const { priority = options.priority, keywords = options.keywords, ...wishes } = row.wishes;
  return {
    index: (options.startIndex ?? 0) + place,
    url,
    original: row.target,
    priority,
    keywords,
    ...wishes,
    position,
  };
}

function kindOf(name: string, text: string): ListKind {
  const ending = /\.([a-z]+)(\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === 'csv') return 'csv';
  if (ending === 'jsonl' || ending === 'ndjson') return 'jsonl';
  if (ending === 'xml') return 'sitemap';
  const start = text.trimStart().slice(0, 500);
  if (/^(<\?xml|<urlset|<sitemapindex)/i.test(start)) return 'sitemap';
  return start.startsWith('{') ? 'jsonl' : 'text';
}

function isBinary(text: string): boolean {
  const head = text.slice(0, 4096);
  const strange = [...head].filter((character) => character === '\0' || character === '\uFFFD').length;
  return head.includes('\0') || strange > head.length / 50;
}

function onlyProblem(file: string, message: string): ParsedList {
  return { entries: [], problems: [{ position: { file, line: 1 }, message }], sitemaps: [] };
}
