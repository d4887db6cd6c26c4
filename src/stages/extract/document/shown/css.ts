/** Reads inline styles as CSS does: comments, declarations, lengths, colours. One pass, linear in the length of the style. */

/** Lower-case property to its value without `!important`; the last declaration counts, an important one before others. */
export type Declarations = ReadonlyMap<string, string>;

/** The longest style that is read; styles of site builders have tens of kilobytes of variables. */
const MAX_STYLE = 200_000;

export function parseStyle(style: string): Declarations {
  const declarations = new Map<string, string>();
  const important = new Set<string>();
  for (const declaration of splitDeclarations(withoutComments(style.slice(0, MAX_STYLE)))) {
    const colon = declaration.indexOf(':');
    if (colon === -1) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    if (name === '' || name.startsWith('--')) continue;
    const raw = declaration
      .slice(colon + 1)
      .trim()
      .toLowerCase();
    const mark = raw.lastIndexOf('!');
    const isImportant = mark !== -1 && raw.slice(mark + 1).trim() === 'important';
    if (important.has(name) && !isImportant) continue;
    if (isImportant) important.add(name);
    declarations.set(name, isImportant ? raw.slice(0, mark).trim() : raw);
  }
  return declarations;
}

/** A comment that is not closed hides the rest, as in a browser. */
function withoutComments(style: string): string {
  let start = style.indexOf('/*');
  if (start === -1) return style;
  const parts: string[] = [];
  let from = 0;
  while (start !== -1) {
    parts.push(style.slice(from, start));
    const end = style.indexOf('*/', start + 2);
    if (end === -1) return parts.join(' ');
    from = end + 2;
    start = style.indexOf('/*', from);
  }
  parts.push(style.slice(from));
  return parts.join(' ');
}

/** Splits at semicolons outside of strings and brackets: `url(data:image/png;base64,…)` is one value. */
function splitDeclarations(style: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let index = 0; index < style.length; index += 1) {
    const char = style[index] ?? '';
    if (char === '\\') index += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (char === ';' && depth === 0) {
      parts.push(style.slice(from, index));
      from = index + 1;
    }
  }
  parts.push(style.slice(from));
  return parts;
}

/** Pixels of one unit; those that depend on a font or a box are computed from `base`. */
const PIXELS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  rem: 16,
  vw: 12.8,
  vh: 8,
  vmin: 8,
  vmax: 12.8,
  dvh: 8,
  svh: 8,
  lvh: 8,
};
const OF_FONT: Readonly<Record<string, number>> = { em: 1, '%': 0.01, ex: 0.5, ch: 0.5, ic: 1, lh: 1.2 };

/** A length in pixels on a screen of 1280 by 800; undefined for keywords and variables. `base`: what `em` and `%` are of. */
export function pixels(value: string | undefined, base: number): number | undefined {
  const sum = /^calc\(([^()]*)\)$/.exec(value?.trim().slice(0, 80) ?? '')?.[1];
  return sum === undefined ? lengthOf(value, base) : calculated(sum, base);
}

/** A calculation of one operand or two. Shares of a box are not known here. */
function calculated(sum: string, base: number): number | undefined {
  if (sum.includes('%')) return undefined;
  const [first, sign, second] = sum
    .trim()
    .split(/\s([-+])\s|\s?([*/])\s?/)
    .filter((part) => part !== undefined);
  const [left, right] = [lengthOf(first?.trim(), base), lengthOf(second?.trim(), base)];
  if (sign === undefined) return left;
  if (left === undefined || right === undefined) return undefined;
  return { '+': left + right, '-': left - right, '*': left * right, '/': left / right }[sign];
}

function lengthOf(value: string | undefined, base: number): number | undefined {
  const match =
    // input: at most 40 characters
    value === undefined ? null : /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)([a-z%]*)$/.exec(value.slice(0, 40));
  if (match === null) return undefined;
  const [, number = '', unit = ''] = match;
  const factor = PIXELS[unit] ?? (OF_FONT[unit] === undefined ? undefined : OF_FONT[unit] * base);
  return factor === undefined ? undefined : Number(number) * factor;
}

/** The colour that a value names, in one spelling; undefined where it names none. */
export function colorOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const plain = value.replace(/\s+/g, '');
  const named = NAMED[plain];
  if (named !== undefined) return named;
  const hex = /^#([0-9a-f]{3,8})$/.exec(plain)?.[1];
  if (hex !== undefined) return fromHex(hex);
  const parts = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(plain);
  if (parts === null) return undefined;
  const numbers = (parts[2] ?? '').split(/[,/]/);
  if (isZero(numbers[3])) return TRANSPARENT;
  const rgb = numbers.slice(0, 3).map(Number);
  if (parts[1] !== 'rgb' || rgb.length < 3 || rgb.some(Number.isNaN)) return plain;
  return `#${rgb
    .map((part) =>
      Math.max(0, Math.min(255, Math.round(part)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

export const TRANSPARENT = 'transparent';
const NAMED: Readonly<Record<string, string>> = { transparent: TRANSPARENT, white: '#ffffff', black: '#000000' };

function fromHex(hex: string): string | undefined {
  const long = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex;
  if (long.length !== 6 && long.length !== 8) return undefined;
  return long.slice(6) === '00' ? TRANSPARENT : `#${long.slice(0, 6)}`;
}

function isZero(alpha: string | undefined): boolean {
  return alpha !== undefined && Number.parseFloat(alpha) === 0;
}
