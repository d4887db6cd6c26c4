/** How long the words of a refusal ask to wait: a duration, or until a time that they name. */

/** No limit is longer than a month. */
const LONGEST_LIMIT_MS = 32 * 86_400_000;
const DAY_MS = 86_400_000;

const UNIT = '(?:ms|milliseconds?|[dhms]|days?|hours?|hrs?|min(?:ute)?s?|sec(?:ond)?s?)';
const DURATION = `((?:\\d{1,9}(?:\\.\\d{1,12})? ?${UNIT}\\b ?){1,4}|(?:\\d{1,9}(?:\\.\\d{1,12})?(?:ms|[dhms])){1,4})`;
/** `Please try again in 40m19.2s`, `retry after 7 seconds`, `will reset after 27h41m`, `is renewed in 3 days`. */
const SAID_WAITS = [
  new RegExp(`(?:try again|retry|wait)[^.\\d]{0,24}${DURATION}`, 'i'),
  new RegExp(
    `(?<!\\b(?:was|been) )\\b(?:resets?|renew(?:s|ed)?|refresh(?:es|ed)?|available(?: again)?) (?:in|after|within) ${DURATION}`,
    'i',
  ),
];

/** Milliseconds of a duration in messages of vendors whose headers say nothing. */
export function saidWait(message: string): number | undefined {
  const start = message.slice(0, 10_000);
  // input: at most 10000 characters
  const said = SAID_WAITS.map((pattern) => pattern.exec(start)?.[1]).find((text) => text !== undefined);
  return durationMs(said);
}

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS } as const;

/** Milliseconds of a duration: `34.4s`, `40m19.2s`, `1h2m`, `250ms`, `7 seconds`, `2 days`. */
export function durationMs(text: string | undefined): number | undefined {
  if (text === undefined || text.length > 80) return undefined;
  const plain = text
    .toLowerCase()
    .replaceAll(' ', '')
    .replace(/milliseconds?/g, 'ms')
    .replace(/days?/g, 'd')
    .replace(/hours?|hrs?/g, 'h')
    .replace(/min(?:ute)?s?/g, 'm')
    .replace(/sec(?:ond)?s?/g, 's');
  if (!/^(?:\d+(?:\.\d+)?(?:ms|d|h|m|s))+$/.test(plain)) return undefined;
  let total = 0;
  // input: at most 80 characters
  for (const [, amount, unit] of plain.matchAll(/(\d+(?:\.\d+)?)(ms|d|h|m|s)/g))
    total += Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]; // the pattern allows no other unit
  return Math.ceil(total);
}

/** Milliseconds until a time in the words of a limit. */
export function saidTime(message: string, nowMs: number): number | undefined {
  const time = saidDate(message) ?? saidClock(message, nowMs);
  const waitMs = time === undefined ? 0 : time - nowMs;
  return waitMs > 0 && waitMs < LONGEST_LIMIT_MS ? waitMs : undefined;
}

/** Taken as UTC where no offset stands behind it: `regain access on 2026-04-01 at 00:00 UTC`, `将在 2026-02-05 17:03:53 重置`. */
function saidDate(message: string): number | undefined {
  const [, day, time, hours, minutes = '00'] =
    /(\d{4}-\d\d-\d\d)(?:T| at | )(\d\d:\d\d(?::\d\d)?)(?: ?([+-]\d\d):?(\d\d))?/.exec(message) ?? [];
  if (day === undefined || time === undefined) return undefined;
  return Date.parse(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The next time of `resets 4pm (UTC)`, `resets Apr 23 at 10:30am (Asia/Seoul)`; UTC where no zone is named. */
function saidClock(message: string, nowMs: number): number | undefined {
  const said = /\bresets?(?: at| on)? (.{1,60})/i.exec(message)?.[1]?.toLowerCase() ?? '';
  const [date = '', name = '', day] = /^([a-z]{3})[a-z]{0,6} (\d{1,2}),? (?:at )?/.exec(said) ?? [];
  const rest = said.slice(date.length);
  const [time = '', hour, minute, half] = /^(\d{1,2})(?::([0-5]\d))?(?: ?([ap]m)\b)?(?!\d)/.exec(rest) ?? [];
  const zone = /^ ?\(?([a-z_]{1,30}\/[a-z_/]{1,60}|utc|gmt)\b/.exec(rest.slice(time.length))?.[1] ?? 'utc';
  if (hour === undefined || (minute === undefined && half === undefined)) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  const month = MONTHS.indexOf(name);
  const offset = offsetMs(zone, nowMs);
  if (offset === undefined || hours > 23 || (day !== undefined && month < 0)) return undefined;
  const today = new Date(nowMs + offset);
  const year = today.getUTCFullYear();
  const clock = Number(minute ?? 0) * 60_000 + hours * 3_600_000 - offset;
  if (day !== undefined) {
    const next = Date.UTC(year, month, Number(day)) + clock;
    return next > nowMs ? next : Date.UTC(year + 1, month, Number(day)) + clock;
  }
  const next = Date.UTC(year, today.getUTCMonth(), today.getUTCDate()) + clock;
  return next > nowMs ? next : next + DAY_MS;
}

/** What the clocks of a zone are ahead of UTC; undefined for a zone that nobody knows. */
function offsetMs(timeZone: string, atMs: number): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(atMs);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  } catch {
    return undefined;
  }
}
