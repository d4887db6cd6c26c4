/** Requests with JSON to the API of a target. What changes something is not repeated here: a repeated create is a second post. */

import { BloggerError } from '../core/errors.ts';
import { VERSION } from '../util/version.ts';
import { parseJsonIn } from './json-in-answer.ts';

export interface JsonRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** JSON that is sent to the byte, in place of `body`. */
  readonly text?: string;
  /** Something else than JSON, in place of `body`; its headers are given. */
  readonly bytes?: Uint8Array | FormData;
}

export interface JsonAnswer {
  readonly status: number;
  /** Undefined where the answer is no JSON. */
  readonly json: unknown;
  /** The first words of an answer that is no JSON. */
  readonly said?: string;
  /** Where a redirect leads. */
  readonly location?: string;
  /** True while nothing has shown that the API is at this address. */
  readonly isUnproven?: boolean;
  /** The server's clock, in milliseconds since the epoch. */
  readonly date?: number | undefined;
}

const TIMEOUT_MS = 60_000;
const LONGEST_WAIT_MS = 120_000;

export async function requestJson(
  { method, url, headers, body, text, bytes }: JsonRequest,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  signal.throwIfAborted();
  const host = new URL(url).host;
  const isQuestion = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  const answer = await ask()
    .catch((cause: unknown) => {
      if (signal.aborted || !isQuestion) throw cause;
      return ask(); // a question may be asked again at once
    })
    .catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new BloggerError(`No answer from ${host}: ${reasonOf(cause)}`, {
        code: 'TARGET_UNREACHABLE',
        hint: 'Run the same command again: what the call did is looked up first.',
        cause,
      });
    });
  if (answer.status === 401 || (answer.status === 403 && !answer.isLimit)) return answer;
  if (answer.isLimit || answer.status >= 500) {
    const why = wordOf(answer.json) ?? answer.said;
    throw new BloggerError(`${host} answered with status ${answer.status}${why === undefined ? '' : `: ${why}`}`, {
      code: 'TARGET_UNREACHABLE',
      hint: 'Run the same command again later.',
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    });
  }
  return answer;

  async function ask() {
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': `blogger/${VERSION}`, // firewalls turn away requests that do not say who asks
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined && bytes === undefined ? {} : { body: sent ?? bytes }),
      redirect: 'manual', // a redirect would send the credentials elsewhere, or turn a POST into a GET
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const answered = await response.text();
    const json = parseJsonIn(answered);
    const location = response.headers.get('location');
    return {
      status: response.status,
      json,
      date: dateOf(response),
      isLimit: isLimit(response, json),
      retryAfterMs: waitOf(response),
      ...(json === undefined && answered !== '' ? { said: wordsOf(answered) } : {}),
      ...(location === null ? {} : { location: new URL(location, url).href }),
    };
  }
}

/** Whether it came too soon: GitHub says so with 403, the status of a missing right. */
function isLimit({ status, headers }: Response, json: unknown): boolean {
  if (status !== 403) return status === 429;
  const isUsedUp = headers.get('x-ratelimit-remaining') === '0';
  return isUsedUp || headers.has('retry-after') || /\brate limit/i.test(wordOf(json) ?? '');
}

/** How long to wait, from a number of seconds, a time, or the time at which a limit begins anew. */
function waitOf(response: Response): number | undefined {
  const now = dateOf(response) ?? Number.NaN;
  const after = response.headers.get('retry-after') ?? '';
  const isUsedUp = response.headers.get('x-ratelimit-remaining') === '0';
  const reset = isUsedUp ? Number(response.headers.get('x-ratelimit-reset') ?? Number.NaN) : Number.NaN;
  const waits = [after === '' ? Number.NaN : Number(after) * 1000, Date.parse(after) - now, reset * 1000 - now];
  const wait = waits.find(Number.isFinite);
  return wait === undefined ? undefined : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

/** The first part of a page, for what its head says. */
export async function requestText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  return (await response.text()).slice(0, 200_000);
}

/** The error of an answer that says no, or that is not the one that was asked for. */
export function refused(target: string, what: string, answer: JsonAnswer, hint?: string): BloggerError {
  const { status, json, said, location } = answer;
  const why = location === undefined ? (wordOf(json) ?? said) : `it redirects to ${location}`;
  const isAuth = status === 401 || status === 403;
  return new BloggerError(`${target} refused to ${what} (status ${status}${why === undefined ? '' : `: ${why}`})`, {
    code: isAuth ? 'TARGET_AUTH' : 'TARGET_REFUSED',
    hint: hint ?? hintOf(answer),
  });
}

function hintOf({ status, json, location }: JsonAnswer): string {
  if (status === 413) return 'Something in the post is larger than the server takes: make its pictures smaller.';
  if (location !== undefined) return 'Set the address of the target to where its own address leads.';
  if (json === undefined && status !== 404)
    return 'This is a page and not an answer of the API: a firewall, a login page or a plugin stands before it. Let requests of blogger through to the API.';
  return status === 401 || status === 403
    ? 'Check the credentials and the rights of their user; `blogger doctor` tries them.'
    : 'See what the answer says; `blogger doctor` tries the target.';
}

function wordOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { message, errors } = json as {
    readonly message?: unknown;
    readonly errors?: readonly { readonly message?: unknown; readonly context?: unknown }[];
  };
  const [first] = Array.isArray(errors) ? errors : [];
  const words = [message ?? first?.message, first?.context].filter((word) => typeof word === 'string');
  return words.length === 0 ? undefined : words.join(' ').slice(0, 300);
}

/** What a reader of a page sees first. */
function wordsOf(page: string): string {
  return page
    .slice(0, 5000)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}

function dateOf(response: Response): number | undefined {
  const time = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}
