import { readDate } from '../../../util/dates/written-date.ts';

/** A clock time, and a zone by its offset or its name. */
const TIME =
  /(?<!\d)(?:(\d{1,2}):(\d\d)(?::(\d\d))?|(?<=\dT)(\d\d)(\d\d)(\d\d))(?:[.,]\d{1,9})?\s?([ap]m)?\s?(?:(?:GMT|UTC?)?\s?([+-])(\d{1,2}):?(\d\d)?|\(?([A-Z]{3,4})\b)?/i;
/** Hours east of UTC by the names of RFC 822, and by those that only one zone has; `IST`, `BST` and others name several. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
  ...{ WET: 0, WEST: 1, CET: 1, CEST: 2, MET: 1, MEST: 2, MEZ: 1, MESZ: 2, EET: 2, EEST: 3, MSK: 3 },
  ...{ JST: 9, KST: 9, HKT: 8, SGT: 8, AWST: 8, AEST: 10, AEDT: 11, NZST: 12, NZDT: 13, BRT: -3 },
};

/**
 * The date of an item as an ISO time. RFC 822 and ISO 8601 are what feeds should have; what they have instead is read as on pages, with month
 * names in the feed's language. A time without a zone counts as UTC: the feed of another machine would otherwise change with this one's zone.
 */
export function itemDate(text: string | undefined, language: string | undefined): string | undefined {
  if (text === undefined || YEAR_ZERO.test(text)) return undefined;
  const exact = endsInZone(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  if (!Number.isNaN(exact)) return isoOf(exact);
  const date = readDate(text, language);
  if (date === undefined) return monthAlone(text.trim());
  const day = Date.parse(`${date.day}T00:00:00Z`);
  return isoOf(date.iso.includes('T') ? Date.parse(date.iso) : day + timeIn(text));
}

/** The least date of .NET; readers of dates take its year for 2001. */
const YEAR_ZERO = /(?<![\d+-])000[01](?!\d)/;

/** W3C's profile of ISO 8601 allows a year and month, or a year, alone. */
function monthAlone(text: string): string | undefined {
  return /^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?$/.test(text) ? isoOf(Date.parse(text)) : undefined;
}

/** Without one, `Date.parse` would take the zone of this machine. */
function endsInZone(text: string): boolean {
  return text.includes(':') && /(?:[\d\s](?:Z|UTC?|GMT|[ECMP][SD]T)|[+-]\d\d:?\d\d)$/i.test(text);
}

/** Milliseconds from midnight in UTC to the time that a text states. */
function timeIn(text: string): number {
  const match = TIME.exec(text.slice(0, 100));
  if (match === null) return 0;
  const [, h, m, s = '0', compactH, compactM, compactS = '0', half, sign, offset = '', rest = '0', zone = ''] = match;
  const [hour, minute, second] = [Number(h ?? compactH), Number(m ?? compactM), Number(h === undefined ? compactS : s)];
  const isTwelve = half !== undefined && hour <= 12;
  const hours = isTwelve ? (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : hour;
  if (hours > 23 || minute > 59 || second > 60) return 0;
  const east = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(offset) + Number(rest) / 60);
  const named = ZONES[zone.toUpperCase()] ?? 0;
  return (hours - named - east) * 3_600_000 + minute * 60_000 + second * 1000;
}

/** Programs write the beginning of their time for no date. */
function isoOf(time: number): string | undefined {
  return Number.isNaN(time) || time === 0 || Math.abs(time) > 4e12 ? undefined : new Date(time).toISOString();
}
