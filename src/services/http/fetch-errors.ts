/** Maps errors of undici, TLS, DNS and zlib to `BloggerError`; the only place that decides whether a fetch is retryable. */

import { BloggerError } from '../../core/errors.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';

interface Kind {
  readonly code: 'FETCH_FAILED' | 'FETCH_TIMEOUT';
  readonly retryable: boolean;
  readonly what: string;
  readonly hint?: string;
}

const TLS_HINT = 'The certificate is the site owner’s to repair; check the address in a browser.';
const tls = (what: string): Kind => ({ code: 'FETCH_FAILED', retryable: false, what, hint: TLS_HINT });
const lost = (what: string): Kind => ({ code: 'FETCH_FAILED', retryable: true, what });
const slow = (what: string): Kind => ({ code: 'FETCH_TIMEOUT', retryable: true, what });
const broken = (what: string): Kind => ({ code: 'FETCH_FAILED', retryable: false, what });

const KINDS: Readonly<Record<string, Kind>> = {
  ENOTFOUND: {
    code: 'FETCH_FAILED',
    retryable: false,
    what: 'the host name does not exist',
    hint: 'Check the spelling of the host in the list.',
  },
  EAI_AGAIN: lost('the host name could not be looked up just now'),
  ECONNREFUSED: lost('the connection was refused'),
  ECONNRESET: lost('the connection was reset'),
  EPIPE: lost('the connection was closed'),
  EHOSTUNREACH: lost('the host cannot be reached'),
  ENETUNREACH: lost('the network cannot be reached'),
  EADDRNOTAVAIL: lost('no local address is free'),
  ETIMEDOUT: slow('the connection timed out'),
  UND_ERR_SOCKET: lost('the server closed the connection'),
  UND_ERR_CONNECT_TIMEOUT: slow('the host did not accept the connection'),
  UND_ERR_HEADERS_TIMEOUT: slow('the server did not answer'),
  UND_ERR_BODY_TIMEOUT: slow('the server stopped sending'),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: lost('the answer ended early'),
  UND_ERR_HEADERS_OVERFLOW: broken('the answer has more than 64 kB of headers'),
  UND_ERR_ABORTED: lost('the proxy refused the connection'),
  UND_ERR_INVALID_ARG: broken('the address cannot be requested'),
  CERT_HAS_EXPIRED: tls('the certificate has expired'),
  ERR_TLS_CERT_ALTNAME_INVALID: tls('the certificate is for another host'),
  DEPTH_ZERO_SELF_SIGNED_CERT: tls('the certificate is self-signed'),
  SELF_SIGNED_CERT_IN_CHAIN: tls('the certificate chain is self-signed'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: tls('the certificate cannot be verified'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: tls('the certificate’s issuer is unknown'),
  Z_DATA_ERROR: broken('the compressed body is broken'),
  Z_BUF_ERROR: broken('the compressed body is cut off'),
};

/** Converts any error of a request to a `BloggerError`; returns an existing `BloggerError` in the chain of causes unchanged. */
export function fetchError(error: unknown, url: string): BloggerError {
  const ours = findBloggerError(error);
  if (ours !== undefined) return ours;
  const code =
    deepestCode(error) ?? (error instanceof Error && error.name === 'HTTPParserError' ? 'HPE_INVALID' : undefined);
  const kind = (code === undefined ? undefined : KINDS[code]) ?? guessKind(code, error);
  return new BloggerError(`Could not fetch ${url}: ${kind.what}`, {
    code: kind.code,
    retryable: kind.retryable,
    cause: error,
    details: code === undefined ? {} : { cause: code },
    ...(kind.hint === undefined ? {} : { hint: kind.hint }),
  });
}

export function timeoutError(url: string, timeoutMs: number): BloggerError {
  return new BloggerError(`${url} did not answer completely within ${timeoutMs} ms`, {
    code: 'FETCH_TIMEOUT',
    hint: 'Raise crawl.timeoutMs (--timeout).',
  });
}

export function tooLargeError(url: string, maxBytes: number): BloggerError {
  return new BloggerError(`${url} is larger than ${maxBytes} bytes`, {
    code: 'TOO_LARGE',
    hint: 'Raise crawl.maxBytes (--max-bytes).',
  });
}

export function redirectError(url: string, reason: string): BloggerError {
  return new BloggerError(`${url} ${reason}`, {
    code: 'TOO_MANY_REDIRECTS',
    hint: 'Put the final address into the list, or raise crawl.maxRedirects (--max-redirects).',
  });
}

export function encodingError(url: string, encoding: string): BloggerError {
  return new BloggerError(`${url} sent its body in ${encoding}, which cannot be unpacked here`, {
    code: 'FETCH_FAILED',
    retryable: false,
  });
}

function guessKind(code: string | undefined, error: unknown): Kind {
  if (
    code?.startsWith('ERR_TLS') === true ||
    code?.startsWith('ERR_SSL') === true ||
    code?.startsWith('CERT_') === true
  )
    return tls(`TLS failed (${code})`);
  if (code?.startsWith('HPE_') === true && error instanceof Error && error.message.includes('EOF'))
    return lost('the answer ended early');
  if (code?.startsWith('HPE_') === true)
    return broken(`the answer is not valid HTTP (${error instanceof Error ? error.message : code})`);
  if (
    code?.startsWith('ERR_BROTLI') === true ||
    code?.startsWith('ERR__ERROR_FORMAT') === true ||
    code?.startsWith('ZSTD_') === true
  ) {
    return broken('the compressed body is broken');
  }
  return lost(code === undefined ? 'the connection failed' : `the connection failed (${code})`);
}

/** Happy Eyeballs reports an AggregateError, undici wraps causes: the innermost code is the most specific. */
function deepestCode(error: unknown): string | undefined {
  const inner = innerErrors(error)
    .map(deepestCode)
    .find((code) => code !== undefined);
  return inner ?? nodeErrorCode(error);
}

function findBloggerError(error: unknown): BloggerError | undefined {
  if (BloggerError.is(error)) return error;
  return innerErrors(error)
    .map(findBloggerError)
    .find((found) => found !== undefined);
}

function innerErrors(error: unknown): readonly unknown[] {
  if (error instanceof AggregateError) return error.errors;
  return error instanceof Error && error.cause !== undefined ? [error.cause] : [];
}
