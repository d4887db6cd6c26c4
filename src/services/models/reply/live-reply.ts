import { BloggerError } from '../../../core/errors.ts';
import type { ModelReply } from '../../../core/ports.ts';
import { at } from '../client/json.ts';
import { connectionError, providerError } from '../refusal/provider-errors.ts';
import type { ProviderErrorContext } from '../refusal/refusal-case.ts';
import { readBody } from './read-body.ts';
import { countsNothing, errorInReply, type ReplyOptions, readReply } from './read-reply.ts';

/**
 * The answer in a response of status 200. Throws `PROVIDER_…` where it holds an error instead, or nothing that can be read.
 * An answer that names its usage was paid for, and is kept whatever else it says.
 */
export function readLiveReply(
  raw: string,
  options: Omit<ReplyOptions, 'raw'>,
  context: ProviderErrorContext,
): ModelReply {
  const body = readBody(raw);
  if (body === undefined) throw unreadable(raw, context);
  const reply = readReply(body, { ...options, raw });
  if (reply.usage !== undefined || isKept(body)) return reply;
  const failure = errorInReply(body);
  if (failure !== undefined) throw providerError(failure, context);
  if (reply.text === '' && countsNothing(body))
    throw new BloggerError(`${context.provider} answered for ${context.model} with no text, and counts no tokens`, {
      code: 'PROVIDER_OVERLOADED',
      hint: 'Retried automatically; if it stays, try later or take another model.',
      details: { bill: 'free' },
    });
  if (reply.text === '' && reply.finishReason === 'other')
    throw connectionError(new Error('the answer holds no text and no usage'), context);
  return reply;
}

/** Words that are no answer of any server mean a wrong address; half of an answer may have been paid for. */
function unreadable(raw: string, context: ProviderErrorContext): BloggerError {
  const isHalf = raw.trim() === '' || /^(?:[{[]|data:|event:|:)/.test(raw.trimStart());
  return isHalf
    ? connectionError(new Error('the answer breaks off before its end'), context)
    : providerError({ status: 200, message: raw, ownWords: false }, context);
}

/** True for a refusal of what the model wrote because it is no JSON, which holds the text. */
export function isKept(body: unknown): boolean {
  return typeof at(body, 'error', 'failed_generation') === 'string';
}
