/** Lines of PDF pages to Markdown paragraphs. Pure. */

export interface PdfLine {
  readonly text: string;
  /** Distance from the baseline to the bottom of the page. */
  readonly y: number;
  /** Height of the letters. */
  readonly size: number;
}

/** A gap above a line of this many times the usual one begins a paragraph. */
const GAP = 1.45;
/** Letters of this many times the text's height are a heading. */
const HEADING = 1.18;
const MAX_HEADING_CHARS = 150;

/** Paragraphs and headings of all pages, `[Page 2]` where the second begins, without lines that stand on most pages. */
export function layOut(pages: readonly (readonly PdfLine[])[]): string {
  const repeated = repeatedLines(pages);
  const kept = pages.map((lines) => lines.filter(({ text }) => !repeated.has(shapeOf(text))));
  const all = kept.flat();
  const body = quantile(
    all.map(({ size }) => size),
    0.5,
  );
  // Most gaps are those between lines of a paragraph; in a sparse document only the smallest are.
  const step = quantile(
    kept.flatMap((lines) => gapsOf(lines).filter((gap) => gap > 0)),
    0.25,
  );
  return kept
    .flatMap((lines, index) => {
      const blocks = blocksOf(lines, { body, step });
      return [...(pages.length > 1 && index > 0 && blocks.length > 0 ? [`[Page ${index + 1}]`] : []), ...blocks];
    })
    .join('\n\n');
}

function blocksOf(
  lines: readonly PdfLine[],
  { body, step }: { readonly body: number; readonly step: number },
): string[] {
  const blocks: string[] = [];
  const gaps = gapsOf(lines);
  let current = '';
  let isHeading = false;
  const end = () => {
    if (current !== '') blocks.push(isHeading ? `## ${current}` : escapeStart(current));
    current = '';
  };
  for (const [index, { text, size }] of lines.entries()) {
    const gap = gaps[index] ?? 0;
    const heading = size > body * HEADING && text.length <= MAX_HEADING_CHARS;
    if (heading !== isHeading || gap > step * GAP || gap < 0 || (heading && gap > size * 2)) end();
    isHeading = heading;
    current = joined(current, text);
  }
  end();
  return blocks;
}

/** A hyphen at the end of a line splits a word if the next line continues in lower case. */
function joined(before: string, line: string): string {
  if (before === '') return line;
  return /\p{L}-$/u.test(before) && /^\p{Ll}/u.test(line) ? before.slice(0, -1) + line : `${before} ${line}`;
}

/** Text that Markdown would read as a heading, a list or a rule stays text. */
function escapeStart(paragraph: string): string {
  return paragraph.replace(/^([#>]|[-+*](?=\s)|\d{1,9}(?=[.)]\s))/, (mark) => (/\d/.test(mark) ? mark : `\\${mark}`));
}

function gapsOf(lines: readonly PdfLine[]): number[] {
  return lines.map(({ y }, index) => (lines[index - 1]?.y ?? y) - y);
}

/** Headers and footers: the first and last lines of pages that are the same, but for numbers, on at least half of three or more pages. */
function repeatedLines(pages: readonly (readonly PdfLine[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    const edges = new Set([...lines.slice(0, 2), ...lines.slice(-2)].map(({ text }) => shapeOf(text)));
    for (const shape of edges) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const enough = Math.max(3, pages.length / 2);
  return new Set([...counts].flatMap(([shape, count]) => (count >= enough ? [shape] : [])));
}

function shapeOf(text: string): string {
  return text.replace(/\d+/g, '0').toLowerCase();
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}
