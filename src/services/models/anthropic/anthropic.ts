import type Anthropic from '@anthropic-ai/sdk';
import { BloggerError } from '../../../core/errors.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../../core/ports.ts';
import { parseJson } from '../client/json.ts';
import { timeoutFor } from '../client/model-timeout.ts';
import { connectionError } from '../client/provider-errors.ts';
import { type LimitReport, readLimitHeaders } from '../limits/read-limits.ts';
import type { ModelOptions } from '../provider.ts';
import { type AnthropicQuirks, anthropicQuirks, buildAnthropicBody, learnFromAnthropic } from './anthropic-body.ts';
import { createAnthropicClient } from './anthropic-client.ts';
import { readAnthropicReply } from './anthropic-reply.ts';

const MOST_LESSONS = 3;

/** Anthropic's Messages through the official SDK. Throws `PROVIDER_…`; a broken connection is `PROVIDER_UNKNOWN_OUTCOME` and is never retried here. */
export function createAnthropicModel(options: ModelOptions): LanguageModel {
  const { model, reasoning, timeoutMs, onLimits } = options;
  const client = createAnthropicClient(options);
  let quirks = anthropicQuirks(reasoning);

  async function ask(request: ModelRequest, asked: AnthropicQuirks, signal: AbortSignal): Promise<ModelReply> {
    const body = { ...buildAnthropicBody(model, request, asked), service_tier: 'standard_only' };
    const callOptions = {
      signal,
      timeoutMs: timeoutFor(request.tier, { timeoutMs, isOwnServer: client.context.isOwnServer === true }),
      onLimits: (report: LimitReport) => onLimits?.(request, report),
    };
    const raw = await client.call(async (sdk, callSignal) => {
      const params = body as unknown as Anthropic.MessageCreateParamsNonStreaming; // built as data, like a row of a batch
      const response = await sdk.messages
        .create(params, { signal: callSignal, timeout: callOptions.timeoutMs + 1000 })
        .asResponse();
      const report = readLimitHeaders(response.headers);
      if (report !== undefined) callOptions.onLimits(report);
      return response.text();
    }, callOptions);
    const answer = parseJson(raw);
    if (answer === undefined) throw connectionError(new Error('the answer breaks off before its end'), client.context);
    return readAnthropicReply(answer, { raw, model, tier: request.tier });
  }

  return {
    provider: 'anthropic',
    model,
    async answer(request, signal) {
      for (let lesson = 1; ; lesson += 1) {
        const asked = quirks;
        try {
          return await ask(request, asked, signal);
        } catch (error) {
          const learnt =
            lesson <= MOST_LESSONS && BloggerError.is(error) && error.code === 'PROVIDER_REQUEST'
              ? learnFromAnthropic(error.message, asked)
              : undefined;
          if (learnt === undefined) throw error;
          quirks = learnt;
        }
      }
    },
  };
}
