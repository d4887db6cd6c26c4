/** The fields of a robots.txt as owners write them: what other tools put around a line, or break in it, does not hide a rule. Pure, linear. */

import { distance } from 'fastest-levenshtein';
import { trimEdges } from '../../../util/text/trim-edges.ts';

export interface RobotsLine {
  /** Name of the field in lower case, as the standard spells it. */
  readonly key: string;
  readonly value: string;
}

/** Names by their letters, and how many of these may be wrong. */
const NAMES: ReadonlyMap<string, { readonly key: string; readonly slack: number }> = new Map([
  ['useragent', { key: 'user-agent', slack: 2 }],
  ['disallow', { key: 'disallow', slack: 2 }],
  ['allow', { key: 'allow', slack: 1 }],
  ['crawldelay', { key: 'crawl-delay', slack: 2 }],
  ['contentsignal', { key: 'content-signal', slack: 1 }],
  ['contentusage', { key: 'content-usage', slack: 1 }],
]);
const LONGEST_NAME = 16;

/** Unicode and other tools have further ends of lines. */
const LINE_END = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/;
/** What begins the next field in a line: its end was lost, or written as `\n`. A path holds no white space. */
const NEXT_FIELD = /(?:\s|(?:\\r)?\\n)(?=(?:user-?agent|disallow|allow|sitemap|crawl-delay)\s{0,9}[:：])/i;
/** Zero width characters, direction marks, soft hyphens. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
/** Google's parser takes two words for a line whose colon is missing. */
const WITHOUT_COLON = /^(user-agent|allow|disallow)\s+(\S+)$/i;

export function readLines(text: string): readonly RobotsLine[] {
  return text
    .replace(INVISIBLE, '')
    .split(LINE_END)
    .flatMap((line) => (line.split('#', 1)[0] ?? '').split(NEXT_FIELD))
    .flatMap((line) => readLine(line.trim()) ?? []);
}

function readLine(line: string): RobotsLine | undefined {
  const colon = line.search(/[:：]/);
  const [, name, path = ''] = colon === -1 ? (WITHOUT_COLON.exec(line) ?? []) : [];
  if (name !== undefined) return { key: name.toLowerCase(), value: path };
  if (colon === -1) return undefined;
  const before = withoutTags(line.slice(0, colon));
  const key = fieldName(before);
  if (key === undefined) return undefined;
  return { key, value: withoutWrapping(line.slice(colon + 1), before.trim()) };
}

/** Editors of pages put each line into tags. Text in front of the name is no markup, and the line no field. */
function withoutTags(text: string): string {
  return text.includes('<') ? text.replace(/<[^<>]*>/g, '') : text;
}

/** Bullets and quotes in front of a name. */
const IN_FRONT = /["'“‘`>*•·\s-]/;

/** The field that a name stands for: dashes, underscores and spaces in it do not count, and typing errors are few. */
function fieldName(text: string): string | undefined {
  const name = trimEdges(text, IN_FRONT).toLowerCase();
  if (name.length > 2 * LONGEST_NAME || !/^[a-z][a-z_\s\p{Pd}]*$/u.test(name)) return undefined;
  const letters = name.replace(/[^a-z]/g, '');
  const exact = NAMES.get(letters);
  if (exact !== undefined) return exact.key;
  if (letters.length < 4 || letters.length > LONGEST_NAME) return undefined;
  for (const [word, { key, slack }] of NAMES)
    if (letters[0] === word[0] && distance(letters, word) <= slack) return key;
  return undefined;
}

/** The value without tags behind it, and without the quote that was opened in front of the name. */
function withoutWrapping(text: string, before: string): string {
  const value = withoutTags(text).trim();
  return /^["'“‘`]/.test(before) ? trimEdges(value, /["'”’`,\s]/) : value;
}
