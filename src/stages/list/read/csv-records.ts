/** The records of a CSV text in whatever dialect it is: what separates and quotes its cells is found by what it makes of the first rows. */

import { type Options, parse } from 'csv-parse/sync';
import { isAddressColumn } from './list-start.ts';

export interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

export interface CsvFault {
  readonly line: number;
  readonly reason: string;
}

interface Dialect {
  readonly delimiter: string;
  readonly quote: string | null;
  readonly escape?: string;
}

const SAMPLE_ROWS = 40;
const SAMPLE_CHARS = 65_536;
/** In order of preference on a tie. */
const DELIMITERS = ['\t', ';', ',', '|'];

/** `delimiter` is what the text itself names. */
export function readRecords(text: string, delimiter: string | undefined): readonly CsvRecord[] | CsvFault {
  // The parser counts the two characters of a Windows line break in a cell as two lines.
  const body = text.replace(/\r\n?/g, '\n');
  const dialects = (delimiter === undefined ? DELIMITERS : [delimiter]).flatMap((one) =>
    quotesOf(body).map((quotes) => ({ delimiter: one, ...quotes })),
  );
  const sample = body.slice(0, SAMPLE_CHARS);
  const lines = sample.split('\n', SAMPLE_ROWS);
  let best: { readonly dialect: Dialect; readonly weight: number } | undefined;
  for (const dialect of dialects) {
    const records = sampleOf(sample, dialect, { isCut: sample.length < body.length });
    const weight = records === undefined ? -1 : weightOf(records, lines, dialect);
    if (best === undefined || weight > best.weight) best = { dialect, weight };
  }
  const chosen = best?.dialect ?? { delimiter: ',', quote: '"' };
  const records = tryRead(body, chosen);
  if (!('reason' in records)) return records;
  // A quote that is never closed begins no cell.
  const unquoted = tryRead(body, { delimiter: chosen.delimiter, quote: null });
  return 'reason' in unquoted ? records : unquoted;
}

function quotesOf(body: string): readonly Omit<Dialect, 'delimiter'>[] {
  return [
    { quote: '"', escape: '"' },
    ...(body.includes('\\"') ? [{ quote: '"', escape: '\\' }] : []),
    ...(/^\s*'[^'\n]*'[,;\t|]/.test(body) ? [{ quote: "'", escape: "'" }] : []),
    { quote: null },
  ];
}

/**
 * How well a dialect fits: rows of the same number of cells, rows that are found for the lines with addresses, a header that names a column of
 * addresses, and, of little weight, cells in the header.
 */
function weightOf(all: readonly CsvRecord[], lines: readonly string[], { delimiter }: Dialect): number {
  // Exports write titles and remarks above their table.
  const start = all.findIndex(({ record }) => record.length > 1);
  if (start === -1 || (start > 0 && isAddressColumn(all[0]?.record[0] ?? ''))) return 0;
  const records = all.slice(start);
  const counts = new Map<number, number>();
  for (const { record } of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  if (width < 2) return 0;
  const addressed = records.filter(({ record }) => record.some((cell) => /https?:\/\//i.test(cell))).length;
  const wanted = Math.max(1, lines.filter((line) => /https?:\/\//i.test(line)).length);
  const isNamed = records[0]?.record.some(isAddressColumn) === true;
  const cells = (lines[0] ?? '').split(delimiter).length;
  return (
    (2 * count) / records.length + Math.min(1, addressed / wanted) + (isNamed ? 0.5 : 0) + Math.min(cells, 50) / 1000
  );
}

/** The first records; of a text that is cut, those before the cut. */
function sampleOf(
  text: string,
  dialect: Dialect,
  { isCut }: { readonly isCut: boolean },
): readonly CsvRecord[] | undefined {
  const records: CsvRecord[] = [];
  const keep: NonNullable<Options['on_record']> = (record, { lines }) => {
    records.push({ record, info: { lines } });
    return record;
  };
  const all = tryRead(text, { ...dialect, to: SAMPLE_ROWS, info: false, on_record: keep });
  return 'reason' in all && !isCut ? undefined : records;
}

function tryRead(body: string, dialect: Options): readonly CsvRecord[] | CsvFault {
  const options: Options = {
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    bom: true,
    ...dialect,
  };
  try {
    return parse(body, options) as unknown as CsvRecord[]; // `info: true` changes the shape; its types do not say so
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 1;
    return { line, reason: error instanceof Error ? error.message : String(error) };
  }
}
