/** When posts appear: so many a day, between two hours, in the zone of the site, around those that have their time already. Pure. */

import { zonedTime } from '../stages/publish/render/zoned-time.ts';

export interface Rhythm {
  /** As `--publish-at` has it: a day, or a day and a time. */
  readonly publishAt?: string | undefined;
  readonly perDay?: number | undefined;
  /** As `--between` has it. */
  readonly between?: string | undefined;
  readonly timeZone: string;
}

export interface TimesWanted extends Rhythm {
  readonly now: number;
  /** Times of posts that appear anyway. */
  readonly taken: readonly number[];
  readonly count: number;
}

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
/** A post needs some time to get there: an earlier moment would have passed. */
const NOTICE = 2 * MINUTE;
const HOURS = '08:00-20:00';

/** The times of `count` posts, the earliest first. */
export function planTimes({ now, taken, count, ...rhythm }: TimesWanted): number[] {
  const { timeZone } = rhythm;
  const from = Math.max(now + NOTICE, timeOf(rhythm.publishAt, timeZone) ?? 0);
  const { perDay, minutes, spacing } = slotsOf(rhythm);
  const held = [...taken];
  const times: number[] = [];
  for (let day = dayOf(from - DAY_MINUTES * MINUTE, timeZone); times.length < count; day = nextDay(day)) {
    const slots = minutes.map((minute) => atMinute(day, minute, timeZone));
    const [first = 0] = slots;
    const inDay = (time: number) => time >= first && time < first + DAY_MINUTES * MINUTE;
    for (const slot of slots) {
      if (times.length === count || held.filter(inDay).length >= perDay) break;
      if (slot < from || held.some((time) => Math.abs(time - slot) < (spacing * MINUTE) / 2)) continue;
      held.push(slot);
      times.push(slot);
    }
  }
  return times;
}

/** Milliseconds since the epoch of a time that says its zone, or that is one of this zone; as any generator writes it. */
export function timeOf(written: string | undefined, timeZone: string): number | undefined {
  if (written === undefined) return undefined;
  const text = withPlainDay(written.trim());
  if (/^\d{10}(?:\d{3})?$/.test(text)) return Number(text.padEnd(13, '0'));
  const [, day = '', hours = '00', minutes = '00', seconds = '00', half, zone] =
    /^(\d{4}-\d\d-\d\d)(?:[T ] ?(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)? ?([ap]m)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?|[A-Za-z]+\/[\w+/-]+)?)?$/i.exec(
      text,
    ) ?? [];
  if (day === '') return inWords(text, timeZone);
  const hour = half === undefined ? +hours : (+hours % 12) + (/p/i.test(half) ? 12 : 0);
  const place = zone?.includes('/') === true ? zone : timeZone;
  if (zone === undefined || zone === place)
    return isZone(place) ? orUndefined(atMinute(day, hour * 60 + +minutes, place)) : undefined;
  const offset = /^[+-]/.test(zone) ? `${zone.replace(':', '').padEnd(5, '0')}` : '+0000';
  return orUndefined(
    Date.parse(`${day}T${two(String(hour))}:${minutes}:${seconds}${offset.slice(0, 3)}:${offset.slice(3)}`),
  );
}

/** The day as `2031-01-31`: with other signs between its numbers, with those of Chinese, Japanese or Korean, with dots and the day first, or a year alone. */
function withPlainDay(text: string): string {
  return text
    .replace(/^(\d{4})$/, '$1-01-01')
    .replace(/^(\d{4})[-/.\u5e74\ub144] ?(\d\d?)[-/.\u6708\uc6d4] ?(\d\d?)(?:[.\u65e5\uc77c](?= |$)|(?=\D|$))/, joinDay)
    .replace(/^(\d\d?)\. ?(\d\d?)\. ?(\d{4})(?=\D|$)/, (_, day: string, month: string, year: string) =>
      joinDay('', year, month, day),
    );
}

function joinDay(_: string, year: string, month: string, day: string): string {
  return [year, two(month), two(day)].join('-');
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

/** `5 January 2031 09:00`: JavaScript reads it, in the zone of the machine where it names none. */
function inWords(text: string, timeZone: string): number | undefined {
  if (!/\b\d{4}\b/.test(text)) return undefined;
  const local = Date.parse(`${text} UTC`);
  if (Number.isNaN(local)) return orUndefined(Date.parse(text));
  const iso = new Date(local).toISOString();
  return orUndefined(atMinute(iso.slice(0, 10), minuteOf(iso.slice(11, 16)), timeZone));
}

function orUndefined(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}

function two(number: string): string {
  return number.padStart(2, '0');
}

/** The day, as its site writes it. */
export function dayOf(time: number, timeZone: string): string {
  return zonedTime(new Date(time).toISOString(), timeZone).slice(0, 10);
}

/** Minutes of the day at which posts appear. */
function slotsOf({ publishAt, perDay = 1, between, timeZone }: Rhythm) {
  const first = timeOf(publishAt, timeZone);
  if (between === undefined && perDay === 1 && first !== undefined && /:/.test(publishAt ?? ''))
    return {
      perDay,
      minutes: [minuteOf(zonedTime(new Date(first).toISOString(), timeZone).slice(11, 16))],
      spacing: DAY_MINUTES,
    };
  const [start = 0, end = 0] = (between ?? HOURS).split('-').map(minuteOf);
  const length = end > start ? end - start : end + DAY_MINUTES - start; // over midnight
  const spacing = length / perDay;
  return { perDay, minutes: Array.from({ length: perDay }, (_, at) => Math.floor(start + at * spacing)), spacing };
}

function minuteOf(word: string): number {
  const [hours = 0, minutes = 0] = word.split(':').map(Number);
  return hours * 60 + minutes;
}

function atMinute(day: string, minute: number, timeZone: string): number {
  const local = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE;
  // The offset is that of the moment itself: asked twice, since the first guess may lie beyond a change of the clocks.
  const guess = local - offsetAt(local, timeZone);
  return local - offsetAt(guess, timeZone);
}

function offsetAt(time: number, timeZone: string): number {
  const zoned = zonedTime(new Date(time).toISOString(), timeZone);
  return Date.parse(`${zoned.slice(0, 19)}Z`) - Math.floor(time / 1000) * 1000;
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + DAY_MINUTES * MINUTE).toISOString().slice(0, 10);
}
