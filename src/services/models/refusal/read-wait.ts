/** How long the headers of a refusal ask to wait. */

import { isObject } from '../client/json.ts';
import { durationMs } from './said-wait.ts';

interface HeaderBag {
  get(name: string): string | null;
}

/** Milliseconds of `retry-after-ms`, else of `retry-after`: seconds, also with a unit, or a date. */
export function readRetryAfter(headers: HeaderBag, nowMs: number): number | undefined {
  const ms = numberOf(headers.get('retry-after-ms'));
  if (ms !== undefined) return ms;
  const value = WAITS.map((name) => headers.get(name)?.trim()).find((text) => text !== undefined && text !== '') ?? '';
  // A header that is set twice arrives as a list; dates have a comma of their own.
  const first = /^[\d.]{1,40},/.test(value) ? value.slice(0, value.indexOf(',')) : value;
  const number = numberOf(first);
  if (number === undefined) return durationMs(first) ?? untilDate(first, nowMs);
  return number > EPOCH ? waitOf(first, nowMs) : Math.ceil(number * 1000);
}

const WAITS = ['retry-after', 'x-retry-after', 'x-ratelimit-retry-after', 'x-ratelimit-reset-after'] as const;

/** No wait in seconds or milliseconds is as long: it is a time. */
const EPOCH = 1e9;

/** Members of errors that tell the wait: `retry_after`, `retryAfterMs`, `retry_after_seconds`; Hugging Face's is an estimate. */
const WAIT_MEMBER = /^(?:retryafter(?:in)?|resetsin|estimatedtime)(ms|milliseconds|s|secs|seconds)?$/;

/** Milliseconds that the members of a body ask to wait. */
export function waitIn(holders: readonly unknown[]): number | undefined {
  for (const [name, value] of holders.filter(isObject).flatMap((holder) => Object.entries(holder))) {
    const member = WAIT_MEMBER.exec(name.replace(/[_-]/g, '').toLowerCase());
    const number = typeof value === 'number' ? value : numberOf(typeof value === 'string' ? value : null);
    if (member === null || number === undefined || number < 0 || number > EPOCH) continue;
    return Math.ceil(member[1]?.startsWith('m') === true ? number : number * 1000);
  }
  return undefined;
}

/** A header that names the time of the next window, and the one that says how much is left in this one. */
const WINDOWS: readonly (readonly [reset: string, remaining: string])[] = [
  ...['', '-requests', '-tokens']
    .flatMap((kind) => ['', '-minute', '-hour', '-day'].map((span) => `${kind}${span}`))
    .map((kind) => [`x-ratelimit-reset${kind}`, `x-ratelimit-remaining${kind}`] as const),
  ['ratelimit-reset', 'ratelimit-remaining'],
  ...['requests', 'tokens', 'input-tokens', 'output-tokens'].map(
    (kind) => [`anthropic-ratelimit-${kind}-reset`, `anthropic-ratelimit-${kind}-remaining`] as const,
  ),
];

/** Milliseconds until the next window of what is used up; the longest where several are. */
export function readReset(headers: HeaderBag, nowMs: number): number | undefined {
  const waits = WINDOWS.flatMap(([reset, remaining]) =>
    headers.get(remaining)?.trim() === '0' ? (waitOf(headers.get(reset) ?? '', nowMs) ?? []) : [],
  );
  // The form of the IETF's draft: `"default";r=0;t=42`.
  const item = /;\s*r=0\s*;\s*t=(\d{1,9})/.exec(headers.get('ratelimit') ?? '')?.[1];
  if (item !== undefined) waits.push(Number(item) * 1000);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Seconds or milliseconds since the epoch, seconds from now, a duration, or a date. */
function waitOf(value: string, nowMs: number): number | undefined {
  const number = numberOf(value);
  if (number === undefined) return durationMs(value) ?? untilDate(value, nowMs);
  const ms = number > 1e12 ? number - nowMs : number > EPOCH ? number * 1000 - nowMs : number * 1000;
  return ms > 0 ? ms : undefined;
}

function numberOf(value: string | null): number | undefined {
  const text = value?.trim() ?? '';
  return /^\d{1,15}(?:\.\d{0,30})?$/.test(text) ? Number(text) : undefined;
}

/** Dates name a month, or are ISO's; JavaScript would take `-1` for a year. */
function untilDate(value: string, nowMs: number): number | undefined {
  if (!/[a-z]{3}|^\d{4}-\d\d-\d\d/i.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
