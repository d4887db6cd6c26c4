/** Keeps the form of a text for the terminal while its words change: lines, indentation, marks, and columns by their width. Pure. */

import stringWidth from 'string-width';

export interface Sayings {
  /** A whole line or cell, when it is a message. */
  readonly whole: (text: string) => string | undefined;
  /** As much of a text as is known. */
  readonly part: (text: string) => string;
}

/** An error code, a list's file and line, an address, a mark: what stands before a message. */
const LEAD = /^(?:\s|[→✓!✗-] |[A-Z][A-Z0-9_]{3,40}: |[^\s:]{1,300}:\d{1,9}: |https?:\/\/[^\s]{1,2000}: )+/;
const JSON_LINE = /^\s*[[{]["{[\]}]/;

export function inLines(text: string, sayings: Sayings, polish: (line: string) => string): string {
  return text
    .split('\n')
    .map((line) => (JSON_LINE.test(line) || !/[a-z]/i.test(line) ? line : polish(inLine(line, sayings))))
    .join('\n');
}

function inLine(line: string, sayings: Sayings): string {
  const lead = LEAD.exec(line)?.[0] ?? '';
  const rest = line.slice(lead.length);
  return lead + (sayings.whole(rest) ?? inCells(rest, sayings));
}

/** Columns are parted by two spaces or more, or by a rule; a column begins where it began, unless the text before it has become too wide. */
function inCells(line: string, sayings: Sayings): string {
  let out = '';
  let surplus = 0;
  for (const [index, part] of line.split(/( {2,}| ?│[ │]*)/).entries()) {
    if (index % 2 === 1) {
      const spaces = part.length - part.trimStart().length;
      const kept = Math.max(part.includes('│') ? Math.min(1, spaces) : 2, spaces - surplus);
      surplus -= spaces - kept;
      out += ' '.repeat(kept) + part.trimStart();
      continue;
    }
    const said = inParts(part, sayings);
    surplus += stringWidth(said) - stringWidth(part);
    out += said;
  }
  return out;
}

function inParts(cell: string, sayings: Sayings): string {
  return (
    sayings.whole(cell) ??
    cell
      .split(/( [·|] )/)
      .map((part, index) => (index % 2 === 1 ? part : sayings.part(part)))
      .join('')
  );
}
