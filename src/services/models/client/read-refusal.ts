/** What a refusal says, whatever shape its body has: OpenAI's, Google's, Anthropic's, FastAPI's, a router's, a gateway's page, plain text. */

import { readRetryAfter } from '../limits/read-limits.ts';
import { at, countAt, isObject, parseJson, textAt } from './json.ts';
import { type HttpRefusal, isMarkup } from './transport.ts';

/** A refusal as it stood on the wire. */
export interface WireError {
  readonly status: number;
  readonly message: string;
  readonly type?: string | undefined;
  /** The vendor's word, or `status` of Google's errors. */
  readonly code?: string | undefined;
  /** The field of the request that it is about. */
  readonly param?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Quota ids of Google's QuotaFailure, such as `GenerateRequestsPerDayPerProjectPerModel`. */
  readonly quotaIds?: readonly string[];
  /** True for an error of the API, false for a page of a gateway or a firewall. */
  readonly ownWords: boolean;
  /** True where the text was flagged by a moderation. */
  readonly flagged?: boolean;
}

export function readRefusal({ status, headers, body }: HttpRefusal, nowMs: number): WireError {
  const target = headers.get('location');
  if (status < 400 && status >= 300)
    return { status, message: `it redirects${target === null ? '' : ` to ${target}`}`, ownWords: false };
  const parsed = parseJson(body);
  const wire = parsed === undefined ? pageError(body, status) : readErrorBody(parsed, status);
  const retryAfterMs = readRetryAfter(headers, nowMs) ?? resetAfter(headers, nowMs) ?? wire.retryAfterMs;
  return { ...wire, retryAfterMs };
}

/** An error as JSON: whole body, `error` member, line of a batch, member of an answer of status 200. */
export function readErrorBody(given: unknown, status: number): WireError {
  const body: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given; // Google's compatible API sends a list
  const error = at(body, 'error') ?? at(body, 'errors', 0) ?? body;
  const message = reasonOf(error) ?? reasonOf(body) ?? shownJson(body);
  const details = at(error, 'details');
  const list: readonly unknown[] = Array.isArray(details) ? details : [];
  const code = at(error, 'code');
  const violations = list.flatMap((detail) => at(detail, 'violations') ?? []);
  return {
    status: statusOf(error, status),
    message,
    type:
      textAt(error, 'type') ?? list.map((detail) => textAt(detail, 'reason')).find((reason) => reason !== undefined),
    code: typeof code === 'number' ? (textAt(error, 'status') ?? String(code)) : textAt(error, 'code'),
    param: textAt(error, 'param') ?? fieldOf(at(error, 'detail', 0) ?? at(error, 0)),
    retryAfterMs:
      list.map((detail) => durationMs(textAt(detail, 'retryDelay'))).find((ms) => ms !== undefined) ??
      saidWait(message),
    quotaIds: violations.map((violation) => textAt(violation, 'quotaId') ?? ''),
    ownWords: true,
    flagged: at(error, 'metadata', 'flagged_input') !== undefined || at(error, 'metadata', 'reasons') !== undefined,
  };
}

function pageError(body: string, status: number): WireError {
  const text = body.trim();
  const title = /<title[^<>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  return {
    status,
    message: isMarkup(text) ? title || 'an HTML page' : text || 'no reason given',
    retryAfterMs: saidWait(text),
    ownWords: false,
  };
}

/** Where reasons stand, the one for people first. `metadata` and `innererror` hold what a router heard from the vendor behind it. */
const REASON_KEYS = [
  'message',
  'msg',
  'detail',
  'reason',
  'error_description',
  'description',
  'title',
  'error',
  'errors',
] as const;
const INNER_KEYS = ['metadata', 'innererror', 'cause', 'raw'] as const;
const DEEPEST = 5;

function reasonOf(value: unknown, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined;
  if (typeof value === 'string') return reasonOfText(value, depth);
  if (Array.isArray(value)) {
    const reasons = value.slice(0, 5).map((item) => reasonOf(item, depth + 1));
    return joined(reasons, '; ');
  }
  if (!isObject(value)) return undefined;
  const reason = REASON_KEYS.map((key) => reasonOf(value[key], depth + 1)).find((found) => found !== undefined);
  const inner = INNER_KEYS.map((key) => reasonOf(value[key], depth + 1)).find((found) => found !== undefined);
  const named = joined([textAt(value, 'provider_name') ?? fieldOf(value), inner ?? reason], ': ');
  return inner === undefined || reason === undefined || inner === reason ? named : joined([reason, named], ': ');
}

/** A text, or the reason in the JSON that it holds. */
function reasonOfText(text: string, depth: number): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const parsed = /^[[{]/.test(trimmed) ? parseJson(trimmed) : undefined;
  return (parsed === undefined ? undefined : reasonOf(parsed, depth + 1)) ?? trimmed;
}

/** The field that an item of FastAPI's `detail` is about: the end of `loc`. */
function fieldOf(item: unknown): string | undefined {
  const place = at(item, 'loc');
  const last: unknown = Array.isArray(place) ? place.at(-1) : undefined;
  return typeof last === 'string' ? last : undefined;
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? undefined : said.join(separator);
}

function shownJson(body: unknown): string {
  const text = JSON.stringify(body);
  return text === '{}' || text === '[]' ? 'no reason given' : text;
}

/** What google.rpc's codes are in HTTP, after google/rpc/code.proto. Lines of a batch carry these, live errors HTTP's own; the two do not overlap. */
const RPC_STATUSES: readonly number[] = [
  200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401,
];

function statusOf(error: unknown, status: number): number {
  const code = countAt(error, 'code') ?? countAt(error, 'status') ?? countAt(error, 'status_code');
  const said = code === undefined ? undefined : (RPC_STATUSES[code] ?? code);
  return said !== undefined && said >= 400 && said < 600 ? said : status;
}

/** `Please try again in 40m19.2s`, `Please retry after 7 seconds`: as it stands in messages of vendors whose headers say nothing. */
function saidWait(message: string): number | undefined {
  const start = message.slice(0, 10_000);
  // input: at most 10000 characters
  return durationMs(
    /(?:try again|retry|wait)[^.\d]{0,24}((?:\d{1,9}(?:\.\d{1,12})? ?(?:ms|milliseconds?|[hms]|hours?|min(?:ute)?s?|sec(?:ond)?s?)\b ?){1,4}|(?:\d{1,9}(?:\.\d{1,12})?(?:ms|[hms])){1,4})/i.exec(
      start,
    )?.[1],
  );
}

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of a duration: `34.4s`, `40m19.2s`, `1h2m`, `250ms`, `7 seconds`, `1 minute`. */
export function durationMs(text: string | undefined): number | undefined {
  if (text === undefined || text.length > 80) return undefined;
  const plain = text
    .toLowerCase()
    .replaceAll(' ', '')
    .replace(/milliseconds?/g, 'ms')
    .replace(/hours?/g, 'h')
    .replace(/min(?:ute)?s?/g, 'm')
    .replace(/sec(?:ond)?s?/g, 's');
  if (!/^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/.test(plain)) return undefined;
  let total = 0;
  // input: at most 80 characters
  for (const [, amount, unit] of plain.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
    total += Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]; // the pattern allows no other unit
  return Math.ceil(total);
}

/** Headers that name the time of the next window: seconds or milliseconds since the epoch, or an ISO time (Anthropic). */
function resetAfter(headers: Headers, nowMs: number): number | undefined {
  if (headers.get('x-ratelimit-remaining') !== '0') return undefined;
  const value = headers.get('x-ratelimit-reset') ?? '';
  const number = Number(value);
  const time = number > 1e12 ? number : number > 1e9 ? number * 1000 : Date.parse(value);
  return Number.isNaN(time) || time <= nowMs ? undefined : time - nowMs;
}
