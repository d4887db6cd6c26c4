/** What went wrong at a vendor, in our words. Retryability is decided here, where the cause is known, and only read elsewhere. */

import { BloggerError, type ErrorCode } from '../../core/errors.ts';
import { nodeErrorCode } from '../../util/node-errors.ts';
import { redactSecrets } from './redact.ts';

export interface ProviderErrorContext {
  readonly provider: string;
  readonly model: string;
  /** The variable that holds the key. */
  readonly keyName: string;
  /** False where the vendor says "check your plan and billing" on every 429, as Google does. */
  readonly says429ForCredit: boolean;
  /** Never to be seen in a message. */
  readonly secrets: readonly string[];
}

/** A refusal as it stood on the wire, whoever brought it. */
export interface WireError {
  readonly status: number;
  readonly message: string;
  readonly type?: string | undefined;
  /** The vendor's word, or `status` of Google's errors. */
  readonly code?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Quota ids of Google's QuotaFailure, such as `GenerateRequestsPerDayPerProjectPerModel`. */
  readonly quotaIds?: readonly string[];
}

interface Verdict {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable?: boolean;
}

const QUOTA_WORDS =
  /insufficient_quota|credit_balance_exhausted|billing_hard_limit|exceeded your current quota, please check your plan and billing/i;
const AUTH_WORDS =
  /api[_ ]key[_ ](?:not valid|invalid)|invalid_api_key|API_KEY_INVALID|didn't provide an API key|unregistered callers/i;
/** So Google speaks, with a 403, of a file that is no longer there. */
const MAY_BE_MISSING = /permission to access the File \S+ or it may not exist/i;
const TOO_LARGE =
  /request too large|maximum context length|context_length_exceeded|exceeds the context window|exceed_context_size|input token count exceeds/i;

/** Turns a refusal into the error that the run acts on. */
export function providerError(wire: WireError, context: ProviderErrorContext): BloggerError {
  const { code, hint, retryable } = judge(wire, context);
  const message = redactSecrets(shorten(wire.message), context.secrets);
  return new BloggerError(`${context.provider} answered ${wire.status} for ${context.model}: ${message}`, {
    code,
    hint,
    details: {
      status: wire.status,
      ...(wire.type === undefined ? {} : { type: wire.type }),
      ...(wire.code === undefined ? {} : { vendorCode: wire.code }),
    },
    ...(retryable === undefined ? {} : { retryable }),
    ...(wire.retryAfterMs === undefined ? {} : { retryAfterMs: wire.retryAfterMs }),
  });
}

function judge(wire: WireError, { keyName, model, says429ForCredit }: ProviderErrorContext): Verdict {
  const words = `${wire.type ?? ''} ${wire.code ?? ''} ${wire.message}`;
  if (wire.status === 401 || AUTH_WORDS.test(words)) return { code: 'PROVIDER_AUTH', hint: `Check ${keyName}.` };
  if (TOO_LARGE.test(words))
    return {
      code: 'PROVIDER_REQUEST',
      hint: 'No wait helps: shorten the source or the wished length, or take a model with a larger limit.',
    };
  if (wire.status === 429) return judgeLimit(wire, words, says429ForCredit);
  if (wire.status === 402) return { code: 'PROVIDER_QUOTA', hint: 'Add credit at the provider.' };
  if (wire.status === 404 || MAY_BE_MISSING.test(words))
    return { code: 'PROVIDER_MODEL', hint: `Set another model than "${model}" with --model, or check the base URL.` };
  if (wire.status === 403)
    return { code: 'PROVIDER_AUTH', hint: `The account behind ${keyName} may not use this model, project or region.` };
  if (wire.status === 408 || wire.status === 409 || wire.status >= 500)
    return { code: 'PROVIDER_OVERLOADED', hint: 'Tried again by itself; if it stays, try later.' };
  return { code: 'PROVIDER_REQUEST', hint: 'The model or the server does not take such a request; try another model.' };
}

function judgeLimit(wire: WireError, words: string, says429ForCredit: boolean): Verdict {
  if (wire.quotaIds?.some((id) => /PerDay/i.test(id)) === true) {
    return {
      code: 'PROVIDER_QUOTA',
      hint: 'The quota of the day is used up; it starts anew at midnight Pacific time.',
    };
  }
  if (says429ForCredit && QUOTA_WORDS.test(words))
    return { code: 'PROVIDER_QUOTA', hint: 'Add credit or raise the budget at the provider, then run again.' };
  if (/resource_unavailable/.test(words))
    return {
      code: 'PROVIDER_OVERLOADED',
      hint: 'The flex tier has no room now; it was not charged. --tier standard does not wait.',
    };
  return {
    code: 'PROVIDER_RATE_LIMITED',
    hint: 'Set limits.requestsPerMinute and limits.tokensPerMinute to what the provider grants.',
  };
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * A call that ended without an answer. Where nothing can have been sent it was free; in every other case it may have been paid for,
 * and only the owner of the ledger may decide to ask again.
 */
export function connectionError(error: unknown, { provider, secrets }: ProviderErrorContext): BloggerError {
  const socketCode = codeInChain(error);
  const message = redactSecrets(messageOfChain(error), secrets);
  if (socketCode !== undefined && NEVER_SENT.has(socketCode)) {
    return new BloggerError(`${provider} cannot be reached: ${message}`, {
      code: 'PROVIDER_OVERLOADED',
      hint: 'Check the network and the base URL.',
      details: { socketCode },
    });
  }
  return new BloggerError(`The connection to ${provider} broke before the answer came: ${message}`, {
    code: 'PROVIDER_UNKNOWN_OUTCOME',
    hint: 'The call may have been paid for; it counts at its worst case.',
    details: socketCode === undefined ? {} : { socketCode },
  });
}

function* chain(error: unknown): Generator<Error> {
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

/** HTML of an edge server says nothing; a long text says it in its first lines. */
export function shorten(text: string): string {
  const plain = /<html|<!doctype/i.test(text) ? (/<title>([^<]*)/i.exec(text)?.[1] ?? 'an HTML page') : text;
  const line = plain.replace(/\s+/g, ' ').trim();
  return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
