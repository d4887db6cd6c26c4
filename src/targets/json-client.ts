/** Requests with JSON to the API of a target. What changes something is not repeated here: a repeated create is a second post. */

import { BloggerError } from '../core/errors.ts';

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
  if (answer.status === 401 || answer.status === 403) return answer;
  if (answer.status === 429 || answer.status >= 500) {
    throw new BloggerError(`${host} answered with status ${answer.status}`, {
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
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined && bytes === undefined ? {} : { body: sent ?? bytes }),
      redirect: 'error', // a redirect would send the credentials elsewhere, or turn a POST into a GET
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const answered = await response.text();
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    const retryAfterMs = Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : undefined;
    return { status: response.status, json: orUndefined(answered), date: dateOf(response), retryAfterMs };
  }
}

/** The first part of a page, for what its head says. */
export async function requestText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  return (await response.text()).slice(0, 200_000);
}

/** The error of an answer that says no. */
export function refused(target: string, what: string, { status, json }: JsonAnswer): BloggerError {
  const said = wordOf(json);
  const isAuth = status === 401 || status === 403;
  return new BloggerError(`${target} refused to ${what} (status ${status}${said === undefined ? '' : `: ${said}`})`, {
    code: isAuth ? 'TARGET_AUTH' : 'TARGET_REFUSED',
    hint: isAuth
      ? 'Check the credentials and the rights of their user; `blogger doctor` tries them.'
      : 'See what the answer says; `blogger doctor` tries the target.',
  });
}

function wordOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { message, errors } = json as {
    readonly message?: unknown;
    readonly errors?: readonly { readonly message?: unknown }[];
  };
  const word = message ?? errors?.[0]?.message;
  return typeof word === 'string' ? word.slice(0, 300) : undefined;
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}

function dateOf(response: Response): number | undefined {
  const time = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

function orUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
