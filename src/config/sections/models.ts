/** Who writes and what it may cost: providers, tiers, batches, prices, limits. */

import { z } from 'zod';
import { PROVIDER_NAMES, REASONING_EFFORTS } from '../../core/providers.ts';
import { count, HOUR_MS, milliseconds, WEB_ADDRESS } from './shapes.ts';

const batch = z.strictObject({
  size: count(1, 1000).default(10).meta({
    description: 'Generation requests per batch',
    flag: '--batch-size <n>',
    env: 'BLOGGER_BATCH_SIZE',
  }),
  intervalMs: milliseconds(60_000).default(500).meta({
    description: 'Milliseconds after which a batch is sent even if it is not full',
    flag: '--batch-interval <ms>',
    env: 'BLOGGER_BATCH_INTERVAL',
  }),
  pollMs: count(50, HOUR_MS).default(15_000).meta({
    description: 'Milliseconds between two status checks of a vendor batch',
    flag: '--batch-poll <ms>',
    env: 'BLOGGER_BATCH_POLL',
  }),
  pack: count(1, 20).default(1).meta({
    description:
      'Posts per live request; more than 1 saves 9 to 14 %, but a refusal then affects all posts of the request',
    flag: '--batch-pack <n>',
    env: 'BLOGGER_BATCH_PACK',
  }),
});

const limits = z.strictObject({
  requestsPerMinute: count(1, 10_000_000).optional().meta({
    description: 'Requests per minute at the provider; default: read from the response headers',
    flag: '--rpm <n>',
    env: 'BLOGGER_RPM',
  }),
  tokensPerMinute: count(1, 1_000_000_000).optional().meta({
    description: 'Tokens per minute at the provider; default: read from the response headers',
    flag: '--tpm <n>',
    env: 'BLOGGER_TPM',
  }),
});

const price = z.strictObject({
  input: z.number().min(0).optional().meta({
    description: 'US dollars per million input tokens; overrides the price list',
    flag: '--price-input <usd>',
    env: 'BLOGGER_PRICE_INPUT',
  }),
  cachedInput: z.number().min(0).optional().meta({
    description: 'US dollars per million input tokens read from the prompt cache',
    flag: '--price-cached-input <usd>',
    env: 'BLOGGER_PRICE_CACHED_INPUT',
  }),
  output: z.number().min(0).optional().meta({
    description: 'US dollars per million output tokens; overrides the price list',
    flag: '--price-output <usd>',
    env: 'BLOGGER_PRICE_OUTPUT',
  }),
});

export const models = {
  provider: z
    .enum(['auto', ...PROVIDER_NAMES])
    .default('auto')
    .meta({
      description: 'Model provider; `auto`: the one whose API key is set, otherwise the built-in writer',
      flag: '-p, --provider <name>',
      env: 'BLOGGER_PROVIDER',
    }),
  model: z.string().min(1).optional().meta({
    description: "Model name; default: the provider's default model",
    flag: '-m, --model <name>',
    env: 'BLOGGER_MODEL',
  }),
  baseUrl: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'Address of an OpenAI-compatible server, with its /v1',
      flag: '--base-url <url>',
      env: 'OPENAI_BASE_URL',
    }),
  geminiBaseUrl: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'Address of a Gemini-compatible server, without /v1beta',
      flag: '--gemini-base-url <url>',
      env: 'GOOGLE_GEMINI_BASE_URL',
    }),
  anthropicBaseUrl: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'Address of an Anthropic-compatible server, without /v1',
      flag: '--anthropic-base-url <url>',
      env: 'ANTHROPIC_BASE_URL',
    }),
  reasoning: z.enum(REASONING_EFFORTS).optional().meta({
    description: 'Reasoning effort, for models that support it; billed as output',
    flag: '--reasoning <effort>',
    env: 'BLOGGER_REASONING',
  }),
  modelTimeout: count(1000, 24 * HOUR_MS)
    .optional()
    .meta({
      description:
        'Timeout of one answer in milliseconds; default: 5 minutes, 15 for flex, 30 for a self-hosted server',
      flag: '--model-timeout <ms>',
      env: 'BLOGGER_MODEL_TIMEOUT',
    }),
  tier: z.enum(['standard', 'flex', 'batch', 'auto']).default('standard').meta({
    description: 'Price tier: cheaper is slower; `auto` takes the cheapest that meets the deadline',
    flag: '--tier <tier>',
    env: 'BLOGGER_TIER',
  }),
  deadline: z.string().min(1).optional().meta({
    description: 'When the posts are needed: `2h`, `tomorrow 07:00` or an ISO time',
    flag: '--deadline <when>',
    env: 'BLOGGER_DEADLINE',
  }),
  maxCost: z
    .number()
    .min(0)
    .optional()
    .meta({ description: 'Spending cap of a run in US dollars', flag: '--max-cost <usd>', env: 'BLOGGER_MAX_COST' }),
  order: z.enum(['cost', 'list']).default('cost').meta({
    description:
      'Order under a cap that is too low for the whole list: `cost` writes the cheapest posts of each priority first, `list` keeps the list order',
    flag: '--order <how>',
    env: 'BLOGGER_ORDER',
  }),
  batch: batch.prefault({}),
  limits: limits.prefault({}),
  price: price.prefault({}),
};
