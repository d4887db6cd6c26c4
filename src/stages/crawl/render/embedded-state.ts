/** Extracts text from application state embedded in a page (`__NEXT_DATA__`, `__NUXT_DATA__`, Apollo and similar): cheaper than a browser. Pure. */

import { findProse } from './find-prose.ts';
import { reviveFlatData } from './flat-data.ts';
import { readScriptValue } from './script-literal.ts';

const MAX_STATE_CHARS = 2_000_000;
const MIN_TEXT_CHARS = 400;
const MAX_STATES = 12;
/** `window.__APOLLO_STATE__ = {…}` and similar: a name in capitals or underscores, then data, also as a function that is called at once (Nuxt 2). */
const ASSIGNMENT =
  /(?:window|self|globalThis)(?:\.|\[["'])(__[A-Za-z_]+__|[A-Z_]{8,})(?:["']\])?\s*=\s*(?=[{[]|JSON\.parse\(|[(!]{0,2}function)/g;

/** The document with the article from its state inserted into the body; undefined when its state has none. */
export function withEmbeddedText(html: string): string | undefined {
  const best = readStates(html.slice(0, 2 * MAX_STATE_CHARS))
    .map(findProse)
    .sort((a, b) => b.chars - a.chars)[0];
  if (best === undefined || best.chars < MIN_TEXT_CHARS) return undefined;
  const title = best.title === undefined ? '' : `<h1>${escapeText(best.title)}</h1>`;
  const article = `<article>${title}${best.blocks.map(toHtml).join('\n')}</article>`;
  const end = html.search(/<\/body\s*>/i);
  return end === -1 ? `${html}${article}` : `${html.slice(0, end)}${article}${html.slice(end)}`;
}

function readStates(html: string): readonly unknown[] {
  const states: unknown[] = [];
  for (const { attributes, body } of scriptsOf(html)) {
    if (!/type\s*=\s*["']?application\/json/i.test(attributes) && !/id\s*=\s*["']?__\w+__/i.test(attributes)) continue;
    const value = parse(body);
    states.push(Array.isArray(value) && /__NUXT_DATA__/.test(attributes) ? reviveFlatData(value) : value);
  }
  for (const match of html.matchAll(ASSIGNMENT)) {
    const from = match.index + match[0].length;
    const isQuoted = html.startsWith('JSON.parse(', from);
    states.push(isQuoted ? parseQuoted(html, from + 11) : (parse(balanced(html, from)) ?? readScriptValue(html, from)));
    if (states.length >= MAX_STATES) break;
  }
  return states.filter((state) => typeof state === 'object' && state !== null);
}

/** Script elements; the content ends at the first closing tag. */
function* scriptsOf(html: string): Generator<{ readonly attributes: string; readonly body: string }> {
  for (let at = html.indexOf('<script'); at !== -1; ) {
    const open = html.indexOf('>', at);
    const close = open === -1 ? -1 : html.indexOf('</script', open);
    if (close === -1) return;
    if (open - at < 500) yield { attributes: html.slice(at, open), body: html.slice(open + 1, close) };
    at = html.indexOf('<script', close);
  }
}

/** `JSON.parse("{\"a\":1}")`: a string literal that holds JSON. */
function parseQuoted(html: string, from: number): unknown {
  const quote = html[from];
  if (quote !== '"') return undefined;
  let at = from + 1;
  for (; at < html.length && at - from < MAX_STATE_CHARS && html[at] !== quote; at += 1) if (html[at] === '\\') at += 1;
  const text = parse(html.slice(from, at + 1));
  return typeof text === 'string' ? parse(text) : undefined;
}

/** The object or array literal that begins at `from`, by its brackets outside of strings. */
function balanced(html: string, from: number): string {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < html.length && at - from < MAX_STATE_CHARS; at += 1) {
    const character = html[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return html.slice(from, at + 1);
    }
  }
  return '';
}

function parse(text: string): unknown {
  if (text.length > MAX_STATE_CHARS) return undefined;
  try {
    return JSON.parse(text.replaceAll('undefined', 'null'));
  } catch {
    return undefined; // a program, not data
  }
}

function toHtml(block: string): string {
  if (/<(p|h[1-6]|ul|ol|div|section|figure|blockquote)\b[^<>]*>/i.test(block)) return block;
  return block
    .split(/\n{2,}|\r?\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => (/<\w[^<>]*>/.test(part) ? `<p>${part}</p>` : `<p>${escapeText(part)}</p>`))
    .join('\n');
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
