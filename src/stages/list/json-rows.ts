import { entryRow, type ListRow } from './list-row.ts';
import { WISH_NAMES } from './wishes.ts';

/** One JSON object a line with `url` and any of the wishes, or one JSON string. */
export function parseJsonRows(text: string): readonly ListRow[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, index + 1)]));
}

function parseLine(text: string, line: number): ListRow {
  const value = parseJson(text);
  if (typeof value === 'string') return entryRow(line, value, []);
  if (typeof value !== 'object' || value === null || !('url' in value) || typeof value.url !== 'string') {
    return { kind: 'problem', line, message: `expected a JSON object with a url, got ${text.trim().slice(0, 80)}` };
  }
  const pairs = WISH_NAMES.flatMap((name) => {
    const wish: unknown = Reflect.get(value, name);
    return wish === undefined || wish === null ? [] : [[name, textOf(wish)] as const];
  });
  return entryRow(line, value.url, pairs);
}

function textOf(wish: unknown): string {
  if (Array.isArray(wish)) return wish.map(textOf).join(',');
  return typeof wish === 'object' ? JSON.stringify(wish) : String(wish);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says what was expected
  }
}
