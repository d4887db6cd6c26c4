import type Anthropic from '@anthropic-ai/sdk';
import type { LanguageModel, ModelReply, ModelRequest } from '../../../core/ports.ts';
import { createLessons } from '../client/lessons.ts';
import { timeoutFor } from '../client/model-timeout.ts';
import { type LimitReport, readLimitHeaders } from '../limits/read-limits.ts';
import type { ModelOptions } from '../provider.ts';
import { readLiveReply } from '../reply/live-reply.ts';
import { type AnthropicQuirks, anthropicQuirks, buildAnthropicBody, learnFromAnthropic } from './anthropic-body.ts';
import { createAnthropicClient } from './anthropic-client.ts';

/** Anthropic's Messages through the official SDK. Throws `PROVIDER_…`; a broken connection is `PROVIDER_UNKNOWN_OUTCOME` and is never retried here. */
export function createAnthropicModel(options: ModelOptions): LanguageModel {
  const { model, reasoning, timeoutMs, onLimits } = options;
  const client = createAnthropicClient(options);
  const lessons = createLessons(anthropicQuirks(reasoning), ({ reason: said }, asked) =>
    learnFromAnthropic(said, asked),
  );

  async function ask(request: ModelRequest, asked: AnthropicQuirks, signal: AbortSignal): Promise<ModelReply> {
    const tier = asked.namesTier ? { service_tier: 'standard_only' } : {};
    const body = { ...buildAnthropicBody(model, request, asked), ...tier };
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
    return readLiveReply(raw, { model, tier: request.tier }, client.context);
  }

  return {
    provider: 'anthropic',
    model,
    answer: (request, signal) => lessons.ask((quirks) => ask(request, quirks, signal), request.prompt),
  };
}
