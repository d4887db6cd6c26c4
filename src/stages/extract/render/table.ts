import type { ElementNode } from '../document/nodes.ts';
import { shortText } from '../document/settle/tools.ts';

export interface Cell {
  readonly element: ElementNode;
  readonly columns: number;
  readonly rows: number;
}

const MAX_COLUMNS = 40;
const MAX_ROWS = 2_000;

/** The rows of a table, without those of tables inside of it. */
export function tableRows(table: ElementNode): Cell[][] {
  const rows: Cell[][] = [];
  const feet: ElementNode[] = [];
  const visit = (parent: ElementNode): void => {
    for (let child = parent.firstElementChild; child !== null; child = child.nextElementSibling) {
      if (rows.length >= MAX_ROWS) return;
      if (child.localName === 'tr') rows.push(rowCells(child));
      else if (child.localName === 'thead' || child.localName === 'tbody') visit(child);
      else if (child.localName === 'tfoot') feet.push(child);
    }
  };
  visit(table);
  // A browser shows the foot below the rows, wherever it stands.
  feet.forEach(visit);
  return rows;
}

function rowCells(row: ElementNode): Cell[] {
  const cells: Cell[] = [];
  for (let cell = row.firstElementChild; cell !== null && cells.length < MAX_COLUMNS; cell = cell.nextElementSibling) {
    if (cell.localName !== 'td' && cell.localName !== 'th') continue;
    cells.push({ element: cell, columns: span(cell, 'colspan', MAX_COLUMNS), rows: span(cell, 'rowspan', MAX_ROWS) });
  }
  return cells;
}

function span(cell: ElementNode, name: string, most: number): number {
  const value = Number.parseInt(cell.getAttribute(name) ?? '', 10);
  if (value === 0 && name === 'rowspan') return most; // to the end of its rows
  return Number.isNaN(value) ? 1 : Math.min(Math.max(value, 1), most);
}

/** Elements that a cell with words and figures does not contain. */
const NOT_IN_CELLS = 'table,h1,h2,h3,h4,blockquote,pre';
const LISTS = 'ul,ol,dl';
/** A longer cell is for layout. */
const MAX_CELL = 600;

/** A data table, not a layout table: several rows and columns, with header cells or only words in the cells. */
export function isDataTable(table: ElementNode, rows: readonly Cell[][]): boolean {
  if (rows.length < 2 || /^(?:presentation|none)$/.test(table.getAttribute('role') ?? '')) return false;
  const widest = Math.max(...rows.map((row) => row.reduce((sum, cell) => sum + cell.columns, 0)));
  if (widest < 2) return false;
  let cells = 0;
  let heads = 0;
  let heavy = 0;
  let lists = 0;
  for (const row of rows) {
    for (const { element } of row) {
      cells += 1;
      if (element.localName === 'th') heads += 1;
      if (element.querySelectorAll(NOT_IN_CELLS).length > 0 || shortText(element, MAX_CELL + 1).length > MAX_CELL)
        heavy += 1;
      else if (element.querySelectorAll(LISTS).length > 0) lists += 1;
    }
  }
  const hasHeads = heads >= Math.min(2, widest) || table.firstElementChild?.localName === 'caption';
  return heavy <= cells * 0.1 && (hasHeads || lists <= cells * 0.1);
}

/** Longer texts are not written once more in each row that they span. */
const LONGEST_REPEATED = 100;

/**
 * Cells laid out on the grid that their spans describe. What spans rows counts for each of them and stands in each; a head stands in
 * each of its columns. The rest of what a span covers is empty.
 */
export function tableGrid(rows: readonly Cell[][], render: (cell: ElementNode) => string): string[][] {
  const grid: string[][] = rows.map(() => []);
  const taken = new Set<number>();
  const at = (row: number, column: number) => row * (MAX_COLUMNS + 1) + column;
  rows.forEach((row, rowIndex) => {
    let column = 0;
    for (const cell of row) {
      while (taken.has(at(rowIndex, column))) column += 1;
      if (column >= MAX_COLUMNS) break;
      const text = render(cell.element);
      const isHead = cell.element.localName === 'th';
      const across = isHead && row.length > 1 ? Math.min(cell.columns, MAX_COLUMNS - column) : 1;
      const downTo = isHead || column === 0 || text.length <= LONGEST_REPEATED ? cell.rows : 1;
      for (let down = 0; down < downTo && rowIndex + down < rows.length; down += 1)
        for (let right = 0; right < across; right += 1) setCell(grid, rowIndex + down, column + right, text);
      for (let down = 0; down < cell.rows && rowIndex + down < rows.length; down += 1) {
        for (let right = 0; right < cell.columns && column + right <= MAX_COLUMNS; right += 1)
          taken.add(at(rowIndex + down, column + right));
      }
      column += cell.columns;
    }
  });
  const width = Math.min(MAX_COLUMNS, Math.max(...grid.map((row) => row.length)));
  return grid.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''));
}

function setCell(grid: string[][], row: number, column: number, text: string): void {
  const cells = grid[row];
  if (cells !== undefined) cells[column] = text;
}

/** GFM. The head row is the first one where it is made of `th`, else empty: GFM has no table without a head. */
export function tableToMarkdown(rows: readonly Cell[][], render: (cell: ElementNode) => string): string {
  const grid = tableGrid(rows, (cell) =>
    render(cell)
      .split('\n')
      .flatMap((line) => line.trim() || [])
      .join(' ')
      .replace(/\|/g, '\\|'),
  );
  const width = grid[0]?.length ?? 0;
  const firstIsHead =
    rows[0]?.every(
      ({ element }) => element.localName === 'th' || element.parentNode?.parentNode?.localName === 'thead',
    ) ?? false;
  const head = firstIsHead ? (grid[0] ?? []) : Array.from({ length: width }, () => '');
  const body = firstIsHead ? grid.slice(1) : grid;
  return [head, Array.from({ length: width }, () => '---'), ...body]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
