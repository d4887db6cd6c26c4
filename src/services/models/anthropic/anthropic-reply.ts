import type { FinishReason, ModelReply } from '../../../core/ports.ts';
import type { Tier, Usage } from '../../../core/types.ts';
import { at, countAt, textAt } from '../client/json.ts';

/** Reads a message, live or from a row of a batch. */
export function readAnthropicReply(
  body: unknown,
  { raw, model, tier }: { readonly raw: string; readonly model: string; readonly tier: Tier },
): ModelReply {
  const blocks = at(body, 'content');
  const texts = Array.isArray(blocks)
    ? blocks.filter((block) => textAt(block, 'type') === 'text').map((block) => textAt(block, 'text') ?? '')
    : [];
  const text = texts.join('');
  return {
    text,
    finishReason: finishReason(textAt(body, 'stop_reason'), text),
    usage: readUsage(at(body, 'usage')),
    tier: tier === 'batch' ? 'batch' : 'standard',
    model: textAt(body, 'model') ?? model,
    raw,
  };
}

const CAUSES: Readonly<Record<string, FinishReason>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refusal',
};

function finishReason(reason: string | undefined, text: string): FinishReason {
  return CAUSES[reason ?? ''] ?? (text === '' ? 'other' : 'stop');
}

/** Tokens read from the cache and written to it are counted beside `input_tokens`, not in them. */
function readUsage(usage: unknown): Usage | undefined {
  const plain = countAt(usage, 'input_tokens');
  const output = countAt(usage, 'output_tokens');
  if (plain === undefined || output === undefined) return undefined;
  const cachedInput = countAt(usage, 'cache_read_input_tokens') ?? 0;
  const written = countAt(usage, 'cache_creation_input_tokens') ?? 0;
  return {
    input: plain + cachedInput + written,
    cachedInput,
    ...(written === 0 ? {} : { cacheWriteInput: written }),
    output,
  };
}
