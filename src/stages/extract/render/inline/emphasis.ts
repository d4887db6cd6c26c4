/**
 * Delimiters that CommonMark reads as delimiters. Beside a letter a run of `*` opens or closes only where the character inside is no
 * punctuation (flanking rules, CommonMark 6.2), so `**배터리(LFP)**로` shows its asterisks. What stands in the way is moved outside.
 */

import { escapeText } from '../escape.ts';
import type { Marks } from './runs.ts';

const PAIRS: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '}': '{',
  '”': '“',
  '’': '‘',
  '」': '「',
  '』': '『',
  '》': '《',
  '〉': '〈',
  '）': '（',
  '】': '【',
  '»': '«',
  '"': '"',
  "'": "'",
};
const OPENERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(PAIRS).map(([close, open]) => [open, close]),
);

/** Marked text between what stands before and after it; both may be empty. */
export function emphasized(text: string, { strong, emphasis, strike }: Marks, before: string, after: string): string {
  const delimiter = `${strike ? '~~' : ''}${strong ? '**' : ''}${emphasis ? '*' : ''}`;
  if (delimiter === '') return escapeText(text);
  const [lead, core, tail] = split(text, before, after);
  // Letters on both sides of a delimiter of one kind join with it; nothing left to mark: plain.
  if (core === '' || /[*~]$/.test(before)) return escapeText(text);
  const closing = [...delimiter].reverse().join('');
  return `${escapeText(lead)}${delimiter}${escapeText(core)}${closing}${escapeText(tail)}`;
}

/** Lead, core and tail: the delimiters around the core flank it. */
function split(text: string, before: string, after: string): [string, string, string] {
  let core = text.trim();
  let lead = text.slice(0, text.length - text.trimStart().length);
  let tail = text.slice(text.trimEnd().length);
  for (let step = 0; step < 12 && core !== ''; step += 1) {
    const opens = flanks(lastOf(lead) ?? lastOf(before), firstOf(core));
    const closes = flanks(firstOf(tail) ?? firstOf(after), lastOf(core));
    if (opens && closes) return [lead, core, tail];
    const cut = isPair(core) ? PAIR : opens ? [0, tailLength(core)] : [leadLength(core), 0];
    const [front = 0, back = 0] = cut;
    lead += core.slice(0, front);
    tail = core.slice(core.length - back) + tail;
    core = core.slice(front, core.length - back);
    // White space inside the delimiters would undo them.
    lead += core.slice(0, core.length - core.trimStart().length);
    tail = core.slice(core.trimEnd().length) + tail;
    core = core.trim();
  }
  return ['', '', text];
}

function firstOf(text: string): string | undefined {
  const code = text.codePointAt(0);
  return code === undefined ? undefined : String.fromCodePoint(code);
}

function lastOf(text: string): string | undefined {
  return text === '' ? undefined : [...text.slice(-2)].at(-1);
}

/** A delimiter between `outer` and `inner` counts as one for the side of `inner`. */
function flanks(outer: string | undefined, inner: string | undefined): boolean {
  if (inner === undefined || /\s/.test(inner)) return false;
  if (!isPunctuation(inner)) return true;
  return outer === undefined || /\s/.test(outer) || isPunctuation(outer);
}

function isPunctuation(char: string): boolean {
  return /[\p{P}\p{S}]/u.test(char);
}

const PAIR: readonly number[] = [1, 1];

/** A pair of quotes or brackets around all of it. */
function isPair(core: string): boolean {
  const opener = PAIRS[lastOf(core) ?? ''];
  return opener !== undefined && core.length > 2 && core.startsWith(opener) && core.indexOf(opener, 1) === -1;
}

/** How much goes out at the end: a closing sign with what it closes, any other sign as often as it is repeated. */
function tailLength(core: string): number {
  const last = lastOf(core) ?? '';
  const opener = PAIRS[last];
  const at = opener === undefined ? -1 : core.lastIndexOf(opener, core.length - last.length - 1);
  if (at > 0) return core.length - at;
  let length = last.length;
  while (length < core.length && core.endsWith(last, core.length - length)) length += last.length;
  return length;
}

function leadLength(core: string): number {
  const first = firstOf(core) ?? '';
  const closer = OPENERS[first];
  const at = closer === undefined ? -1 : core.indexOf(closer, first.length);
  return at !== -1 && at < core.length - 1 ? at + 1 : first.length;
}
