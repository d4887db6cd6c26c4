/** JSON values that a model's text may contain, the most likely first. Avoids a second request for anything readable. */

import { jsonrepair } from 'jsonrepair';

/** Wrappers such as `{"post": {…}}`, `[{…}]` and a JSON text inside a JSON text. */
const DEEPEST = 4;
/** Maximum objects tried per answer; reasoning text may contain many small ones. */
const MAX_OBJECTS = 40;
/** Characters read in the search for objects: thousands of braces that nothing closes would be read thousands of times. */
const MAX_SCANNED = 20_000_000;

/**
 * The whole text first, then its objects from the last to the first, since thoughts and drafts stand before the answer; each as it is and
 * repaired (raw line breaks, trailing commas, single quotes, comments). An object that breaks off is never completed.
 */
export function* jsonValues(text: string): Generator<unknown> {
  const answer = afterThoughts(text).trim();
  const whole = parse(answer);
  if (whole !== undefined) yield* unwrapped(whole, 0);
  const found = objectsIn(answer);
  for (const source of found) {
    const value = parse(source);
    if (value !== undefined) yield* unwrapped(value, 0);
  }
  for (const source of [...found, ...wholeObject(answer)]) {
    const value = repaired(source);
    if (value !== undefined) yield* unwrapped(value, 0);
  }
  if (answer !== text.trim()) yield* jsonValues(text.slice(0, text.length - answer.length)); // nothing after the reasoning text
}

/** The text after the last end mark of reasoning: `</think>`, `[/THINK]`, `<|channel|>final<|message|>` and similar. Reasoning text needs no opening mark. */
export function afterThoughts(text: string): string {
  const marks = [
    ...text.matchAll(
      /<\/(?:\w{0,20}think\w{0,20}|reason\w{0,20}|reflection|scratchpad)>|\[\/think\w*\]|<\|channel\|>\s*final[^<]*<\|message\|>|◁\/think▷/gi,
    ),
  ];
  const last = marks.at(-1);
  const rest = last === undefined ? text : text.slice(last.index + last[0].length);
  return rest.trim() === '' ? text : rest;
}

/** Balanced objects of the outermost level, the last one first. */
function objectsIn(text: string): readonly string[] {
  const found: string[] = [];
  let scanned = 0;
  for (let start = text.indexOf('{'); start !== -1 && scanned < MAX_SCANNED; ) {
    const end = endOfObject(text, start);
    scanned += (end ?? text.length) - start;
    if (end !== undefined) found.push(text.slice(start, end));
    start = text.indexOf('{', end ?? start + 1);
  }
  return found.reverse().slice(0, MAX_OBJECTS);
}

/** Index behind the brace that closes the one at `start`; braces inside texts do not count. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inText = false;
  for (let index = start; index < text.length; index += 1) {
    const char = text[index];
    if (inText) {
      if (char === '\\') index += 1;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return undefined;
}

/** From the first brace that opens an object to a brace at the very end: quotes inside may be unescaped, so that braces cannot be counted. */
function wholeObject(text: string): readonly string[] {
  const plain = text
    .trimEnd()
    .replace(/(?:```|~~~)$/, '')
    .trimEnd();
  const start = plain.search(/\{\s*["'“\w]/);
  if (start === -1 || !plain.endsWith('}')) return [];
  const inner = plain.slice(0, -1).trimEnd().replace(/,$/, '').trimEnd();
  return /["'”\]\w}]$/.test(inner) ? [plain.slice(start)] : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // try the next way of reading it
  }
}

/** Control characters that JSON texts cannot hold, and that no text needs; line breaks and tabs are repaired. */
const CONTROLS = /[\x00-\x07\x0b\x0e-\x1f\x7f]/g;

function repaired(text: string): unknown {
  try {
    return JSON.parse(jsonrepair(text.replace(CONTROLS, '')));
  } catch {
    return undefined; // it is prose in braces
  }
}

/** The value, and what it wraps: members of objects and lists, and texts that hold JSON. */
function* unwrapped(value: unknown, depth: number): Generator<unknown> {
  if (typeof value === 'string') {
    if (depth < DEEPEST && /^\s*(?:```\w*\s*)?[[{"]/.test(value)) yield* jsonValuesOf(value, depth + 1);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  yield value;
  if (depth >= DEEPEST) return;
  const inner = Array.isArray(value) ? [...value].reverse() : Object.values(value);
  for (const member of inner) yield* unwrapped(member, depth + 1);
}

function* jsonValuesOf(text: string, depth: number): Generator<unknown> {
  const value = parse(text) ?? repaired(text);
  if (value !== undefined && value !== text) yield* unwrapped(value, depth);
}
