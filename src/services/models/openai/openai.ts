import type OpenAI from 'openai';
import { BloggerError } from '../../../core/errors.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { parseJson, textAt } from '../client/json.ts';
import { timeoutFor } from '../client/model-timeout.ts';
import { chain, connectionError, providerError } from '../client/provider-errors.ts';
import { HttpRefusal } from '../client/transport.ts';
import { type LimitReport, readLimitHeaders } from '../limits/read-limits.ts';
import { buildOpenAiBody, learnFromRefusal, type OpenAiQuirks, quirksOf } from './openai-body.ts';
import { createOpenAiClient, type OpenAiOptions } from './openai-client.ts';
import { errorInReply, readOpenAiReply } from './openai-reply.ts';
import { readBody } from './read-body.ts';

export interface OpenAiModelOptions extends OpenAiOptions {
  /** @default the least that the model takes */
  readonly reasoning?: ReasoningEffort | undefined;
  readonly timeoutMs?: number | undefined;
  /** Called with what each answer's headers say about limits. */
  readonly onLimits?: ((request: ModelRequest, report: LimitReport) => void) | undefined;
}

/** A server may refuse one field after the other; each refusal is free. */
const MOST_LESSONS = 5;

/**
 * OpenAI, or any server that speaks its Chat Completions, through the official SDK.
 * Throws `PROVIDER_…`; a broken connection is `PROVIDER_UNKNOWN_OUTCOME` and is never retried here.
 */
export function createOpenAiModel(options: OpenAiModelOptions): LanguageModel {
  const { model, reasoning, timeoutMs, onLimits } = options;
  const client = createOpenAiClient(options);
  let quirks = quirksOf(model, {
    reasoning,
    compatible: client.compatible,
    answerFormat: options.dialect?.answerFormat,
  });

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
      const params = body as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
      const response = await sdk.chat.completions
        .create(params, { signal: callSignal, timeout: callOptions.timeoutMs + 1000 })
        .asResponse()
        .catch(answerOfRefusal);
      const limits = readLimitHeaders(response.headers);
      if (limits !== undefined) report(limits);
      return response.text();
    }, callOptions);
    const reply = replyOf(raw, request);
    const isLargest =
      reply.finishReason === 'length' && (asked.mostOutput ?? Infinity) < request.prompt.maxOutputTokens;
    return isLargest ? { ...reply, isLargest } : reply;
  }

  function replyOf(raw: string, { tier }: ModelRequest): ModelReply {
    const answer = readBody(raw);
    if (answer === undefined) throw unreadable(raw);
    const failure = errorInReply(answer);
    const reply = readOpenAiReply(answer, { raw, model, tier });
    // An error that names its usage was paid for, and is kept as an answer is.
    if (failure !== undefined && reply.usage === undefined && !isKept(answer))
      throw providerError(failure, client.context);
    return reply;
  }

  /** Words that are no answer of any server mean a wrong address; half of an answer may have been paid for. */
  function unreadable(raw: string): BloggerError {
    const isHalf = raw.trim() === '' || /^(?:[{[]|data:|event:|:)/.test(raw.trimStart());
    return isHalf
      ? connectionError(new Error('the answer breaks off before its end'), client.context)
      : providerError({ status: 200, message: raw, ownWords: false }, client.context);
  }

  return {
    provider: client.context.provider,
    model,
    async answer(request, signal) {
      for (let lesson = 1; ; lesson += 1) {
        const asked = quirks;
        try {
          return await ask(request, asked, signal);
        } catch (error) {
          const learnt = lesson > MOST_LESSONS ? undefined : lessonOf(error, asked, request.prompt.maxOutputTokens);
          if (learnt === undefined) throw error;
          quirks = learnt;
        }
      }
    },
  };
}

/** A server that refuses what its model wrote, because it is no JSON, sends the text with the refusal. */
function answerOfRefusal(error: unknown): Response {
  const refusal = [...chain(error)].find((link) => link instanceof HttpRefusal);
  if (refusal === undefined || !isKept(parseJson(refusal.body))) throw error;
  return new Response(refusal.body, { headers: refusal.headers });
}

function isKept(body: unknown): boolean {
  return textAt(body, 'error', 'failed_generation') !== undefined;
}

function lessonOf(error: unknown, quirks: OpenAiQuirks, askedOutput: number): OpenAiQuirks | undefined {
  if (!BloggerError.is(error) || error.code !== 'PROVIDER_REQUEST') return undefined;
  const { status, param } = error.details;
  const about = typeof param === 'string' ? param : undefined;
  return status === 400 || status === 422
    ? learnFromRefusal(error.message, about, quirks, Math.min(askedOutput, quirks.mostOutput ?? askedOutput))
    : undefined;
}
