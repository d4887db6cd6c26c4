/** The only parser of front matter: YAML, TOML, JSON, or plain `Key: value` lines (Pelican). */

import { decodeHTML } from 'entities';
import { parse as parseToml } from 'smol-toml';
import { type Document, parseDocument, visit } from 'yaml';
import { type Block, findBlock, unreadBlock } from './front-blocks.ts';

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

/** Parses front matter. Accepts a byte order mark, any line endings, spaces after the delimiters, and the forms of `findBlock`. */
export function readFrontMatter(text: string): FrontMatter {
  const block = findBlock(text);
  if (block === undefined) {
    const start = text.startsWith('\ufeff') ? 1 : 0;
    const problem = unreadBlock(text);
    return {
      syntax: 'none',
      data: {},
      ...(problem === undefined ? {} : { problem }),
      start,
      end: start,
      body: text.slice(start),
      linesBefore: 0,
    };
  }
  const { start, end, bodyStart } = block;
  const raw = text.slice(start, end);
  const rest = { start, end, body: text.slice(bodyStart), linesBefore: countLines(text, bodyStart) };
  const syntax = block.syntax === 'yaml' && hasPlainLines(raw) ? 'lines' : block.syntax;
  try {
    const data: unknown = PARSERS[syntax](raw);
    // A lone `draft:true` is a text to YAML: nothing of such a post is known.
    return isMap(data) || data === null
      ? { syntax, data: data ?? {}, ...rest }
      : { syntax, data: {}, problem: NO_MAP, ...rest };
  } catch (error) {
    return { syntax, data: {}, problem: describeProblem(error, raw, countLines(text, start)), ...rest };
  }
}

const NO_MAP = 'line 1: the block holds no names with values';

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

const PARSERS: Readonly<Record<Block['syntax'], (raw: string) => unknown>> = {
  yaml: readYaml,
  toml: (raw) => JSON.parse(JSON.stringify(parseToml(raw))),
  // Hexo writes it without the outer braces.
  json: (raw) => JSON.parse(raw.trimStart().startsWith('{') ? raw : `{${raw}}`),
  lines: readLines,
};

/** Numbers that would lose something of their spelling are texts: `1.10` and `007` are versions and names. */
function readYaml(raw: string): unknown {
  const document: Document = parseDocument(raw, { logLevel: 'silent', merge: true });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  visit(document, {
    Scalar(_key, node) {
      const { value, source } = node;
      if (typeof value === 'number' && source !== undefined && String(value) !== source) node.value = source;
    },
  });
  return document.toJS({ maxAliasCount: MAX_ALIASES });
}

/** More are no list that two names share, but an attempt to fill the memory. */
const MAX_ALIASES = 100;

/** True for capitalised names only: Python-Markdown metadata, whose values YAML would misread. */
function hasPlainLines(raw: string): boolean {
  const lines = raw.split(/\r?\n/).filter((line) => line !== '');
  return lines.length > 0 && lines.every((line) => /^[A-Z][\w-]*:(?: |$)/.test(line));
}

/** Values are HTML, as in Pelican; an indented line goes on with the value above. */
function readLines(raw: string): Record<string, unknown> {
  const members: [string, string][] = [];
  for (const line of raw.split(/\r?\n/).filter((one) => one.trim() !== '')) {
    const last = members.at(-1);
    if (/^\s/.test(line) && last !== undefined) last[1] = `${last[1]} ${line.trim()}`;
    else members.push([line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  }
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

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
