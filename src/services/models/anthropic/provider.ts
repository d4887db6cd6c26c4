import type { Provider } from '../provider.ts';
import { createAnthropicModel } from './anthropic.ts';
import { createAnthropicBatchModel } from './anthropic-batch.ts';
import { createAnthropicClient } from './anthropic-client.ts';

export const anthropic = {
  name: 'anthropic',
  isFree: false,
  keyNames: ['ANTHROPIC_API_KEY'],
  baseUrlSetting: 'anthropicBaseUrl',
  host: 'api.anthropic.com',
  defaultModel: 'claude-haiku-4-5',
  tiers: ['standard', 'batch'],
  priceList: 'anthropic',
  limitCountsOutput: false,
  effortOf: (_model, asked) => asked ?? 'none',
  create: createAnthropicModel,
  createBatch: createAnthropicBatchModel,
  async check(address, options) {
    await createAnthropicClient(address).call(
      (sdk, signal) => sdk.models.retrieve(address.model, {}, { signal }),
      options,
    );
    return {};
  },
} as const satisfies Provider;
