import { BloggerError } from '../core/errors.ts';

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `7d`, `12h` or a date as milliseconds since the epoch. */
export function parseSince(text: string, now: number): number {
  const span = /^(\d+)([mhdw])$/.exec(text);
  const at = span === null ? dateOf(text) : now - Number(span[1]) * UNITS_MS[span[2] as keyof typeof UNITS_MS]; // the only units that match the pattern
  if (Number.isNaN(at))
    throw new BloggerError(`--since expected a span such as 7d or 12h, or a date, got "${text}"`, {
      code: 'USAGE',
      hint: 'Use --since 7d or --since 2026-01-31.',
    });
  return at;
}

/** `Date.parse` would take a bare number, such as the 7 of a forgotten `7d`, for a month of the year 2001. */
function dateOf(text: string): number {
  return /^\d{4}-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
}
