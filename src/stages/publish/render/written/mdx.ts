/** What is JavaScript in a post of MDX. Pure. */

import { fencedLines } from '../../../../util/text/fences.ts';
import { type Range, splice } from '../../../../util/text/markdown.ts';
import { braceEnd, literalOf } from './calls.ts';
import { codeTest, type Settled } from './settle-calls.ts';

/** By its file's name, or since it imports what it then shows: Docusaurus reads `.md` as MDX too. */
export function isMdx(markdown: string, file: string): boolean {
  if (/\.mdx(?:\.draft)?$/i.test(file)) return true;
  const lines = markdown.split('\n');
  const fenced = fencedLines(lines);
  const names = lines.flatMap((line, at) => {
    const [, name] = fenced[at] === true ? [] : (/^import \{? ?([A-Z]\w*)/.exec(line) ?? []);
    return name !== undefined && / from ["']/.test(line) ? [name] : [];
  });
  return names.some((name) => markdown.includes(`<${name}`));
}

/** Without the lines that import and export; an import of a picture says what its name in braces stands for. */
export function withoutModules(markdown: string): {
  readonly text: string;
  readonly values: ReadonlyMap<string, string>;
} {
  const values = new Map<string, string>();
  let isModule = false;
  let isOpen = false;
  let before = '';
  const lines = markdown.split('\n').map((line) => {
    if (line.startsWith('```')) isOpen = !isOpen;
    isModule =
      line.trim() !== '' && (isModule || (!isOpen && before.trim() === '' && /^(?:import|export)\s/.test(line)));
    before = line;
    if (!isModule) return line;
    const [, name, path] = /^import ([\w$]{1,80}) from ["']([^"']+)["']/.exec(line) ?? [];
    if (name !== undefined && path !== undefined) values.set(name, path);
    return '';
  });
  return { text: lines.join('\n'), values };
}

/** Braces of MDX: a text is itself, a calculation is lost. */
export function settleExpressions(text: string, values: ReadonlyMap<string, string>): Settled {
  const isCode = codeTest(text);
  const pieces: (Range & { readonly by: string })[] = [];
  const lost: string[] = [];
  for (let at = text.indexOf('{'); at !== -1; at = text.indexOf('{', at + 1)) {
    const end = braceEnd(text, at);
    if (end === undefined || text[at - 1] === '\\' || isCode({ start: at, end })) continue;
    const literal = literalOf(text.slice(at + 1, end - 1), values);
    if (literal === undefined) lost.push(text.slice(at, end));
    pieces.push({ start: at, end, by: literal ?? '' });
    at = end - 1;
  }
  return { text: splice(text, pieces), lost };
}
