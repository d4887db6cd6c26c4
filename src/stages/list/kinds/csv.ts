import { plural } from '../../../util/text/plural.ts';
import { trimEdges } from '../../../util/text/trim-edges.ts';
import { markedAddress } from '../addresses/marked-address.ts';
import { isWebAddress } from '../addresses/tidy-address.ts';
import { entryRow, type ListContent, type ListRow } from '../list-row.ts';
import { type CsvRecord, readRecords } from '../read/csv-records.ts';
import { OPTION_NAMES, readPriority } from '../read/entry-options.ts';
import { isAddressColumn, isFeedColumn, rankOfAddress } from '../read/list-start.ts';
import { quoted } from '../read/quoted.ts';

const SAMPLE_ROWS = 50;

/**
 * Rows of a spreadsheet or an SEO tool. The column of addresses is found by its name and by what it holds; the options are columns of their
 * names, the others are ignored. A file without header row is read too.
 */
export function parseCsvRows(text: string): ListContent {
  const { hint, body } = withoutHint(text);
  const records = readRecords(body, hint?.delimiter);
  const shift = hint === undefined ? 0 : 1;
  if ('reason' in records) {
    const message = `expected CSV, got ${quoted(records.reason)}`;
    return { rows: [{ kind: 'problem', line: records.line + shift, message }] };
  }
  const at = headerAt(records);
  const written = at === undefined ? [] : (records[at]?.record ?? []).map((name) => name.trim());
  const names = written.map((name) => name.toLowerCase());
  const rows = at === undefined ? records : records.slice(at + 1);
  const column = addressColumn(written, rows);
  if (column === undefined) {
    const first = names.length === 0 ? (records[0]?.record ?? []) : names;
    const message = `expected a header row with a url column, got ${quoted(first.join(',').toLowerCase())}`;
    return { rows: [{ kind: 'problem', line: 1 + shift, message }] };
  }
  const keep = pageFilter(rows);
  const kept = rows.filter(({ record }) => keep(record));
  const isFeed = isFeedColumn(written[column] ?? '');
  const read1 = kept.flatMap((row) => readRow(row, { column, names, shift, isFeed }));
  const left = rows.length - kept.length;
  return left === 0
    ? { rows: read1 }
    : {
        rows: read1,
        notes: [`left out, because their content type or status is not that of a page: ${plural(left, 'row')}`],
      };
}

interface Columns {
  readonly column: number;
  readonly names: readonly string[];
  readonly shift: number;
  /** The addresses are those of feeds. */
  readonly isFeed: boolean;
}

function readRow({ record, info }: CsvRecord, { column, names, shift, isFeed }: Columns): readonly ListRow[] {
  const line = firstLineOf({ record, info }) + shift;
  const cell = record[column]?.trim() ?? '';
  const targets = addressesOf(cell);
  if (isSum(record, column)) return [{ kind: 'other', line, text: record.join(',') }];
  if (cell === '')
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
  const feed = isFeed ? [['feed', 'yes'] as const] : [];
  return targets.map((target) => entryRow(line, target, [...feed, ...pairs]));
}

/** The totals of a report: a word or nothing where the address would be, and numbers beside it. */
function isSum(record: readonly string[], column: number): boolean {
  const address = record[column]?.trim() ?? '';
  const others = record.filter((cell, index) => index !== column && cell.trim() !== '');
  const isWord = /^\p{L}*(?:\s\p{L}+){0,2}:?$/u.test(address.slice(0, 100));
  return (
    isWord && others.length > 0 && others.every((cell) => /^[\s\d.,%+-]+$/.test(cell.slice(0, 100)) && /\d/.test(cell))
  );
}

/** The addresses of a cell: one as it is or as in a formula, or several with something between them. */
function addressesOf(cell: string): readonly string[] {
  const parts = cell.split(/[\s,;|](?=https?:\/\/)/i).flatMap((part) => trimEdges(part, /[\s,;|]/) || []);
  if (parts.length > 1 && parts.every((part) => isWebAddress(part) && !part.includes(' '))) return parts;
  return [isWebAddress(cell) ? cell : (markedAddress(cell) ?? cell)];
}

/** The parser tells the last line of a row; its cells may hold line breaks. */
function firstLineOf({ record, info }: CsvRecord): number {
  return info.lines - record.reduce((sum, cell) => sum + (cell.split('\n').length - 1), 0);
}

/** The header: the first row where it names a column of addresses, else the one above the first address, since exports write titles above it. */
function headerAt(records: readonly CsvRecord[]): number | undefined {
  const [first] = records;
  if (first?.record.some(isAddressColumn) === true) return 0;
  const holdsAddress = (cell: string) => isWebAddress(cell) || markedAddress(cell) !== undefined;
  const firstAddress = records.slice(0, SAMPLE_ROWS).findIndex(({ record }) => record.some(holdsAddress));
  if (firstAddress === -1) return first === undefined ? undefined : 0;
  return firstAddress === 0 ? undefined : firstAddress - 1;
}

/**
 * Weighs each column: the share of its cells that are addresses, how many of these differ, and its name. The first of the best is taken.
 * A column that says the same site in every row is not the list.
 */
function addressColumn(names: readonly string[], rows: readonly CsvRecord[]): number | undefined {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const width = Math.max(names.length, ...sample.map(({ record }) => record.length), 0);
  let best: { readonly column: number; readonly weight: number } | undefined;
  for (let column = 0; column < width; column += 1) {
    const cells = cellsOf(sample, column);
    const plain = cells.filter(isWebAddress);
    const addresses = [...plain, ...cells.flatMap((cell) => (isWebAddress(cell) ? [] : (markedAddress(cell) ?? [])))];
    const share = cells.length === 0 ? 0 : (plain.length + MARKED * (addresses.length - plain.length)) / cells.length;
    const differing = addresses.length === 0 ? 1 : new Set(addresses).size / addresses.length;
    const name = names[column] ?? '';
    const weight = share * (0.5 + 0.5 * differing) + (isAddressColumn(name) ? 1.02 - rankOfAddress(name) / 100 : 0);
    if (weight > 0.5 && weight > (best?.weight ?? 0)) best = { column, weight };
  }
  return best?.column;
}

/** An address in markup counts less: names of attachments have their address behind them. */
const MARKED = 0.9;

function cellsOf(rows: readonly CsvRecord[], column: number): string[] {
  return rows.map(({ record }) => (record[column] ?? '').trim()).filter((cell) => cell !== '');
}

const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+(?:\s*;.*)?$/i;
/** Content types and status codes are short; an expression that reads millions of characters can exhaust its stack. */
const MAX_FORM_CHARS = 256;
const STATUS = /^(?:0|20[0-6]|30[0-8]|40[0-9]|41[0-8]|42[2-9]|451|50[0-8]|52[0-7])$/;

/**
 * Crawl exports list pictures, scripts and missing pages as well; columns that say so leave them out. They are known by what they hold, in
 * whatever language the export is.
 */
function pageFilter(rows: readonly CsvRecord[]): (record: readonly string[]) => boolean {
  const width = Math.max(...rows.slice(0, SAMPLE_ROWS).map(({ record }) => record.length), 0);
  const columnOf = (test: (cells: readonly string[]) => boolean) => {
    for (let column = 0; column < width; column += 1) if (test(cellsOf(rows, column))) return column;
    return -1;
  };
  const holdsOnly = (cells: readonly string[], form: RegExp) =>
    cells.length > 0 && cells.every((cell) => cell.length <= MAX_FORM_CHARS && form.test(cell));
  const type = columnOf((cells) => holdsOnly(cells, MEDIA_TYPE));
  const status = columnOf((cells) => holdsOnly(cells, STATUS) && cells.includes('200'));
  return (record) => {
    const declared = type === -1 ? '' : (record[type] ?? '').trim().toLowerCase();
    const code = status === -1 ? '' : (record[status] ?? '').trim();
    const isPage = declared === '' || /^(?:text\/(?:html|plain|markdown)|application\/(?:xhtml|pdf))/.test(declared);
    return isPage && (code === '' || code.startsWith('2'));
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
