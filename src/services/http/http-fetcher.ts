/** The `Fetcher` over undici: keep-alive, address guard, redirects, decompression, time and size limits. No retries, no cache. */

import type { LookupFunction, Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { Clock, Fetcher, FetchRequest, FetchResponse } from '../../core/ports.ts';
import { systemClock } from '../../util/clock.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';
import type { ProxySettings } from '../../util/net/proxy-route.ts';
import { plural } from '../../util/text/plural.ts';
import { withDeadline } from './deadline.ts';
import { ACCEPT_ENCODING } from './decode-body.ts';
import { type Dispatchers, openDispatchers } from './dispatchers.ts';
import { fetchError, redirectError } from './fetch-errors.ts';
import { lenientExchange } from './lenient-exchange.ts';
import { readBody } from './read-body.ts';
import { request as undiciRequest } from './undici.ts';
import { checkUrl } from './url-guard.ts';

export interface HttpFetcherOptions {
  /** Private and loopback addresses, and any port, are allowed. */
  readonly allowPrivate: boolean;
  /** The whole User-Agent header; see `userAgentHeader`. */
  readonly userAgent: string;
  /** Resolves host names; the system's when absent. Tests of DNS rebinding pass their own. */
  readonly lookup?: LookupFunction;
  /** @default the system clock */
  readonly clock?: Clock;
  /** Proxies of the environment. @default none */
  readonly proxies?: ProxySettings | undefined;
  /** Certificates of the authorities to trust. @default the system's */
  readonly ca?: string;
}

/** Headers whose lines contain commas or address different crawlers; joined by line breaks. */
const STANDS_ALONE: ReadonlySet<string> = new Set(['x-robots-tag', 'set-cookie']);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

type Answer = Omit<FetchResponse, 'ms' | 'url'>;
/** One request and its response; a redirect is returned, not followed. */
type Exchange = (url: URL, request: FetchRequest, signal: AbortSignal) => Promise<Answer>;

/**
 * Opens a fetcher that keeps connections alive until it is disposed of. Throws `URL_REFUSED`, `FETCH_FAILED`, `FETCH_TIMEOUT`, `TOO_LARGE` or
 * `TOO_MANY_REDIRECTS`; error statuses do not throw, but bodies of status 400 and above are not read.
 */
export function openHttpFetcher(options: HttpFetcherOptions): Fetcher & AsyncDisposable {
  const { allowPrivate, lookup, clock = systemClock, proxies, ca } = options;
  const dispatchers = openDispatchers({ allowPrivate, lookup, proxies, ca });
  const exchange = createExchange(dispatchers, options);
  return {
    async fetch(request, signal) {
      const startedAt = clock.monotonic();
      try {
        const response = await withDeadline(
          (inner) => follow(request, exchange, inner),
          { url: request.url, timeoutMs: request.timeoutMs, clock },
          signal,
        );
        return { url: request.url, ...response, ms: clock.monotonic() - startedAt };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw fetchError(error, request.url);
      }
    },
    [Symbol.asyncDispose]: () => dispatchers[Symbol.asyncDispose](),
  };
}

/** Sends through undici; if the response violates the HTTP grammar, repeats the request with a lenient parser. */
function createExchange(dispatchers: Dispatchers, { allowPrivate, userAgent }: HttpFetcherOptions): Exchange {
  return async (url, request, signal) => {
    checkUrl(url, { allowPrivate });
    const headers = { 'user-agent': userAgent, 'accept-encoding': ACCEPT_ENCODING, ...request.headers };
    try {
      const dispatcher = await dispatchers.for(url);
      const sent = { origin: url.origin, path: pathOf(url), method: 'GET', signal, headers } as const;
      const answer = await undiciRequest.call(dispatcher, sent);
      return await toResponse(url, request, answer.statusCode, answer.headers, answer.body);
    } catch (error) {
      if (!isParserError(error) || dispatchers.isProxied(url)) throw error;
      const socket = await openSocket(url, dispatchers.connect);
      return await exchangeLeniently(socket, url, request, { ...headers, host: url.host }, signal).catch(
        (second: unknown) => {
          throw signal.aborted ? second : error; // the first error describes the fault of the response
        },
      );
    }
  };
}

async function exchangeLeniently(
  socket: Socket,
  url: URL,
  request: FetchRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  const { maxBytes } = request;
  const answer = await lenientExchange(socket, { path: pathOf(url), headers, maxBytes: maxBytes + 1, signal });
  if (answer === undefined) throw new TypeError('The answer is not HTTP');
  const body = Readable.from(answer.complete ? [answer.body] : withEnd(answer.body));
  return await toResponse(url, request, answer.status, answer.headers, body);
}

/** Not `pathname + search`, which loses a lone `?`. */
function pathOf(url: URL): string {
  return url.href.slice(url.origin.length);
}

async function follow(request: FetchRequest, exchange: Exchange, signal: AbortSignal): Promise<Answer> {
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
      throw redirectError(
        request.url,
        `redirects more than ${plural(request.maxRedirects, 'time')}, last to ${url.href}`,
      );
  }
}

async function toResponse(
  url: URL,
  request: FetchRequest,
  status: number,
  rawHeaders: Readonly<Record<string, string | string[] | undefined>>,
  stream: Readable,
): Promise<Answer> {
  const headers = joinHeaders(rawHeaders);
  const body = await readBody(stream, { url: url.href, status, headers, request });
  return { finalUrl: url.href, status, headers, body };
}

/** A body that ends before its stated length. */
async function* withEnd(body: Buffer): AsyncGenerator<Buffer> {
  yield body;
  throw Object.assign(new Error('The answer ended early'), { code: 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' });
}

/** Responses with invalid syntax or contradictory lengths; many HTTP clients read them. Does not apply to truncated responses. */
function isParserError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isGrammar = error.name === 'HTTPParserError' && !/EOF/.test(error.message);
  const isContinue = error.name === 'SocketError' && /^bad response$/.test(error.message); // undici rejects an unsolicited `100 Continue`
  return isGrammar || isContinue || nodeErrorCode(error) === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}

function openSocket(url: URL, connect: Dispatchers['connect']): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { protocol, hostname, host } = url;
    const port = url.port || (protocol === 'https:' ? '443' : '80');
    connect({ protocol, hostname: hostname.replace(/^\[|\]$/g, ''), host, port }, (error, socket) => {
      if (socket === null) reject(error);
      else resolve(socket);
    });
  });
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
    if (value === undefined) continue;
    if (!Array.isArray(value)) joined[name] = value;
    else if (name === 'location')
      joined[name] = value[0] ?? ''; // one address, even if it is sent several times
    else joined[name] = value.join(STANDS_ALONE.has(name) ? '\n' : ', ');
  }
  return joined;
}
