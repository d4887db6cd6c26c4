/** Finds what a site generator would run in a post: shortcodes of Hugo and Zola, tags of Liquid and Nunjucks, components of MDX. Pure. */

import type { Range } from '../../../../util/text/markdown.ts';

export interface Call extends Range {
  readonly kind: 'open' | 'close' | 'alone' | 'value' | 'literal';
  readonly name: string;
  readonly words: readonly string[];
  readonly named: Readonly<Record<string, string>>;
  /** What stands between its signs. */
  readonly inner: string;
}

const LONGEST = 4000;
const CLOSINGS: Readonly<Record<string, string>> = { '{{<': '>}}', '{{%': '%}}', '{%': '%}', '{{': '}}' };

/** All calls in their order. `values`: what the names of a component's braces stand for. */
export function callsIn(text: string, values: ReadonlyMap<string, string>): readonly Call[] {
  const calls: Call[] = [];
  const opening = /\{\{[<%]|\{%|\{\{|<\/?(?=[A-Z])/g;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const [sign] = found;
    const call = sign.startsWith('<') ? componentAt(text, found.index, values) : templateAt(text, found.index, sign);
    if (call === undefined) continue;
    calls.push(call);
    opening.lastIndex = call.end;
  }
  return calls;
}

function templateAt(text: string, start: number, sign: string): Call | undefined {
  const closing = CLOSINGS[sign] ?? '';
  const at = text.slice(start, start + LONGEST).indexOf(closing, sign.length);
  if (at === -1) return undefined;
  const whole = { start, end: start + at + closing.length };
  const written = text.slice(start + sign.length, start + at);
  if (/^\/\*[\s\S]*\*\/$/.test(written))
    return { ...whole, kind: 'literal', name: '', words: [], named: {}, inner: sign + written.slice(2, -2) + closing };
  const inner = written.replace(/^-|-$/g, '').trim();
  const [, slash = '', end = '', name = ''] = /^(\/?)\s{0,9}(end(?=[a-z_]|$))?_?([\w.-]{0,80})/.exec(inner) ?? [];
  const rest = inner.slice(inner.indexOf(name) + name.length).replace(/\/$/, '');
  const isEnd = slash !== '' || (sign === '{%' && end !== '');
  const kind = isEnd ? 'close' : inner.endsWith('/') ? 'alone' : sign === '{{' ? 'value' : 'open';
  return { ...whole, kind, name: isEnd ? name : end + name, inner, ...argumentsIn(rest) };
}

/** `name="value"`, `name: value`, `"value"` and bare words. */
function argumentsIn(text: string): Pick<Call, 'words' | 'named'> {
  const words: string[] = [];
  const named: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    // input: at most 4000 characters
    const [token = '', name, quoted, single, bare] =
      /^(?:([A-Za-z_][\w-]{0,60})\s{0,9}(?:=|:(?!\/\/))\s{0,9})?(?:"([^"]*)"|'([^']*)'|([^\s,()"']+))/.exec(
        text.slice(at),
      ) ?? [];
    const value = quoted ?? single ?? bare;
    if (value !== undefined && name !== undefined) named[name.toLowerCase()] = value;
    else if (value !== undefined) words.push(value);
    at += Math.max(1, token.length);
  }
  return { words, named };
}

/** `<Name …>`, `<Name … />` or `</Name>`; undefined where it does not end like one. */
function componentAt(text: string, start: number, values: ReadonlyMap<string, string>): Call | undefined {
  const source = text.slice(start, start + LONGEST);
  const [head = '', slash, name = ''] = /^<(\/?)([A-Z][\w.]{0,80})/.exec(source) ?? [];
  const named: Record<string, string> = {};
  let at = head.length;
  while (at < source.length) {
    const [ending] = /^\s{0,200}\/?>/.exec(source.slice(at)) ?? [];
    if (ending !== undefined) {
      const kind = slash === '/' ? 'close' : ending.includes('/') ? 'alone' : 'open';
      const end = start + at + ending.length;
      return { start, end, kind, name, words: [], named, inner: source.slice(1, at) };
    }
    const [member = '', attribute = '', quoted, single] =
      /^\s{1,200}(?:([\w:@.-]{1,80})(?:=(?:"([^"]*)"|'([^']*)'|(?=\{))?)?|(?=\{))/.exec(source.slice(at)) ?? [];
    if (member === '') return undefined;
    at += member.length;
    const braces = source[at] === '{' ? braceEnd(source, at) : at;
    if (braces === undefined) return undefined;
    named[attribute.toLowerCase()] = quoted ?? single ?? literalOf(source.slice(at + 1, braces - 1), values) ?? '';
    at = braces;
  }
  return undefined;
}

/** Behind the brace that closes this one. */
export function braceEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < Math.min(text.length, start + LONGEST); at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** The text that an expression of JavaScript stands for, if it is no more than that. */
export function literalOf(expression: string, values: ReadonlyMap<string, string>): string | undefined {
  const word = expression.trim();
  const [, quoted] = /^["'`]([^"'`$]*)["'`]$/.exec(word) ?? [];
  return quoted ?? (/^\d+$/.test(word) ? word : values.get(word.replace(/\.src$/, '')));
}
