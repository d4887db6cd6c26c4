import { parse } from 'csv-parse/sync';
import { entryRow, type ListRow } from './list-row.ts';
import { WISH_NAMES } from './wishes.ts';

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** A header row that names a `url` column and any of the wishes; other columns are left alone. */
export function parseCsvRows(text: string): readonly ListRow[] {
  const records = read(text);
  if ('kind' in records) return [records];
  const [header, ...rows] = records;
  const names = (header?.record ?? []).map((name) => name.trim().toLowerCase());
  const urlColumn = names.findIndex((name) => name === 'url' || name === 'link' || name === 'address');
  if (urlColumn === -1)
    return [
      {
        kind: 'problem',
        line: 1,
        message: `expected a header row with a url column, got "${names.join(',').slice(0, 80)}"`,
      },
    ];
  return rows.flatMap(({ record, info }) => {
    const target = record[urlColumn]?.trim() ?? '';
    if (target === '')
      return record.every((cell) => cell.trim() === '')
        ? []
        : [{ kind: 'problem', line: info.lines, message: 'expected a URL in the url column, got none' } as const];
    const pairs = names.flatMap((name, column) => {
      const value = record[column]?.trim() ?? '';
      return value !== '' && WISH_NAMES.some((wish) => wish === name) ? [[name, value] as const] : [];
    });
    return [entryRow(info.lines, target, pairs)];
  });
}

/** What parts the names of the header row; the others are text: addresses hold `;`, and keywords `,`. */
function delimiterOf(text: string): string {
  const [header = ''] = text.trimStart().split(/[\r\n]/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  return ['\t', ';', ','].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}

function read(text: string): readonly CsvRecord[] | Extract<ListRow, { kind: 'problem' }> {
  try {
    const options = {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      bom: true,
      delimiter: delimiterOf(text),
    };
    return parse(text, options) as unknown as CsvRecord[]; // `info: true` changes the shape; its types do not say so
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 1;
    return {
      kind: 'problem',
      line,
      message: `expected CSV, got ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
