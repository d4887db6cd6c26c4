/** The `Fetcher` over undici: keep-alive, the guard, redirects, unpacking, limits of time and size. No retries, no cache. */

import type { LookupFunction } from 'node:net';
import type { Clock, Fetcher, FetchRequest, FetchResponse } from '../../core/ports.ts';
import { systemClock } from '../../util/clock.ts';
import { withDeadline } from './deadline.ts';
import { ACCEPT_ENCODING } from './decode-body.ts';
import { fetchError, redirectError } from './fetch-errors.ts';
import { createGuardedConnector } from './guarded-connector.ts';
import { readBody } from './read-body.ts';
import { Agent, request as undiciRequest } from './undici.ts';
import { checkUrl } from './url-guard.ts';

export interface HttpFetcherOptions {
  /** Private and loopback addresses, and any port, are allowed. */
  readonly allowPrivate: boolean;
  /** The whole User-Agent header; see `userAgentHeader`. */
  readonly userAgent: string;
  /** Resolves host names; the system's when absent. Tests of DNS rebinding hand in their own. */
  readonly lookup?: LookupFunction;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;
/** Headers each line of which may speak to somebody else, which a comma would hide. */
const STANDS_ALONE: ReadonlySet<string> = new Set(['x-robots-tag']);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Opens a fetcher that keeps connections alive until it is disposed of. Throws `URL_REFUSED`, `FETCH_FAILED`, `FETCH_TIMEOUT`, `TOO_LARGE` or
 * `TOO_MANY_REDIRECTS`; any status is an answer, but bodies of status 400 and above are not read.
 */
export function openHttpFetcher({
  allowPrivate,
  userAgent,
  lookup,
  clock = systemClock,
}: HttpFetcherOptions): Fetcher & AsyncDisposable {
  const dispatcher = new Agent({
    connect: createGuardedConnector({ allowPrivate, lookup, connectTimeoutMs: CONNECT_TIMEOUT_MS }),
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0, // one deadline covers the whole exchange
    bodyTimeout: 0,
  });

  async function exchange(
    url: URL,
    request: FetchRequest,
    signal: AbortSignal,
  ): Promise<Omit<FetchResponse, 'ms' | 'url'>> {
    checkUrl(url, { allowPrivate });
    const answer = await undiciRequest.call(dispatcher, {
      origin: url.origin,
      path: url.href.slice(url.origin.length), // not `pathname + search`, which loses a lone `?`
      method: 'GET',
      signal,
      headers: { 'user-agent': userAgent, 'accept-encoding': ACCEPT_ENCODING, ...request.headers },
    });
    const headers = joinHeaders(answer.headers);
    const body = await readBody(answer.body, { url: url.href, status: answer.statusCode, headers, request });
    return { finalUrl: url.href, status: answer.statusCode, headers, body };
  }

  async function follow(request: FetchRequest, signal: AbortSignal): Promise<Omit<FetchResponse, 'ms' | 'url'>> {
    const seen = new Set<string>();
    let url = parseUrl(request.url);
    for (;;) {
      seen.add(url.href);
      const response = await exchange(url, request, signal);
      const { location } = response.headers;
      if (request.maxRedirects === 0 || !REDIRECTS.has(response.status) || location === undefined) return response;
      url = parseUrl(location, url);
      if (seen.has(url.href)) throw redirectError(request.url, `redirects in a circle, back to ${url.href}`);
      if (seen.size > request.maxRedirects)
        throw redirectError(request.url, `redirects more than ${request.maxRedirects} times, last to ${url.href}`);
    }
  }

  return {
    async fetch(request, signal) {
      const startedAt = clock.now();
      try {
        const response = await withDeadline(
          (inner) => follow(request, inner),
          { url: request.url, timeoutMs: request.timeoutMs, clock },
          signal,
        );
        return { url: request.url, ...response, ms: clock.now() - startedAt };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw fetchError(error, request.url);
      }
    },
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };
}

function parseUrl(text: string, base?: URL): URL {
  try {
    const url = new URL(text, base);
    url.hash = '';
    return url;
  } catch (error) {
    throw Object.assign(new TypeError(`Not an address: ${text}`, { cause: error }), { code: 'UND_ERR_INVALID_ARG' });
  }
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      joined[name] = Array.isArray(value) ? value.join(STANDS_ALONE.has(name) ? '\n' : ', ') : value;
  }
  return joined;
}
