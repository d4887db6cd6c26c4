import { isWebAddress } from '../addresses/tidy-address.ts';
import { entryRow, type ListContent, type ListRow } from '../list-row.ts';
import { OPTION_NAMES } from '../read/entry-options.ts';
import { lineCounter } from '../read/line-counter.ts';
import { isAddressColumn, isFeedColumn, rankOfAddress } from '../read/list-start.ts';
import { quoted } from '../read/quoted.ts';

/** One document: an array of addresses or of objects with one, also inside other objects (exports of browsers and read-later services). Else one value a line. */
export function parseJsonRows(text: string): ListContent {
  const whole = parseJson(text) ?? parseJson(strictJson(text));
  if (whole !== undefined && (typeof whole !== 'object' || text.trimStart().startsWith('[') || isNested(whole)))
    return { rows: [...rowsOfDocument(whole, text)] };
  return {
    rows: text.split(/\r\n|\r|\n/).flatMap((line, index) => (line.trim() === '' ? [] : [rowOfLine(line, index + 1)])),
  };
}

function rowOfLine(text: string, line: number): ListRow {
  return rowOf(parseJson(text.replace(/,\s*$/, '')), line) ?? problem(line, text);
}

/** The row of a string or of an object that has an address; undefined for anything else. */
function rowOf(value: unknown, line: number): ListRow | undefined {
  if (typeof value === 'string') return entryRow(line, value, []);
  const target = addressOf(value);
  if (target === undefined || typeof value !== 'object' || value === null) return undefined;
  const pairs = OPTION_NAMES.flatMap((name) => {
    const option: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    return isOption(option) ? [[name, textOf(option)] as const] : [];
  });
  const name = nameOfAddress(value);
  if (name !== undefined && isFeedColumn(name)) pairs.push(['feed', 'yes']);
  return entryRow(line, target, pairs);
}

/** A filled value, or several; an object is data of the program that wrote it. */
function isOption(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object');
  return value !== undefined && value !== null && value !== '' && typeof value !== 'object';
}

/** Every address of the document in its order, with the line that it stands in. */
export function* rowsOfDocument(root: unknown, text: string): Generator<ListRow, void, undefined> {
  const lineAt = lineCounter(text);
  const isList = Array.isArray(root);
  let from = 0;
  const lineOf = (value: unknown): number => {
    const found = text.indexOf(JSON.stringify(value), from);
    const bare = found === -1 && typeof value === 'string' ? text.indexOf(value, from) : found;
    if (bare !== -1) from = bare;
    return lineAt(from);
  };
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') {
      if (depth > 0) yield entryRow(lineOf(value), value, []);
      continue;
    }
    if (typeof value !== 'object' || value === null) {
      if (isList) yield problem(lineAt(from), JSON.stringify(value) ?? String(value));
      continue;
    }
    const address = addressOf(value);
    const row = address === undefined ? undefined : rowOf(value, lineOf(address));
    if (row !== undefined) {
      yield row;
      continue;
    }
    const inner = membersOf(value);
    // A list of entries has an address in each; deeper ones are data of programs, with separators and empty folders.
    if (inner.length === 0 && !Array.isArray(value))
      yield isList && depth === 1
        ? problem(lineAt(from), JSON.stringify(value))
        : { kind: 'other', line: lineAt(from), text: JSON.stringify(value) };
    for (let index = inner.length - 1; index >= 0; index -= 1) waiting.push({ value: inner[index], depth: depth + 1 });
  }
}

/** What to look through next: of a table's row only its addresses, of an object its parts, or its names where those are the addresses. */
function membersOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return isTable(value) ? value.map(addressesOf).filter((row) => row.length > 0) : value;
  const names = Object.keys(value);
  if (names.length > 0 && names.every(isWebAddress)) return names;
  return Object.values(value).filter((member) => typeof member === 'object' && member !== null && !isWords(member));
}

/** Tags and the like: texts of which none is an address. */
function isWords(value: object): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && !isWebAddress(item));
}

/** Rows of cells, some of which are addresses. */
function isTable(rows: readonly unknown[]): boolean {
  return rows.length > 1 && rows.every(Array.isArray) && rows.some((row) => addressesOf(row).length > 0);
}

function addressesOf(row: unknown): readonly string[] {
  return Array.isArray(row) ? row.filter((cell) => typeof cell === 'string' && isWebAddress(cell)).slice(0, 1) : [];
}

/** The value of the member that is named like an address, or of a link to the page in an item of a reader (`canonical`, `alternate`). */
function addressOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const name = nameOfAddress(value);
  if (name !== undefined) return Reflect.get(value, name) as string; // `nameOfAddress` names texts only
  const links: readonly unknown[] = ['canonical', 'alternate'].flatMap((relation): unknown[] => {
    const member: unknown = Reflect.get(value, relation);
    return Array.isArray(member) ? member : [];
  });
  return links.map(addressOf).find((address) => address !== undefined && isWebAddress(address));
}

function nameOfAddress(value: object): string | undefined {
  const names = Object.keys(value).filter(
    (name) => isAddressColumn(name) && typeof Reflect.get(value, name) === 'string',
  );
  names.sort(
    (a, b) =>
      Number(b.toLowerCase() === 'url') - Number(a.toLowerCase() === 'url') || rankOfAddress(a) - rankOfAddress(b),
  );
  return names[0];
}

/** An array, or an object that holds arrays or objects and no address of its own. */
function isNested(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const isKeyed = Object.keys(value).some(isWebAddress);
  return (
    addressOf(value) === undefined &&
    (isKeyed || Object.values(value).some((member) => typeof member === 'object' && member !== null))
  );
}

function problem(line: number, text: string): ListRow {
  return { kind: 'problem', line, message: `expected a JSON object with a url, got ${quoted(text.trim())}` };
}

function textOf(option: unknown): string {
  if (Array.isArray(option)) return option.map(textOf).join(',');
  return typeof option === 'object' ? JSON.stringify(option) : String(option);
}

/** JSON as people write it, without comments and without commas behind the last member. One pass; texts in quotes stay as they are. */
export function strictJson(text: string): string {
  const parts: string[] = [];
  let comma = -1; // place of a comma that nothing follows yet
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at);
    const piece = text.slice(at, end);
    at = end;
    if (piece.startsWith('//') || piece.startsWith('/*')) continue;
    if ((piece === ']' || piece === '}') && comma !== -1) parts[comma] = '';
    if (piece.trim() !== '') comma = piece === ',' ? parts.length : -1;
    parts.push(piece);
  }
  return parts.join('');
}

/** Where a text in quotes, a comment, or a run of anything else ends. */
function endOfPiece(text: string, from: number): number {
  const piece = /"(?:[^"\\]|\\.)*"?|\/\/[^\r\n]*|[^"/,[\]{}]+|./sy;
  if (text.startsWith('/*', from)) {
    const end = text.indexOf('*/', from + 2);
    return end === -1 ? text.length : end + 2;
  }
  piece.lastIndex = from;
  return piece.test(text) ? piece.lastIndex : text.length;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says what was expected
  }
}
