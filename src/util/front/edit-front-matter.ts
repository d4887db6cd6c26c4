/** Changes members of front matter and no other byte. */

import { isMap, isScalar, type Pair, parseDocument, stringify, type YAMLMap } from 'yaml';
import { nextLine } from './front-blocks.ts';
import { readFrontMatter } from './front-matter.ts';

/** A member to set, by its path; `undefined` removes it. */
export interface FrontMatterEdit {
  readonly path: readonly string[];
  readonly value: string | boolean | undefined;
}

/** Changes these members and no other byte. Front matter other than block YAML or plain lines is returned unchanged. */
export function editFrontMatter(text: string, edits: readonly FrontMatterEdit[]): string {
  return edits.reduce(editOne, text);
}

function editOne(text: string, { path, value }: FrontMatterEdit): string {
  const { syntax, start, end } = readFrontMatter(text);
  const raw = text.slice(start, end);
  const put = (block: string) => text.slice(0, start) + block + text.slice(end);
  if (syntax === 'lines') return put(editLine(raw, path[path.length - 1] ?? '', value));
  if (syntax !== 'yaml') return text;
  let map: unknown = parseDocument(raw, { keepSourceTokens: true }).contents;
  for (const name of path.slice(0, -1)) map = isMap(map) ? findPair(map as YAMLMap, name)?.value : undefined;
  if (!isMap(map) || map.flow === true) return text;
  return put(editMap(raw, map as YAMLMap, path[path.length - 1] ?? '', value));
}

function editMap(raw: string, map: YAMLMap, name: string, value: string | boolean | undefined): string {
  const pair = findPair(map, name);
  const eol = raw.includes('\r\n') ? '\r\n' : '\n';
  if (pair === undefined) {
    if (value === undefined) return raw;
    const last = map.items.at(-1);
    const at = endOfLine(raw, rangeOf(last?.value ?? last?.key)?.[2] ?? raw.length);
    const column = lineColumn(raw, rangeOf(map.items[0]?.key)?.[0] ?? 0);
    const before = at === 0 || raw[at - 1] === '\n' ? '' : eol;
    return `${raw.slice(0, at)}${before}${' '.repeat(column)}${name}: ${yamlScalar(value)}${eol}${raw.slice(at)}`;
  }
  const key = rangeOf(pair.key);
  const range = rangeOf(pair.value);
  if (key === undefined) return raw;
  if (value === undefined) {
    const from = raw.lastIndexOf('\n', key[0]) + 1;
    return raw.slice(0, from) + raw.slice(endOfLine(raw, range?.[1] ?? key[1]));
  }
  if (range === undefined || !(pair.value === null || isScalar(pair.value))) return raw;
  return raw.slice(0, range[0]) + yamlScalar(value) + raw.slice(range[1]);
}

function editLine(raw: string, name: string, value: string | boolean | undefined): string {
  const title = name[0]?.toUpperCase() + name.slice(1);
  const lines = raw.split(/(?<=\n)/);
  const at = lines.findIndex((line) => line.startsWith(`${title}:`));
  const written = value === undefined ? [] : [`${title}: ${String(value).replace(/\s+/g, ' ')}\n`];
  if (at >= 0) lines.splice(at, 1, ...written);
  else lines.push(...written);
  return lines.join('');
}

function findPair(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

/** Start, end of the value, and end including what belongs to it, such as a comment. */
function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) ? (range as [number, number, number]) : undefined;
}

function yamlScalar(value: string | boolean): string {
  return stringify(value, { lineWidth: 0, version: '1.1' }).trim();
}

/** End of the current line, including its line break; at the start of a line, the end of the line before. */
function endOfLine(text: string, at: number): number {
  return at > 0 && text[at - 1] === '\n' ? at : nextLine(text, at);
}

function lineColumn(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}
