/** Parts of the report page: sections, tables and charts. Pure. */

import { escapeHtml } from '../../util/text/escape-html.ts';
import { formatCount } from '../../util/text/plural.ts';
import { type Bar, barChart, type columnChart } from './charts.ts';

/** Maximum rows of a table. */
const MAX_ROWS = 200;
const MAX_BARS = 20;

export function section(title: string, content: string): string {
  return content === '' ? '' : `<section><h2>${escapeHtml(title)}</h2>${content}</section>`;
}

export function chart(
  draw: typeof barChart | typeof columnChart,
  bars: readonly Bar[],
  title: string,
  format: (value: number) => string,
): string {
  if (bars.every(({ value }) => value === 0)) return '';
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${draw(draw === barChart ? bars.slice(0, MAX_BARS) : bars, { title, format })}</figure>`;
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const more =
    rows.length > MAX_ROWS
      ? `<p>… and ${formatCount(rows.length - MAX_ROWS)} more: <code>blogger stats --json</code></p>`
      : '';
  const body = rows
    .slice(0, MAX_ROWS)
    .map(([first = '', ...cells]) => `<tr><th scope="row">${escapeHtml(first)}</th>${cells.map(cell).join('')}</tr>`);
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(heads.join(', '))}"><table><thead><tr>${heads.map((head, column) => `<th scope="col"${isFigure(rows[0]?.[column] ?? '') && column > 0 ? ' class="number"' : ''}>${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>${more}`;
}

function cell(text: string): string {
  return isFigure(text) ? `<td class="number">${escapeHtml(text)}</td>` : `<td>${escapeHtml(text)}</td>`;
}

/** A number, an amount or a size; dates and ids are not. */
function isFigure(text: string): boolean {
  return /^\$?[\d.,]+(?:\s(?:%|B|kB|MB|GB|TB|ms|s))?$/.test(text);
}
