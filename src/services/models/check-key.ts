import type { ProviderChoice } from './choose-provider.ts';
import { createGeminiClient } from './gemini/gemini-client.ts';
import { createOpenAiClient } from './openai/openai-client.ts';

/** Asks the vendor for the model's description, which is free: the key is accepted and the model is there. Throws `PROVIDER_…` as any call would. */
export async function checkKey(
  { provider, model, apiKey, baseUrl }: ProviderChoice,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<void> {
  if (provider === 'openai')
    await createOpenAiClient({ model, apiKey, baseUrl }).call(
      (sdk, signal) => sdk.models.retrieve(model, { signal }),
      options,
    );
  if (provider === 'gemini')
    await createGeminiClient({ model, apiKey, baseUrl }).call(
      (sdk, abortSignal) => sdk.models.get({ model, config: { abortSignal } }),
      options,
    );
}
