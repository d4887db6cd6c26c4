import { parse } from 'csv-parse/sync';
import { entryRow, type ListContent, type ListRow } from '../list-row.ts';
import { OPTION_NAMES, readPriority } from '../read/entry-options.ts';
import { isAddressColumn } from '../read/list-start.ts';
import { quoted } from '../read/quoted.ts';
import { isWebAddress } from '../read/tidy-address.ts';

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const SAMPLE_ROWS = 50;

/**
 * Rows of a spreadsheet or an SEO tool. The column of addresses is found by its name and by what it holds; the options are columns of their
 * names, the others are ignored. A file without header row is read too.
 */
export function parseCsvRows(text: string): ListContent {
  const { hint, body } = withoutHint(text);
  const records = read(body, hint?.delimiter ?? delimiterOf(body));
  if ('kind' in records) return { rows: [records] };
  const shift = hint === undefined ? 0 : 1;
  const [header, ...rest] = records;
  const names = (header?.record ?? []).map((name) => name.trim().toLowerCase());
  const hasHeader = !names.some(isWebAddress);
  const rows = hasHeader ? rest : records;
  const column = addressColumn(hasHeader ? names : [], rows);
  if (column === undefined) {
    const message = `expected a header row with a url column, got ${quoted(names.join(','))}`;
    return { rows: [{ kind: 'problem', line: 1 + shift, message }] };
  }
  const keep = hasHeader ? pageFilter(names) : () => true;
  const kept = rows.filter(({ record }) => keep(record));
  const read1 = kept.flatMap((row) => readRow(row, { column, names: hasHeader ? names : [], shift }));
  const left = rows.length - kept.length;
  return left === 0
    ? { rows: read1 }
    : { rows: read1, notes: [`${left} rows are no pages by their content type or status and were left out`] };
}

interface Columns {
  readonly column: number;
  readonly names: readonly string[];
  readonly shift: number;
}

function readRow({ record, info }: CsvRecord, { column, names, shift }: Columns): readonly ListRow[] {
  const line = info.lines + shift;
  const target = record[column]?.trim() ?? '';
  if (target === '')
    return record.every((cell) => cell.trim() === '')
      ? []
      : [{ kind: 'problem', line, message: 'expected a URL in the url column, got none' }];
  const pairs = record.flatMap((cell, index) => {
    const value = cell.trim();
    if (value === '' || index === column) return [];
    const name = OPTION_NAMES.find((option) => option === names[index]);
    if (name !== undefined) return [[name, value] as const];
    return names.length === 0 && /^[a-z]+$/i.test(value) && readPriority(value) !== undefined
      ? [['priority', value] as const]
      : [];
  });
  return [entryRow(line, target, pairs)];
}

/** Weighs each column: the share of its cells that are addresses, and its name. The first of the best is taken. */
function addressColumn(names: readonly string[], rows: readonly CsvRecord[]): number | undefined {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const width = Math.max(names.length, ...sample.map(({ record }) => record.length), 0);
  let best: { readonly column: number; readonly weight: number } | undefined;
  for (let column = 0; column < width; column += 1) {
    const cells = sample.map(({ record }) => record[column] ?? '').filter((cell) => cell.trim() !== '');
    const share = cells.length === 0 ? 0 : cells.filter(isWebAddress).length / cells.length;
    const name = names[column] ?? '';
    const weight = share + (isAddressColumn(name) ? 1 : /\b(?:url|link|address)\b/.test(name) ? 0.2 : 0);
    if (weight > 0.5 && weight > (best?.weight ?? 0)) best = { column, weight };
  }
  return best?.column;
}

/** Crawl exports list pictures, scripts and missing pages as well; columns that say so leave them out. */
function pageFilter(names: readonly string[]): (record: readonly string[]) => boolean {
  const type = names.indexOf('content type');
  const status = names.indexOf('status code');
  return (record) => {
    const declared = type === -1 ? '' : (record[type] ?? '').trim().toLowerCase();
    const code = status === -1 ? '' : (record[status] ?? '').trim();
    const isPage = declared === '' || /^(?:text\/(?:html|plain|markdown)|application\/(?:xhtml|pdf))/.test(declared);
    return isPage && (!/^\d{3}$/.test(code) || code.startsWith('2'));
  };
}

/** The line `sep=;` that Excel writes and reads above the header. */
function withoutHint(text: string): { readonly hint?: { readonly delimiter: string }; readonly body: string } {
  const hint = /^\s*"?sep=(.)"?[^\S\r\n]*(?:\r\n|\r|\n)/i.exec(text);
  const delimiter = hint?.[1];
  return hint === null || delimiter === undefined
    ? { body: text }
    : { hint: { delimiter }, body: text.slice(hint[0].length) };
}

/** What separates the names of the header row: addresses hold `;`, and keywords `,`. */
function delimiterOf(text: string): string {
  const [header = ''] = text.trimStart().split(/[\r\n]/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  return ['\t', ';', ',', '|'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}

function read(text: string, delimiter: string): readonly CsvRecord[] | Extract<ListRow, { kind: 'problem' }> {
  try {
    const options = {
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      bom: true,
      delimiter,
    };
    return parse(text, options) as unknown as CsvRecord[]; // `info: true` changes the shape; its types do not say so
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 1;
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'problem', line, message: `expected CSV, got ${quoted(reason)}` };
  }
}
