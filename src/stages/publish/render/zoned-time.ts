/** Times as the site's readers have them. Pure: the zone is handed in. */

/** `2026-11-29T08:00:00+09:00` for an ISO time and an IANA zone. */
export function zonedTime(iso: string, timeZone: string): string {
  const time = new Date(iso);
  const part = partsOf(time, timeZone);
  const local = Date.UTC(
    +part('year'),
    +part('month') - 1,
    +part('day'),
    +part('hour'),
    +part('minute'),
    +part('second'),
  );
  const minutes = Math.round((local - Math.floor(time.getTime() / 1000) * 1000) / 60_000);
  if (minutes === 0) return `${time.toISOString().slice(0, 19)}Z`;
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${new Date(local).toISOString().slice(0, 19)}${offset}`;
}

function partsOf(time: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(time);
  return (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '0';
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
