/** The screen of an `@xterm/headless` terminal as rows of runs: neighbouring cells that look the same. */
export function readScreen(terminal) {
  const { active } = terminal.buffer;
  const cell = active.getNullCell();
  return Array.from({ length: terminal.rows }, (_, row) =>
    readRow(active.getLine(active.baseY + row), terminal.cols, cell),
  );
}

function readRow(line, columns, cell) {
  const runs = [];
  for (let column = 0; column < columns; column += 1) {
    line.getCell(column, cell);
    if (cell.getWidth() === 0) continue; // the second half of a wide character
    const text = cell.getChars() || ' ';
    const look = {
      color: colorOf(cell),
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
      kind: kindOf(text, cell.getWidth()),
    };
    const last = runs.at(-1);
    if (last !== undefined && sameLook(last, look)) {
      last.text += text;
      last.cells += cell.getWidth();
    } else runs.push({ column, cells: cell.getWidth(), text, ...look });
  }
  return runs.map(trim).filter(({ text }) => text !== '');
}

/** Wide characters and blocks stand in runs of their own, so that each is drawn at its place. */
function kindOf(text, width) {
  if (text === '█' || text === '░') return text;
  return width === 2 ? 'wide' : 'text';
}

function colorOf(cell) {
  if (!cell.isFgPalette()) return undefined;
  const color = cell.getFgColor();
  return color < 9 ? color : color < 16 ? color - 8 : undefined; // bright colours as their plain ones; what no theme names as text
}

function sameLook(run, look) {
  return ['color', 'bold', 'dim', 'kind'].every((name) => run[name] === look[name]);
}

function trim(run) {
  const text = run.text.trimEnd();
  const start = text.length - text.trimStart().length;
  return {
    ...run,
    text: text.slice(start),
    column: run.column + start,
    cells: run.cells - (run.text.length - text.length) - start,
  };
}
