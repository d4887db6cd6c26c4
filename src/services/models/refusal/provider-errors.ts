/** What went wrong at a vendor, as the product's errors. Retryability and the bill are decided here, where the cause is known. */

import { billOfStatus } from '../../../core/bill.ts';
import { BloggerError } from '../../../core/errors.ts';
import { nodeErrorCode } from '../../../util/files/node-errors.ts';
import { redactSecrets } from '../redact.ts';
import type { WireError } from './read-refusal.ts';
import type { ProviderErrorContext } from './refusal-case.ts';
import { judgeRefusal, NOT_REPEATED, saysItRan } from './refusal-rules.ts';

const LONGEST_REASON = 10_000;

/** Turns a refusal into the error that the run acts on. */
export function providerError(told: WireError, context: ProviderErrorContext): BloggerError {
  const wire = { ...told, hasRun: told.hasRun === true || saysItRan(told, context) };
  const { code, hint, retryable, details } = judgeRefusal(wire, context);
  const reason = redactSecrets(wire.message.slice(0, LONGEST_REASON), context.secrets);
  const message = shorten(reason);
  const said =
    code === 'PROVIDER_ADDRESS'
      ? `No model answered at ${context.address ?? context.provider}, but: ${message}`
      : `${context.provider} answered ${wire.status} for ${context.model}: ${message}`;
  return new BloggerError(said, {
    code,
    hint,
    details: {
      status: wire.status,
      bill: code === 'PROVIDER_ADDRESS' ? 'free' : billOfStatus(wire.status, wire),
      reason,
      ...(wire.type === undefined ? {} : { type: wire.type }),
      ...(wire.code === undefined ? {} : { vendorCode: wire.code }),
      ...(wire.param === undefined ? {} : { param: wire.param }),
      ...details,
    },
    ...(retryable === undefined ? {} : { retryable }),
    ...(wire.retryAfterMs === undefined ? {} : { retryAfterMs: wire.retryAfterMs }),
  });
}

/** Socket errors before anything was sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Names of Node's errors for a certificate that is not trusted; the request is sent after the handshake. */
const BAD_CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

/**
 * A call that ended without an answer. Where nothing can have been sent it was free; in every other case it may have been paid for,
 * and only the owner of the ledger may decide to ask again.
 */
export function connectionError(
  error: unknown,
  { provider, secrets, address }: ProviderErrorContext,
  hint?: string,
): BloggerError {
  const socketCode = codeInChain(error);
  const message = redactSecrets(messageOfChain(error), secrets);
  if (socketCode !== undefined && (NEVER_SENT.has(socketCode) || BAD_CERTIFICATE.test(socketCode))) {
    const place = address === undefined ? provider : `${provider} at ${address}`;
    const reason = redactSecrets(shorten([...chain(error)].at(-1)?.message || message), secrets);
    return new BloggerError(`${place} cannot be reached: ${reason}`, {
      code: 'PROVIDER_OVERLOADED',
      hint:
        socketCode === 'ECONNREFUSED'
          ? 'Nothing listens there: start the server, or correct its address with --base-url.'
          : 'Check the network, the base URL and the proxy.',
      details: { socketCode, bill: 'free' },
    });
  }
  const refusedBy = PROXY_REFUSAL.exec(message)?.[1];
  if (refusedBy !== undefined) return proxyError(Number(refusedBy), provider);
  return new BloggerError(`The connection to ${provider} broke before the answer came: ${message}`, {
    code: 'PROVIDER_UNKNOWN_OUTCOME',
    hint: hint ?? NOT_REPEATED,
    details: { bill: 'unknown', ...(socketCode === undefined ? {} : { socketCode }) },
  });
}

/** What undici says where a proxy makes no tunnel. */
const PROXY_REFUSAL = /Proxy response \((\d{3})\)/;

/** Without a tunnel nothing was sent. */
function proxyError(status: number, provider: string): BloggerError {
  const message = `The proxy refused the way to ${provider} with status ${status}`;
  const details = { status, bill: 'free' };
  return status === 407
    ? new BloggerError(message, {
        code: 'PROVIDER_ADDRESS',
        hint: 'It asks for a user and a password: set them in HTTPS_PROXY as http://USER:PASSWORD@HOST:PORT.',
        details,
      })
    : new BloggerError(message, {
        code: 'PROVIDER_OVERLOADED',
        hint: 'Check the network, the base URL and the proxy.',
        details,
      });
}

export function* chain(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    yield current;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
}

function codeInChain(error: unknown): string | undefined {
  for (const link of chain(error)) {
    const code = nodeErrorCode(link);
    if (code !== undefined) return code;
  }
  return undefined;
}

function messageOfChain(error: unknown): string {
  const messages = [...chain(error)].map(({ message }) => message).filter((message) => message !== '');
  return shorten([...new Set(messages)].join(': ') || 'no reason given');
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
