import type { GenerateContentConfig, GenerateContentResponse } from '@google/genai';
import type { LanguageModel } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import type { Tier } from '../../../core/types.ts';
import { at, textAt } from '../client/json.ts';
import { timeoutFor } from '../client/model-timeout.ts';
import { buildGenerationConfig } from './gemini-body.ts';
import { createGeminiClient, type GeminiOptions } from './gemini-client.ts';
import { readGeminiReply } from './gemini-reply.ts';

export interface GeminiModelOptions extends GeminiOptions {
  /** @default the least thinking that the model takes */
  readonly reasoning?: ReasoningEffort | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Gemini through the official SDK. Throws `PROVIDER_…`; a broken connection is `PROVIDER_UNKNOWN_OUTCOME` and is never asked again here.
 * Gemini sends no headers about limits; its refusals say how long to wait (RetryInfo).
 */
export function createGeminiModel(options: GeminiModelOptions): LanguageModel {
  const { model, reasoning, timeoutMs } = options;
  const client = createGeminiClient(options);
  return {
    provider: 'gemini',
    model,
    async answer({ prompt, tier }, signal) {
      const response = await client.call(
        (sdk, abortSignal) => {
          const config: Record<string, unknown> = {
            ...buildGenerationConfig(model, prompt, reasoning),
            systemInstruction: prompt.system,
            abortSignal,
            ...(tier === 'flex' ? { serviceTier: 'flex' } : {}),
          };
          // Built as data: the same members as a batch's, which the SDK types as enums.
          return sdk.models.generateContent({
            model,
            contents: [{ role: 'user', parts: [{ text: prompt.user }] }],
            config: config as GenerateContentConfig,
          });
        },
        { signal, timeoutMs: timeoutFor(tier, { timeoutMs, isOwnServer: client.context.isOwnServer === true }) },
      );
      const { sdkHttpResponse, ...body } = response;
      return readGeminiReply(body, { raw: JSON.stringify(body), model, tier: servedTier(tier, sdkHttpResponse, body) });
    },
  };
}

/** A header says what was served; without it a flex request was either served as flex or refused. */
function servedTier(asked: Tier, http: GenerateContentResponse['sdkHttpResponse'], body: unknown): Tier {
  const said = http?.headers?.['x-gemini-service-tier'] ?? textAt(at(body, 'usageMetadata'), 'serviceTier');
  if (said !== undefined) return /flex/i.test(said) ? 'flex' : 'standard';
  return asked === 'flex' ? 'flex' : 'standard';
}
