/** Small charts as inline SVG: sizes by d3-scale, colours by the page's style sheet, readable by a screen reader. Pure. */

import { scaleBand, scaleLinear } from 'd3-scale';
import { escapeHtml } from '../../util/escape-html.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
}

export interface ChartOptions {
  /** What the chart shows, in a sentence. */
  readonly title: string;
  readonly format: (value: number) => string;
}

const WIDTH = 640;
const ROW = 26;
const HEIGHT = 200;

/** Horizontal bars, for names. */
export function barChart(bars: readonly Bar[], { title, format }: ChartOptions): string {
  const height = bars.length * ROW + 4;
  const x = scaleLinear([0, largest(bars)], [0, WIDTH - 300]);
  const y = scaleBand(
    bars.map(({ label }) => label),
    [0, height],
  ).padding(0.25);
  const rows = bars.map(({ label, value }) => {
    const top = y(label) ?? 0;
    const middle = top + y.bandwidth() / 2;
    return `<text x="190" y="${round(middle)}" text-anchor="end">${escapeHtml(shortened(label))}</text><rect x="200" y="${round(top)}" width="${round(Math.max(1, x(value)))}" height="${round(y.bandwidth())}"/><text x="${round(206 + x(value))}" y="${round(middle)}">${escapeHtml(format(value))}</text>`;
  });
  return svg(height, title, bars, format, rows);
}

/** Vertical bars, for an order: days, classes of a histogram. */
export function columnChart(bars: readonly Bar[], { title, format }: ChartOptions): string {
  const y = scaleLinear([0, largest(bars)], [HEIGHT - 30, 20]).nice(4);
  const x = scaleBand(
    bars.map(({ label }) => label),
    [60, WIDTH],
  ).padding(0.2);
  const lines = y
    .ticks(4)
    .map(
      (tick) =>
        `<line x1="60" x2="${WIDTH}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text x="54" y="${round(y(tick))}" text-anchor="end">${escapeHtml(format(tick))}</text>`,
    );
  const every = Math.ceil(bars.length / 12);
  const columns = bars.map(({ label, value }, index) => {
    const left = x(label) ?? 0;
    const name =
      index % every === 0
        ? `<text${index % 2 === 1 ? ' class="minor"' : ''} x="${round(left + x.bandwidth() / 2)}" y="${HEIGHT - 12}" text-anchor="middle">${escapeHtml(shortened(label))}</text>`
        : '';
    return `<rect x="${round(left)}" y="${round(y(value))}" width="${round(x.bandwidth())}" height="${round(y(0) - y(value))}"/>${name}`;
  });
  return svg(HEIGHT, title, bars, format, [...lines, ...columns]);
}

function svg(height: number, title: string, bars: readonly Bar[], format: (value: number) => string, parts: readonly string[]): string {
  const told = `${title}: ${bars.map(({ label, value }) => `${label} ${format(value)}`).join(', ')}`;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(told)}">${parts.join('')}</svg>`;
}

function largest(bars: readonly Bar[]): number {
  return Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
}

function shortened(label: string): string {
  return label.length > 22 ? `${label.slice(0, 21)}…` : label;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
