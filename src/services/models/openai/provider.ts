import { textAt } from '../client/json.ts';
import type { Provider } from '../provider.ts';
import { createOpenAiModel } from './openai.ts';
import { createOpenAiBatchModel } from './openai-batch.ts';
import { leastReasoning } from './openai-body.ts';
import { createOpenAiClient } from './openai-client.ts';

export const openai = {
  name: 'openai',
  isFree: false,
  keyNames: ['OPENAI_API_KEY'],
  accountNames: ['OPENAI_ORG_ID', 'OPENAI_PROJECT_ID'],
  baseUrlSetting: 'baseUrl',
  host: 'api.openai.com',
  defaultModel: 'gpt-6-luna',
  tiers: ['standard', 'flex', 'batch'],
  priceList: 'openai',
  limitCountsOutput: true,
  effortOf: (model, asked) => asked ?? leastReasoning(model),
  create: createOpenAiModel,
  createBatch: createOpenAiBatchModel,
  async check(address, options) {
    const found = await createOpenAiClient(address).call(
      (sdk, signal) => sdk.models.retrieve(address.model, { signal }),
      options,
    );
    return { shutdownDate: textAt(found, 'shutdown_date') };
  },
} as const satisfies Provider;
