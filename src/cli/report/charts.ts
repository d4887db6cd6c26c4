/** Small charts as inline SVG: sizes by d3-scale, colours by the page's style sheet, readable by a screen reader. Pure. */

import { scaleBand, scaleLinear } from 'd3-scale';
import { escapeHtml } from '../../util/text/escape-html.ts';

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
/** Space for bar names and axis labels, also at the larger font size of a phone. */
const NAMES = 270;
const AXIS = 88;
const LONGEST_NAME = 26;

/** Horizontal bars, for categories. */
export function barChart(bars: readonly Bar[], { title, format }: ChartOptions): string {
  const height = bars.length * ROW + 4;
  const x = scaleLinear([0, largest(bars)], [0, WIDTH - NAMES - 100]);
  const y = scaleBand(
    bars.map(({ label }) => label),
    [0, height],
  ).padding(0.25);
  const axis = `<line class="axis" x1="${NAMES}" x2="${NAMES}" y1="0" y2="${height}"/>`;
  const rows = bars.map(({ label, value }) => {
    const top = y(label) ?? 0;
    const middle = top + y.bandwidth() / 2;
    return `<text x="${NAMES - 10}" y="${round(middle)}" text-anchor="end">${escapeHtml(shortened(label))}</text><rect x="${NAMES}" y="${round(top)}" width="${round(Math.max(1, x(value)))}" height="${round(y.bandwidth())}"/><text x="${round(NAMES + 6 + x(value))}" y="${round(middle)}">${escapeHtml(format(value))}</text>`;
  });
  return svg(height, title, bars, format, [...rows, axis]);
}

/** Vertical bars, for ordered values: days, histogram bins. */
export function columnChart(bars: readonly Bar[], { title, format }: ChartOptions): string {
  const y = scaleLinear([0, largest(bars)], [HEIGHT - 30, 20]).nice(4);
  const x = scaleBand(
    bars.map(({ label }) => label),
    [AXIS, WIDTH],
  ).padding(0.2);
  const lines = y
    .ticks(4)
    .map(
      (tick) =>
        `<line x1="${AXIS}" x2="${WIDTH}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text x="${AXIS - 6}" y="${round(y(tick))}" text-anchor="end">${escapeHtml(format(tick))}</text>`,
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
  const axes = `<line class="axis" x1="${AXIS}" x2="${AXIS}" y1="20" y2="${round(y(0))}"/><line class="axis" x1="${AXIS}" x2="${WIDTH}" y1="${round(y(0))}" y2="${round(y(0))}"/>`;
  return svg(HEIGHT, title, bars, format, [...lines, ...columns, axes]);
}

function svg(
  height: number,
  title: string,
  bars: readonly Bar[],
  format: (value: number) => string,
  parts: readonly string[],
): string {
  const description = `${title}: ${bars.map(({ label, value }) => `${label} ${format(value)}`).join(', ')}`;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(description)}">${parts.join('')}</svg>`;
}

function largest(bars: readonly Bar[]): number {
  return Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
}

/** Shortens in the middle, because model names differ at their ends. */
function shortened(label: string): string {
  return label.length > LONGEST_NAME
    ? `${label.slice(0, LONGEST_NAME / 2 - 1)}…${label.slice(-LONGEST_NAME / 2)}`
    : label;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
