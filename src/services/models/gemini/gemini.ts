import type { LanguageModel, ModelReply, ModelRequest } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { createLessons } from '../client/lessons.ts';
import { timeoutFor } from '../client/model-timeout.ts';
import { readLiveReply } from '../reply/live-reply.ts';
import { buildGeminiRequest, GEMINI_QUIRKS, type GeminiQuirks, learnFromGemini, modelPath } from './gemini-body.ts';
import { createGeminiClient, type GeminiOptions } from './gemini-client.ts';

export interface GeminiModelOptions extends GeminiOptions {
  /** @default the least thinking that the model takes */
  readonly reasoning?: ReasoningEffort | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Gemini's generateContent over REST, since the SDK leaves out of its answers what it does not know, errors among them.
 * Throws `PROVIDER_…`; a broken connection is `PROVIDER_UNKNOWN_OUTCOME` and is never asked again here.
 * Gemini sends no headers about limits; its refusals say how long to wait (RetryInfo).
 */
export function createGeminiModel(options: GeminiModelOptions): LanguageModel {
  const { model, reasoning, timeoutMs } = options;
  const client = createGeminiClient(options);
  const lessons = createLessons(GEMINI_QUIRKS, ({ reason }, asked) => learnFromGemini(reason, asked));

  async function ask({ prompt, tier }: ModelRequest, quirks: GeminiQuirks, signal: AbortSignal): Promise<ModelReply> {
    const flex = tier === 'flex' ? { serviceTier: 'flex' } : {};
    const { raw, said } = await client.rest(
      `/v1beta/${modelPath(model)}:generateContent`,
      { method: 'POST', body: { ...buildGeminiRequest(model, prompt, reasoning, quirks), ...flex } },
      { signal, timeoutMs: timeoutFor(tier, { timeoutMs, isOwnServer: client.context.isOwnServer === true }) },
      async (response) => ({ raw: await response.text(), said: response.headers.get('x-gemini-service-tier') }),
    );
    // Without a word on the tier a flex request was either served as flex or refused.
    return readLiveReply(raw, { model, tier, served: said ?? undefined, unsaid: tier }, client.context);
  }

  return {
    provider: 'gemini',
    model,
    answer: (request, signal) => lessons.ask((quirks) => ask(request, quirks, signal), request.prompt),
  };
}
