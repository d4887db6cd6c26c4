import type OpenAI from 'openai';
import type { LanguageModel, ModelReply, ModelRequest } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { parseJson } from '../client/json.ts';
import { createLessons } from '../client/lessons.ts';
import { timeoutFor } from '../client/model-timeout.ts';
import { outputLimit } from '../client/output/limits.ts';
import { HttpRefusal } from '../client/transport.ts';
import { type LimitReport, readLimitHeaders } from '../limits/read-limits.ts';
import { chain } from '../refusal/provider-errors.ts';
import { isKept, readLiveReply } from '../reply/live-reply.ts';
import { buildOpenAiBody, learnFromRefusal, type OpenAiQuirks, quirksOf } from './openai-body.ts';
import { createOpenAiClient, type OpenAiOptions } from './openai-client.ts';

export interface OpenAiModelOptions extends OpenAiOptions {
  /** @default the least that the model takes */
  readonly reasoning?: ReasoningEffort | undefined;
  readonly timeoutMs?: number | undefined;
  /** Called with what each answer's headers say about limits. */
  readonly onLimits?: ((request: ModelRequest, report: LimitReport) => void) | undefined;
}

/**
 * OpenAI, or any server that speaks its Chat Completions, through the official SDK.
 * Throws `PROVIDER_…`; a broken connection is `PROVIDER_UNKNOWN_OUTCOME` and is never retried here.
 */
export function createOpenAiModel(options: OpenAiModelOptions): LanguageModel {
  const { model, reasoning, timeoutMs, onLimits } = options;
  const client = createOpenAiClient(options);
  const { compatible } = client;
  const lessons = createLessons(
    quirksOf(model, { reasoning, compatible, answerFormat: options.dialect?.answerFormat }),
    ({ reason, param }, asked) => learnFromRefusal(reason, param, asked),
  );

  async function ask(request: ModelRequest, asked: OpenAiQuirks, signal: AbortSignal): Promise<ModelReply> {
    const report = (limits: LimitReport) => onLimits?.(request, limits);
    const body = buildOpenAiBody(model, request, asked);
    const callOptions = {
      signal,
      timeoutMs: timeoutFor(request.tier, { timeoutMs, isOwnServer: client.compatible }),
      onLimits: report,
    };
    const raw = await client.call(async (sdk, callSignal) => {
      // Built as data, since compatible servers and newer models know fields that the SDK's types do not.
      const params = body as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming; // a stream is read as one text
      const response = await sdk.chat.completions
        .create(params, { signal: callSignal, timeout: callOptions.timeoutMs + 1000 })
        .asResponse()
        .catch(answerOfRefusal);
      const limits = readLimitHeaders(response.headers);
      if (limits !== undefined) report(limits);
      return response.text();
    }, callOptions);
    const reply = readLiveReply(raw, { model, tier: request.tier }, client.context);
    const isLargest =
      reply.finishReason === 'length' && outputLimit(request.prompt, asked) < request.prompt.maxOutputTokens;
    return isLargest ? { ...reply, isLargest } : reply;
  }

  return {
    provider: client.context.provider,
    model,
    answer: (request, signal) => lessons.ask((quirks) => ask(request, quirks, signal), request.prompt),
  };
}

/** A server that refuses what its model wrote, because it is no JSON, sends the text with the refusal. */
function answerOfRefusal(error: unknown): Response {
  const refusal = [...chain(error)].find((link) => link instanceof HttpRefusal);
  if (refusal === undefined || !isKept(parseJson(refusal.body))) throw error;
  return new Response(refusal.body, { headers: refusal.headers });
}
