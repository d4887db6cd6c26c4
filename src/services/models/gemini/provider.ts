import type { Provider } from '../provider.ts';
import { createGeminiModel } from './gemini.ts';
import { createGeminiBatchModel } from './gemini-batch.ts';
import { geminiEffort } from './gemini-body.ts';
import { createGeminiClient } from './gemini-client.ts';

export const gemini = {
  name: 'gemini',
  isFree: false,
  keyNames: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'],
  baseUrlSetting: 'geminiBaseUrl',
  host: 'generativelanguage.googleapis.com',
  defaultModel: 'gemini-2.5-flash-lite',
  tiers: ['standard', 'flex', 'batch'],
  priceList: 'google',
  limitCountsOutput: false,
  effortOf: geminiEffort,
  create: createGeminiModel,
  createBatch: createGeminiBatchModel,
  async check(address, options) {
    const { model } = address;
    await createGeminiClient(address).call(
      (sdk, abortSignal) => sdk.models.get({ model, config: { abortSignal } }),
      options,
    );
    return {};
  },
} as const satisfies Provider;
