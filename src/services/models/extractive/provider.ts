import type { Provider } from '../provider.ts';
import { createExtractiveModel } from './extractive.ts';

export const extractive = {
  name: 'extractive',
  isFree: true,
  keyNames: [],
  defaultModel: 'digest-2',
  tiers: ['standard'],
  limitCountsOutput: false,
  create: createExtractiveModel,
} as const satisfies Provider;
