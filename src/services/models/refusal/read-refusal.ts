/** What a refusal says, whatever shape its body has: OpenAI's, Google's, Anthropic's, FastAPI's, a router's, a gateway's page, plain text. */

import { at, countAt, isObject, parseJson, textAt } from '../client/json.ts';
import { type HttpRefusal, isMarkup } from '../client/transport.ts';
import { readReset, readRetryAfter, waitIn } from './read-wait.ts';
import { durationMs, saidTime, saidWait } from './said-wait.ts';

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
  /** Target of a redirect. */
  readonly location?: string;
  /** True for an error of the API, false for a page of a gateway or a firewall. */
  readonly ownWords: boolean;
  /** True where the text was flagged by a moderation. */
  readonly flagged?: boolean;
  /** True for an error after a part of the answer: the call may be billed. */
  readonly hasBegun?: boolean;
  /** True for an error that says that the model ran: the call may be billed. */
  readonly hasRun?: boolean;
  /** True where no status was told, as in an answer of status 200: the words alone say what it is. */
  readonly isUnnamed?: boolean;
}

export function readRefusal({ status, headers, body }: HttpRefusal, nowMs: number): WireError {
  const target = headers.get('location');
  if (status < 400 && status >= 300)
    return {
      status,
      message: `it redirects${target === null ? '' : ` to ${target}`}`,
      ownWords: false,
      ...(target === null ? {} : { location: target }),
    };
  const parsed = parseJson(body);
  const wire = parsed === undefined ? pageError(body, status) : readErrorBody(parsed, status);
  const retryAfterMs =
    readRetryAfter(headers, nowMs) ??
    wire.retryAfterMs ??
    readReset(headers, nowMs) ??
    readReset(headersIn(parsed), nowMs) ??
    saidTime(wire.message, nowMs);
  return { ...wire, retryAfterMs };
}

/** Headers of the vendor behind a router, which passes them on in its error. */
function headersIn(body: unknown): { get(name: string): string | null } {
  const members = at(body, 'error', 'metadata', 'headers');
  const headers = isObject(members) ? Object.entries(members) : [];
  return new Headers(headers.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** An error as JSON: whole body, `error` member, line of a batch, member of an answer of status 200. */
export function readErrorBody(given: unknown, status: number): WireError {
  const body = unwrapped(given);
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
      waitIn([error, at(error, 'metadata'), details, body]) ??
      saidWait(message),
    quotaIds: violations.map((violation) => textAt(violation, 'quotaId') ?? ''),
    ownWords: true,
    hasRun: holdsOutput(body, status),
    flagged: at(error, 'metadata', 'flagged_input') !== undefined || at(error, 'metadata', 'reasons') !== undefined,
  };
}

/** Portkey's, where a guardrail of its own denies. */
const GUARDRAIL_STATUS = 446;

/** True where an error stands for what the model wrote: Groq's, which is no JSON, or Portkey's, unless a check before the call denied it. */
function holdsOutput(body: unknown, status: number): boolean {
  if (typeof at(body, 'error', 'failed_generation') === 'string') return true;
  const before = at(body, 'hook_results', 'before_request_hooks');
  const isDenied = Array.isArray(before) && before.some((hook) => at(hook, 'verdict') === false);
  return status === GUARDRAIL_STATUS && !isDenied;
}

/** The error itself: Google's compatible API sends a list of one, and routers pass on the body of the vendor as the text of their message. */
function unwrapped(given: unknown, depth = 0): unknown {
  const body: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
  const message = textAt(body, 'error', 'message')?.trim();
  const inner = message?.startsWith('{') === true && depth < DEEPEST ? parseJson(message) : undefined;
  return isObject(at(inner, 'error')) ? unwrapped(inner, depth + 1) : body;
}

/** True when an error has content: some servers send an empty one with every answer. */
export function hasReason(error: unknown): boolean {
  if (typeof error === 'string') return error.trim() !== '';
  if (typeof error === 'number') return error !== 0;
  return typeof error === 'object' && error !== null && Object.values(error).some(hasReason);
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
  'status_msg',
  'error_msg',
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

const STATUS_NAMES = ['code', 'status', 'status_code', 'statusCode', 'http_status'] as const;

function statusOf(error: unknown, status: number): number {
  const code = STATUS_NAMES.map((name) => countAt(error, name)).find((found) => found !== undefined);
  const said = code === undefined ? undefined : (RPC_STATUSES[code] ?? code);
  return said !== undefined && said >= 400 && said < 600 ? said : status;
}
