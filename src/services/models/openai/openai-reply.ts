import type { FinishReason, ModelReply } from '../../../core/ports.ts';
import type { Tier, Usage } from '../../../core/types.ts';
import { at, countAt, isObject, textAt } from '../json.ts';
import type { WireError } from '../provider-errors.ts';

/** Reads a chat completion, tolerating what compatible servers leave out. */
export function readOpenAiReply(
  body: unknown,
  { raw, model, tier }: { readonly raw: string; readonly model: string; readonly tier: Tier },
): ModelReply {
  const choice = at(body, 'choices', 0);
  const refusal = textAt(choice, 'message', 'refusal');
  const text = contentText(at(choice, 'message', 'content'));
  return {
    text: refusal ?? text,
    finishReason: refusal === undefined ? finishReason(at(choice, 'finish_reason'), text) : 'refusal',
    usage: readUsage(at(body, 'usage')),
    tier: tier === 'batch' ? 'batch' : servedTier(at(body, 'service_tier')),
    model: textAt(body, 'model') ?? model,
    raw,
  };
}

/** An error inside an answer of status 200, as OpenRouter and others send it: at the top or in the first choice. */
export function errorInReply(body: unknown): WireError | undefined {
  const error = at(body, 'error') ?? at(body, 'choices', 0, 'error');
  if (isObject(error)) return readWireError(error, countAt(error, 'code') ?? countAt(error, 'status') ?? 500);
  if (typeof error === 'string' && error !== '') return { status: 500, message: error };
  return undefined;
}

/** Error body of OpenAI or of a compatible server (where `code` may be a number). */
export function readWireError(error: unknown, status: number): WireError {
  const code = at(error, 'code');
  return {
    status: status >= 400 && status < 600 ? status : 500,
    message: textAt(error, 'message') ?? 'no message',
    type: textAt(error, 'type'),
    code: typeof code === 'number' ? String(code) : textAt(error, 'code'),
  };
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => textAt(part, 'text') ?? '').join('');
}

function finishReason(reason: unknown, text: string): FinishReason {
  if (reason === 'length') return 'length';
  if (reason === 'content_filter') return 'safety';
  if (reason === 'stop' || (typeof reason !== 'string' && text !== '')) return 'stop';
  return 'other';
}

function readUsage(usage: unknown): Usage | undefined {
  const input = countAt(usage, 'prompt_tokens');
  const output = countAt(usage, 'completion_tokens');
  if (input === undefined || output === undefined) return undefined;
  const written = countAt(usage, 'prompt_tokens_details', 'cache_write_tokens');
  return {
    input,
    cachedInput: Math.min(input, countAt(usage, 'prompt_tokens_details', 'cached_tokens') ?? 0),
    ...(written === undefined ? {} : { cacheWriteInput: Math.min(input, written) }),
    output,
  };
}

/** Billed is what was served, and a server that does not say is taken to charge the full price. */
function servedTier(tier: unknown): Tier {
  return tier === 'flex' ? 'flex' : 'standard';
}
