/** Figures with the magnitudes of Korean, Chinese and Japanese: `41만 2천`, `6백8만`, `1조 7천749억`. Pure. */

/** Within a section. */
const SMALL: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1e3, 百: 100, 千: 1e3 };
/** Of a section. */
const BIG: Readonly<Record<string, number>> = {
  만: 1e4,
  억: 1e8,
  조: 1e12,
  경: 1e16,
  万: 1e4,
  萬: 1e4,
  億: 1e8,
  亿: 1e8,
  兆: 1e12,
  万亿: 1e12,
  萬億: 1e12,
};
/** `1,400여만`: a little more than so many. `2万亿` is one magnitude. */
const MARK = / ?(?:여(?=[십백천만억]))?([십백천百千])?(万亿|萬億|[만억조경万萬億亿兆](?!원대))?/y;
const NEXT = / ?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?! ?년)/y;

export interface EastNumber {
  readonly value: number;
  readonly to: number;
  /** Half a unit of the last digit shown. */
  readonly step: number;
}

/** Sections of falling size, each of figures with falling magnitudes; undefined where no magnitude follows the first figure. */
export function readEast(text: string, end: number, first: number): EastNumber | undefined {
  let total = 0; // of the sections that are closed
  let section = 0;
  let [least, leastSmall] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [figure, to, unit] = [first, end, 1];
  for (;;) {
    MARK.lastIndex = to;
    const [raw = '', small, big] = MARK.exec(text) ?? [];
    const size = small === undefined ? 1 : (SMALL[small] ?? 1);
    const isOpen = small === undefined && big === undefined;
    if (isOpen && total === 0 && section === 0) return undefined;
    if (small !== undefined && size >= leastSmall) return undefined;
    section += figure * size;
    unit = size * 10 ** -decimalsOf(figure);
    if (big !== undefined) {
      const magnitude = BIG[big] ?? 1;
      if (magnitude >= least) return undefined;
      total += section * magnitude;
      unit *= magnitude;
      [section, least, leastSmall] = [0, magnitude, Number.POSITIVE_INFINITY];
    } else if (small !== undefined) leastSmall = size;
    if (!isOpen) to += raw.length;
    const next = isOpen ? undefined : nextFigure(text, to, Math.min(least, leastSmall));
    if (next === undefined) {
      const isWhole = isOpen && big === undefined;
      return { value: round(total + section), to, step: 0.5 * (isWhole ? 1 : unit) * trailing(figure) };
    }
    [figure, to] = [next.value, next.to];
  }
}

/** A following figure belongs to the number where it is smaller than the magnitude before it, its own included. */
function nextFigure(
  text: string,
  at: number,
  least: number,
): { readonly value: number; readonly to: number } | undefined {
  NEXT.lastIndex = at;
  const match = NEXT.exec(text);
  if (match === null) return undefined;
  const value = Number((match[1] ?? '').replaceAll(',', ''));
  const to = at + match[0].length;
  MARK.lastIndex = to;
  const [, small, big] = MARK.exec(text) ?? [];
  const size = (SMALL[small ?? ''] ?? 1) * (BIG[big ?? ''] ?? 1);
  // `7천749억`: the section goes on, its magnitude stands at its end.
  const own = big !== undefined && least < 1e4 ? (SMALL[small ?? ''] ?? 1) : size;
  return Math.max(1, value) * own < least ? { value, to } : undefined;
}

function decimalsOf(value: number): number {
  return /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
}

/** Trailing zeros of a whole number may be rounded ones. */
function trailing(value: number): number {
  let unit = 1;
  if (!Number.isInteger(value)) return unit;
  for (let rest = value; rest !== 0 && rest % 10 === 0; rest /= 10) unit *= 10;
  return unit;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
