/** A recorded terminal as one animated SVG: no script, no font, no network; light and dark; its last screen where motion is not wanted. */

const CELL = { width: 8.4, height: 18, baseline: 13.5 };
const PADDING = 14;
const TITLE_HEIGHT = 30;
/** How long the last screen stays before it begins again. */
const REST_MS = 6000;

const STYLE = `
svg{--back:#fbfbfa;--edge:#d5d5d0;--text:#24292f;--0:#24292f;--1:#b3261e;--2:#1a7f37;--3:#8a5a00;--4:#0a58ca;--5:#8a3ab9;--6:#0b7285;--7:#57606a;--8:#6b7280}
@media(prefers-color-scheme:dark){svg{--back:#16191d;--edge:#333a41;--text:#dfe3e8;--0:#dfe3e8;--1:#ff7b72;--2:#56d364;--3:#e3b341;--4:#79b8ff;--5:#d2a8ff;--6:#56d4dd;--7:#aab2bb;--8:#8b949e}}
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--text);white-space:pre}
.b{font-weight:bold}.d{opacity:.72}`;

/**
 * @param {readonly { atMs: number, rows: readonly (readonly Run[])[] }[]} frames What stood on the screen from when on.
 * @typedef {{ column: number, cells: number, text: string, color?: number, bold: boolean, dim: boolean }} Run
 */
export function renderSvg(frames, { columns, rows, title }) {
  const width = Math.ceil(columns * CELL.width + 2 * PADDING);
  const screenHeight = rows * CELL.height;
  const height = TITLE_HEIGHT + screenHeight + PADDING;
  const lines = new Map();
  const uses = frames.flatMap(({ rows: screen }, index) =>
    screen.flatMap((runs, row) => {
      const line = runs.map(renderRun).join('');
      if (line === '') return [];
      if (!lines.has(line)) lines.set(line, `l${lines.size}`);
      return `<use href="#${lines.get(line)}" y="${round(index * screenHeight + row * CELL.height)}"/>`;
    }),
  );
  const definitions = [...lines].map(([line, id]) => `<g id="${id}">${line}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">
<title>${escapeXml(title)}</title>
<style>${STYLE}${animation(frames, screenHeight)}</style>
<defs>${definitions.join('\n')}</defs>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="9" fill="var(--back)" stroke="var(--edge)"/>
<g fill="var(--edge)"><circle cx="20" cy="16" r="5"/><circle cx="37" cy="16" r="5"/><circle cx="54" cy="16" r="5"/></g>
<svg x="${PADDING}" y="${TITLE_HEIGHT}" width="${width - 2 * PADDING}" height="${screenHeight}">
<g class="film">${uses.join('\n')}</g>
</svg>
</svg>
`;
}

/** A film strip that jumps from screen to screen at the times that were measured. */
function animation(frames, screenHeight) {
  const total = (frames.at(-1)?.atMs ?? 0) + REST_MS;
  const steps = frames.map(
    ({ atMs }, index) => `${round((atMs / total) * 100)}%{transform:translateY(${-index * screenHeight}px)}`,
  );
  const last = `translateY(${-(frames.length - 1) * screenHeight}px)`;
  return `
.film{animation:film ${round(total / 1000)}s step-end infinite}
@keyframes film{${steps.join('')}100%{transform:${last}}}
@media(prefers-reduced-motion:reduce){.film{animation:none;transform:${last}}}
`;
}

function renderRun({ column, cells, text, color, bold, dim }) {
  const fill = color === undefined ? '' : ` style="fill:var(--${color})"`;
  const kind = [bold ? 'b' : '', dim ? 'd' : ''].join('');
  const look = `${kind === '' ? '' : ` class="${[...kind].join(' ')}"`}${fill}`;
  const x = round(column * CELL.width);
  const width = round(cells * CELL.width);
  // Blocks are drawn, because fonts leave gaps between them.
  if (/^[█░]+$/.test(text)) {
    const share = text.startsWith('█') ? 1 : 0.22;
    return `<rect x="${x}" y="3" width="${width}" height="12" opacity="${share}" style="fill:var(--${color ?? 'text'})"/>`;
  }
  return `<text x="${x}" y="${CELL.baseline}" textLength="${width}" lengthAdjust="spacingAndGlyphs"${look}>${escapeXml(text)}</text>`;
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function round(value) {
  return Math.round(value * 100) / 100;
}
