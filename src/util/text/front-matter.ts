/** The only parser and editor of front matter: YAML, TOML, JSON, or plain `Key: value` lines (Pelican). */

import { decodeHTML } from 'entities';
import { parse as parseToml } from 'smol-toml';
import { isMap, isScalar, type Pair, parseDocument, parse as parseYaml, stringify, type YAMLMap } from 'yaml';

export interface FrontMatter {
  readonly syntax: 'yaml' | 'toml' | 'json' | 'lines' | 'none';
  /** Empty if there is no front matter or it cannot be parsed. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Why the block cannot be parsed, after its line in the file: `line 3: …`. */
  readonly problem?: string;
  /** Range of the block's text, without its delimiters. */
  readonly start: number;
  readonly end: number;
  readonly body: string;
  /** Number of lines before the body. */
  readonly linesBefore: number;
}

/** Parses front matter. Accepts a byte order mark, any line endings, spaces after the delimiters, and `---` or `...` at the end. */
export function readFrontMatter(text: string): FrontMatter {
  const block = findYaml(text) ?? findToml(text) ?? findJson(text);
  if (block === undefined) {
    const start = text.startsWith('\ufeff') ? 1 : 0;
    const problem = OPEN_ENDED.test(text) ? { problem: 'line 1: the block has no closing line of its own' } : {};
    return { syntax: 'none', data: {}, ...problem, start, end: start, body: text.slice(start), linesBefore: 0 };
  }
  const { syntax, start, end, bodyStart } = block;
  const raw = text.slice(start, end);
  const rest = { start, end, body: text.slice(bodyStart), linesBefore: countLines(text, bodyStart) };
  const isPlain = syntax === 'yaml' && hasPlainLines(raw);
  try {
    return {
      syntax: isPlain ? 'lines' : syntax,
      data: asMap(isPlain ? readLines(raw) : PARSERS[syntax](raw)),
      ...rest,
    };
  } catch (error) {
    return { syntax, data: {}, problem: describeProblem(error, raw, countLines(text, start)), ...rest };
  }
}

/** A block that begins but does not end: its opening line, and a member of YAML or TOML. */
const OPEN_ENDED = /^\ufeff?(?:---[ \t]*\r?\n[\w"'-]+:|\+\+\+[ \t]*\r?\n[\w"'-]+ ?=)/;

/** The parser's words, without its own count of lines: that begins at the block, not at the file. */
function describeProblem(error: unknown, raw: string, linesAbove: number): string {
  const words = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  const line = lineOfError(error, words, raw);
  const reason = words
    .replace(/ (?:in JSON )?at (?:line|position) \d[^\n]*/, '')
    .replace(/^Invalid TOML document: /, '');
  return line === undefined ? reason : `line ${line + linesAbove}: ${reason}`;
}

/** The line in the block, as each parser tells it. */
function lineOfError(error: unknown, words: string, raw: string): number | undefined {
  const { line, linePos } = error as {
    readonly line?: unknown;
    readonly linePos?: readonly { readonly line: number }[];
  };
  if (typeof line === 'number') return line;
  const position = /at position (\d+)/.exec(words)?.[1];
  return position === undefined ? linePos?.[0]?.line : countLines(raw, Number(position)) + 1;
}

/** Why a site generator would reject a YAML block; `readFrontMatter` is more lenient. */
export function frontMatterFault(text: string): string | undefined {
  const { syntax, start, end, problem } = readFrontMatter(text);
  if (syntax !== 'yaml') return problem;
  const [error] = parseDocument(text.slice(start, end)).errors;
  return error === undefined ? problem : describeProblem(error, text.slice(start, end), countLines(text, start));
}

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

interface Block {
  readonly syntax: 'yaml' | 'toml' | 'json';
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
}

function findYaml(text: string): Block | undefined {
  return findBlock(text, 'yaml', /^\ufeff?---[ \t]*\r?\n/, /^(?:---|\.\.\.)[ \t]*$/);
}

function findToml(text: string): Block | undefined {
  return findBlock(text, 'toml', /^\ufeff?\+\+\+[ \t]*\r?\n/, /^\+\+\+[ \t]*$/);
}

function findBlock(text: string, syntax: 'yaml' | 'toml', opening: RegExp, closing: RegExp): Block | undefined {
  const start = opening.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  for (let at = start; at < text.length; ) {
    const next = nextLine(text, at);
    if (closing.test(text.slice(at, next).replace(/\r?\n$/, ''))) return { syntax, start, end: at, bodyStart: next };
    at = next;
  }
  return undefined;
}

/** A JSON object at the start of the text that ends with a bracket at the start of a line. */
function findJson(text: string): Block | undefined {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  if (text[start] !== '{') return undefined;
  const close = /^\}[ \t]*\r?$/m.exec(text.slice(start));
  if (close === null) return undefined;
  const end = start + close.index + 1;
  return { syntax: 'json', start, end, bodyStart: nextLine(text, end) };
}

const PARSERS: Readonly<Record<Block['syntax'], (raw: string) => unknown>> = {
  yaml: (raw) => parseYaml(raw, { maxAliasCount: 0, logLevel: 'silent' }),
  toml: (raw) => JSON.parse(JSON.stringify(parseToml(raw))),
  json: (raw) => JSON.parse(raw),
};

/** True for capitalised names only: Python-Markdown metadata, whose values YAML would misread. */
function hasPlainLines(raw: string): boolean {
  const lines = raw.split(/\r?\n/).filter((line) => line !== '');
  return lines.length > 0 && lines.every((line) => /^[A-Z][\w-]*:(?: |$)/.test(line));
}

/** Values are HTML, as in Pelican. */
function readLines(raw: string): Record<string, unknown> {
  const members = raw
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
  return Object.fromEntries(
    members.map(([name, value]) => [
      name,
      value.startsWith('{') ? (orJson(value) ?? decodeHTML(value)) : decodeHTML(value),
    ]),
  );
}

function orJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
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

function nextLine(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  return next === -1 ? text.length : next + 1;
}

function lineColumn(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
