/** A chart of a table that the source shows, where the post's own figures stand in it. Pure. */

import type { Table } from 'mdast';
import type { Article, Fact } from '../../core/types.ts';
import { parseBounded, plainText } from '../../util/text/markdown.ts';

export interface ChartRow {
  readonly label: string;
  readonly value: number;
  /** As the source writes it. */
  readonly written: string;
}

export interface Chart {
  /** What the column says it is. */
  readonly caption: string;
  /** Unit of all rows; empty for plain numbers. */
  readonly unit: string;
  readonly rows: readonly ChartRow[];
  readonly source: string;
}

const FEWEST_ROWS = 3;
const MOST_ROWS = 8;
/** Figures of the post that stand in the column. */
const FEWEST_SHARED = 2;

/** The column that most of the post's figures come from; undefined where no table carries two of them, or it cannot be drawn whole. */
export function chartOf(articles: readonly Article[], facts: readonly Fact[], lang: string): Chart | undefined {
  const separators = separatorsOf(lang);
  const figures = new Set(
    facts.flatMap(({ kind, raw, source }) =>
      kind === 'number' && source !== undefined ? (numberIn(raw, separators)?.value ?? []) : [],
    ),
  );
  if (figures.size < FEWEST_SHARED) return undefined;
  let best: { readonly chart: Chart; readonly shared: number } | undefined;
  for (const article of articles) {
    if (!article.markdown.includes('|')) continue;
    for (const table of tablesIn(article.markdown)) {
      for (const chart of columnsOf(table, article)) {
        const shared = chart.rows.filter(({ value }) => figures.has(value)).length;
        if (shared >= FEWEST_SHARED && shared > (best?.shared ?? 0)) best = { chart, shared };
      }
    }
  }
  return best?.chart;
}

function tablesIn(markdown: string): Table[] {
  return parseBounded(markdown).children.filter((node): node is Table => node.type === 'table');
}

function columnsOf(table: Table, { siteName, title, lang }: Article): Chart[] {
  const separators = separatorsOf(lang);
  const [head = [], ...rows] = table.children.map(({ children }) => children.map((cell) => plainText(cell).trim()));
  if (rows.length < FEWEST_ROWS || rows.length > MOST_ROWS) return [];
  return head.flatMap((caption, column) => {
    if (column === 0) return [];
    const cells = rows.map((row) => ({ label: row[0] ?? '', written: row[column] ?? '' }));
    const numbers = cells.map(({ written }) => numberIn(written, separators));
    const units = new Set(numbers.map((number) => number?.unit));
    if (numbers.includes(undefined) || units.size !== 1 || cells.some(({ label }) => label === '')) return [];
    return [
      {
        caption,
        unit: numbers[0]?.unit ?? '',
        rows: cells.map((cell, index) => ({ ...cell, value: numbers[index]?.value ?? 0 })),
        source: siteName ?? title,
      },
    ];
  });
}

/** A number as this language writes it, with its unit. */
function numberIn(
  written: string,
  { decimal, group }: Separators,
): { readonly value: number; readonly unit: string } | undefined {
  const [, sign = '', digits = '', unit = ''] =
    /^([-+−]?)(\d[\d.,'’\s]{0,30}(?<=\d))\s?(\D{0,12})$/.exec(written.trim()) ?? [];
  const [whole = '', fraction = '', ...more] = digits.split(decimal);
  const groups = whole.split(group);
  const isGrouped =
    groups.slice(1).every((part) => part.length === 3) && (groups[0]?.length ?? 0) <= (groups.length > 1 ? 3 : 30);
  const plain = groups.join('') + (fraction === '' ? '' : `.${fraction}`);
  if (digits === '' || more.length > 0 || !isGrouped || !/^\d+(?:\.\d+)?$/.test(plain)) return undefined;
  return { value: (sign === '-' || sign === '−' ? -1 : 1) * Number(plain), unit: unit.trim() };
}

interface Separators {
  readonly decimal: string;
  readonly group: string | RegExp;
}

function separatorsOf(lang: string): Separators {
  const known = Intl.NumberFormat.supportedLocalesOf(lang.replace(/^und$/, 'en').split('-', 1)[0] ?? 'en')[0] ?? 'en';
  const parts = new Intl.NumberFormat(known).formatToParts(1_234_567.8);
  const group = parts.find(({ type }) => type === 'group')?.value ?? ',';
  return {
    decimal: parts.find(({ type }) => type === 'decimal')?.value ?? '.',
    group: /\s/.test(group) ? /\s/ : group,
  };
}
