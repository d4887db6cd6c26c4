/** What went wrong at a vendor, as the product's errors. Retryability and the bill are decided here, where the cause is known. */

import { billOfStatus } from '../../../core/bill.ts';
import { BloggerError, type ErrorCode } from '../../../core/errors.ts';
import { nodeErrorCode } from '../../../util/files/node-errors.ts';
import { redactSecrets } from '../redact.ts';
import type { WireError } from './read-refusal.ts';
import {
  isAboutAccount,
  isAboutModel,
  isBadKey,
  isBusy,
  isFlagged,
  isMoneyGone,
  isNoSuchPath,
  isOfTheDay,
  isStarting,
  isTooLong,
  plainWords,
} from './refusal-words.ts';

export interface ProviderErrorContext {
  readonly provider: string;
  readonly model: string;
  /** The variable that holds the key. */
  readonly keyName: string;
  /** False where the vendor says "check your plan and billing" on every 429, as Google does. */
  readonly says429ForCredit: boolean;
  /** Where the calls go, for messages: without user, password and query. */
  readonly address?: string | undefined;
  /** True for a server that is not the vendor's own. */
  readonly isOwnServer?: boolean;
  /** True once an answer came: the key, the account and the region are good, so that a later 403 is about its page. */
  hasAnswered?: boolean;
  /** Never shown in a message. */
  readonly secrets: readonly string[];
}

interface Verdict {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable?: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}

interface Case {
  readonly wire: WireError;
  /** Type, code and message in the form of `plainWords`. */
  readonly words: string;
  readonly context: ProviderErrorContext;
}

interface Rule {
  readonly when: (one: Case) => boolean;
  readonly verdict: (one: Case) => Verdict;
}

/** A run does not wait longer than this for a vendor's limit; it ends and names the time. */
export const LONGEST_WAIT_MS = 600_000;

/** For calls that may have been billed. */
export const NOT_REPEATED =
  'The call may have been paid for, so it counts at its worst case and is not repeated in this run; --retry-failed sends it again.';

/** The first rule that fits decides. */
const RULES: readonly Rule[] = [
  {
    when: ({ wire, words }) => wire.status < 400 || (wire.status !== 404 && !isRefusal(wire) && isNoSuchPath(words)),
    verdict: ({ context }) => wrongAddress(context),
  },
  {
    when: ({ wire, words }) => wire.status === 401 || isBadKey(words),
    verdict: ({ context }) => ({ code: 'PROVIDER_AUTH', hint: `Check ${context.keyName}.` }),
  },
  {
    when: ({ wire, words }) => wire.status === 413 || (isRefusal(wire) && wire.status !== 429 && isTooLong(words)),
    verdict: () => ({
      code: 'PROVIDER_REQUEST',
      hint: 'Waiting does not help: shorten the source or --length, or use a model with a larger context.',
    }),
  },
  {
    when: ({ wire, words }) => wire.status === 402 || (isRefusal(wire) && wire.status !== 429 && isUsedUp(wire, words)),
    verdict: () => ({ code: 'PROVIDER_QUOTA', hint: 'Add credit at the provider.' }),
  },
  { when: ({ wire }) => wire.status === 429, verdict: judgeLimit },
  {
    when: ({ wire, words }) => isRefusal(wire) && wire.status !== 404 && (wire.flagged === true || isFlagged(words)),
    verdict: () => ({
      code: 'REPLY_REFUSED',
      hint: 'Remove the page from the list, or use another model. The other posts are not affected.',
    }),
  },
  {
    when: ({ wire, words }) => isRefusal(wire) && wire.status !== 404 && isAboutAccount(words),
    verdict: ({ context }) => ({
      code: 'PROVIDER_AUTH',
      hint: `The account behind ${context.keyName} may not use this model, project or region.`,
    }),
  },
  {
    when: ({ wire, words }) => wire.status === 404 || wire.status === 410 || (isRefusal(wire) && isAboutModel(words)),
    verdict: ({ context: { model, address } }) => ({
      code: 'PROVIDER_MODEL',
      hint: `Set another model than "${model}" with --model, or check the base URL${address === undefined ? '' : ` (${address})`}.`,
    }),
  },
  {
    when: ({ wire, context }) => wire.status === 403 && (!wire.ownWords || context.hasAnswered === true),
    verdict: () => ({
      code: 'PROVIDER_REQUEST',
      hint: 'Something between here and the model, such as a firewall, refuses this page. Remove it from the list, or use another address.',
    }),
  },
  {
    when: ({ wire }) => wire.status === 403,
    verdict: ({ context }) => ({
      code: 'PROVIDER_AUTH',
      hint: `The account behind ${context.keyName} may not use this model, project or region.`,
    }),
  },
  {
    when: ({ wire }) => billOfStatus(wire.status, wire) === 'unknown',
    verdict: () => ({
      code: 'PROVIDER_UNKNOWN_OUTCOME',
      hint: `${NOT_REPEATED} Where answers take long, ask the gateway for a longer timeout.`,
    }),
  },
  {
    when: ({ wire, words, context }) =>
      wire.status === 503 && !isBusy(words) && (context.isOwnServer === true || isStarting(words)),
    verdict: () => ({
      code: 'PROVIDER_OVERLOADED',
      hint: 'The server is not ready yet: it is asked again until it is.',
      details: { starting: true },
    }),
  },
  {
    when: ({ wire }) => wire.status === 409 || wire.status >= 500,
    verdict: () => ({ code: 'PROVIDER_OVERLOADED', hint: 'Retried automatically; if it stays, try later.' }),
  },
];

const OTHERWISE: Verdict = {
  code: 'PROVIDER_REQUEST',
  hint: 'The model or the server does not accept such a request; try another model.',
};

/** Turns a refusal into the error that the run acts on. */
export function providerError(wire: WireError, context: ProviderErrorContext): BloggerError {
  const one = { wire, context, words: plainWords([wire.type, wire.code, wire.message]) };
  const { code, hint, retryable, details } = RULES.find(({ when }) => when(one))?.verdict(one) ?? OTHERWISE;
  const message = redactSecrets(shorten(wire.message), context.secrets);
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
      ...(wire.type === undefined ? {} : { type: wire.type }),
      ...(wire.code === undefined ? {} : { vendorCode: wire.code }),
      ...(wire.param === undefined ? {} : { param: wire.param }),
      ...details,
    },
    ...(retryable === undefined ? {} : { retryable }),
    ...(wire.retryAfterMs === undefined ? {} : { retryAfterMs: wire.retryAfterMs }),
  });
}

function isRefusal({ status }: WireError): boolean {
  return status >= 400 && status < 500;
}

/** The money of the account or of the key; a 403 of the key's own limit is one of money. */
function isUsedUp({ status }: WireError, words: string): boolean {
  return isMoneyGone(words) || (status === 403 && /\blimit (?:exceeded|reached)\b/.test(words));
}

function wrongAddress({ address }: ProviderErrorContext): Verdict {
  const missing =
    address !== undefined && !/\/v\d+\b/.test(address) ? ' Most servers want it with /v1 at its end.' : '';
  return { code: 'PROVIDER_ADDRESS', hint: `Check the base URL.${missing}` };
}

function judgeLimit({ wire, words, context }: Case): Verdict {
  const { retryAfterMs } = wire;
  if (retryAfterMs !== undefined && retryAfterMs > LONGEST_WAIT_MS)
    return {
      code: 'PROVIDER_PAUSED',
      hint: `Run the same command again in ${waitText(retryAfterMs)}; what is done is saved.`,
    };
  if (wire.quotaIds?.some((id) => /PerDay/i.test(id)) === true)
    return {
      code: 'PROVIDER_QUOTA',
      hint: "The day's quota is used up; it starts again at midnight Pacific time.",
    };
  if (context.says429ForCredit && retryAfterMs === undefined && isMoneyGone(words))
    return { code: 'PROVIDER_QUOTA', hint: 'Add credit or raise the budget at the provider, then run again.' };
  if (retryAfterMs === undefined && isOfTheDay(words))
    return { code: 'PROVIDER_QUOTA', hint: "The day's quota is used up. Run again tomorrow, or raise the limit." };
  if (/resource unavailable/.test(words))
    return {
      code: 'PROVIDER_OVERLOADED',
      hint: 'The flex tier has no room now; it was not charged. --tier standard does not wait.',
    };
  return {
    code: 'PROVIDER_RATE_LIMITED',
    hint: 'Set limits.requestsPerMinute and limits.tokensPerMinute to what the provider grants.',
  };
}

function waitText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
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
  { provider, secrets }: ProviderErrorContext,
  hint?: string,
): BloggerError {
  const socketCode = codeInChain(error);
  const message = redactSecrets(messageOfChain(error), secrets);
  if (socketCode !== undefined && (NEVER_SENT.has(socketCode) || BAD_CERTIFICATE.test(socketCode))) {
    return new BloggerError(`${provider} cannot be reached: ${message}`, {
      code: 'PROVIDER_OVERLOADED',
      hint: 'Check the network, the base URL and the proxy.',
      details: { socketCode, bill: 'free' },
    });
  }
  return new BloggerError(`The connection to ${provider} broke before the answer came: ${message}`, {
    code: 'PROVIDER_UNKNOWN_OUTCOME',
    hint: hint ?? NOT_REPEATED,
    details: { bill: 'unknown', ...(socketCode === undefined ? {} : { socketCode }) },
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
