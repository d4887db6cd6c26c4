/** Citation marks such as `[1]` and `[1, 3]`: they name the sources of a paragraph in a post of several sources. Pure. */

import type { Draft, Fact, Finding } from '../../../core/types.ts';
import { fencedLines } from '../../../util/text/fences.ts';

const CITATION = /\s?\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\](?!\[(?!\d)|[(:])/g;

/** Findings for citations of the wrong source, missing citations, and citations of sources that do not exist. */
export function checkCitations({ content: { body }, brief: { articles } }: Draft, facts: readonly Fact[]): Finding[] {
  if (articles.length < 2) return [];
  return [...unknownSources(body, articles.length), ...facts.flatMap(citationFinding)];
}

function unknownSources(body: string, count: number): Finding[] {
  const firstLines = new Map<number, number>();
  for (const [index, cited = []] of citationsByLine(body).entries())
    for (const id of cited) if ((id < 1 || id > count) && !firstLines.has(id)) firstLines.set(id, index + 1);
  return [...firstLines].map(([id, line]) => ({
    rule: 'unknown-source',
    severity: 'error',
    message: `A paragraph names source [${id}], but there are ${count}`,
    fix: `Name one of [1] to [${count}].`,
    line,
  }));
}

function citationFinding({ kind, raw, line, sentence, source, cited }: Fact): Finding[] {
  if (line === undefined || source === undefined || cited === undefined) return [];
  const id = source.article + 1;
  if (cited.includes(id)) return [];
  const at = { severity: kind === 'name' ? ('warning' as const) : ('error' as const), line, excerpt: sentence };
  if (cited.length > 0) {
    const named = cited.map((one) => `[${one}]`).join(', ');
    const message = `The ${kind} "${raw}" is not in ${named} as its paragraph says, but in [${id}]`;
    return [{ ...at, rule: 'wrong-source', message, fix: `Name [${id}] at the end of the paragraph.` }];
  }
  if (kind === 'name') return [];
  return [
    {
      ...at,
      rule: 'no-source',
      message: `The paragraph of the ${kind} "${raw}" names no source`,
      fix: `End it with [${id}].`,
    },
  ];
}

/** The cited source numbers of each line, 1-based: its own, otherwise those of its paragraph; undefined where no citation is needed. */
export function citationsByLine(body: string): (readonly number[] | undefined)[] {
  const lines = body.split('\n');
  const cited: (readonly number[] | undefined)[] = [];
  const fenced = fencedLines(lines);
  let start = 0;
  const endBlock = (end: number) => {
    const block = lines.slice(start, end).flatMap(citationsOf);
    for (let line = start; line < end; line += 1) {
      const own = citationsOf(lines[line] ?? '');
      cited[line] = own.length > 0 ? own : block;
    }
    start = end;
  };
  for (const [index, line] of lines.entries()) {
    const standsAlone = fenced[index] === true || line.trim() === '' || /^ {0,3}#{1,6}\s/.test(line);
    if (!standsAlone) continue;
    endBlock(index);
    cited[index] = undefined;
    start = index + 1;
  }
  endBlock(lines.length);
  return cited;
}

export function withoutCitations(text: string): string {
  return text.replace(CITATION, '');
}

function citationsOf(line: string): number[] {
  return [...line.matchAll(CITATION)].flatMap(([, ids = '']) => ids.split(',').map(Number));
}
