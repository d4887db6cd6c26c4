/** Cards and bars of characters. Pure; labels must be safe for a terminal. */

export interface TextBar {
  readonly label: string;
  readonly value: number;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const MAX_CELLS = 40;
const LONGEST_LABEL = 32;

/** One bar per line: name, bar, figure; within `width` columns. Empty if all are zero. */
export function barLines(
  bars: readonly TextBar[],
  { width, format }: { readonly width: number; readonly format: (value: number) => string },
): string[] {
  const largest = Math.max(0, ...bars.map(({ value }) => value));
  if (largest === 0) return [];
  const labelWidth = Math.min(LONGEST_LABEL, Math.max(...bars.map(({ label }) => label.length)));
  const figureWidth = Math.max(...bars.map(({ value }) => format(value).length));
  const cells = Math.max(4, Math.min(MAX_CELLS, width - labelWidth - figureWidth - 6));
  return bars.map(
    ({ label, value }) =>
      `  ${cut(label, labelWidth).padEnd(labelWidth)}  ${bar((value / largest) * cells).padEnd(cells)}  ${format(value).padStart(figureWidth)}`,
  );
}

function bar(cells: number): string {
  const eighths = Math.round(cells * 8);
  return eighths === 0 && cells > 0 ? '▏' : `${'█'.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8] ?? ''}`;
}

/** Framed figures side by side, as many in a row as fit. */
export function cardLines(cards: readonly (readonly [name: string, value: string])[], width: number): string[] {
  const inner = Math.max(...cards.flat().map((text) => text.length));
  const perRow = Math.max(1, Math.floor((width + 1) / (inner + 5)));
  const rows = Array.from({ length: Math.ceil(cards.length / perRow) }, (_, row) =>
    cards.slice(row * perRow, (row + 1) * perRow),
  );
  const line = (row: typeof cards, draw: (card: (typeof cards)[number]) => string) => row.map(draw).join(' ');
  return rows.flatMap((row) => [
    line(row, () => `┌${'─'.repeat(inner + 2)}┐`),
    line(row, ([, value]) => `│ ${value.padEnd(inner)} │`),
    line(row, ([name]) => `│ ${name.padEnd(inner)} │`),
    line(row, () => `└${'─'.repeat(inner + 2)}┘`),
  ]);
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
