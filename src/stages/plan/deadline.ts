import { BloggerError } from '../../core/errors.ts';

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `2h`, `90m`, `3d`, `today 18:00`, `tomorrow 07:00` (local time) or an ISO time as milliseconds since the epoch. Throws `CONFIG_INVALID`. */
export function parseDeadline(text: string, now: number): number {
  const span = /^(\d+(?:\.\d+)?)\s*([mhd])$/i.exec(text.trim());
  if (span !== null) return now + Number(span[1]) * UNITS_MS[(span[2] ?? 'h').toLowerCase() as keyof typeof UNITS_MS]; // the only units that match the pattern
  const day = /^(today|tomorrow)\s+(\d{1,2}):(\d{2})$/i.exec(text.trim());
  if (day !== null) {
    const date = new Date(now);
    date.setDate(date.getDate() + (day[1]?.toLowerCase() === 'tomorrow' ? 1 : 0));
    return date.setHours(Number(day[2]), Number(day[3]), 0, 0);
  }
  const at = /^\d{4}-\d{2}-\d{2}/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new BloggerError(`deadline must be a span or a time, got "${text}"`, {
    code: 'CONFIG_INVALID',
    hint: 'Write 2h, "tomorrow 07:00" or 2026-01-31T07:00.',
  });
}
