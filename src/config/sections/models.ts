/** Who writes and what it may cost: providers, tiers, batches, prices, limits. */

import { z } from 'zod';
import { PROVIDER_NAMES, REASONING_EFFORTS } from '../../core/providers.ts';
import { count, HOUR_MS, milliseconds, WEB_ADDRESS } from './shapes.ts';

const batch = z.strictObject({
  size: count(1, 1000).default(10).meta({
    description: 'Generation requests gathered into one batch',
    flag: '--batch-size <n>',
    env: 'BLOGGER_BATCH_SIZE',
  }),
  intervalMs: milliseconds(60_000).default(500).meta({
    description: 'A batch leaves after this many milliseconds even if it is not full',
    flag: '--batch-interval <ms>',
    env: 'BLOGGER_BATCH_INTERVAL',
  }),
  pollMs: count(50, HOUR_MS).default(15_000).meta({
    description: "Milliseconds between two looks at a vendor's batch",
    flag: '--batch-poll <ms>',
    env: 'BLOGGER_BATCH_POLL',
  }),
  pack: count(1, 20).default(1).meta({
    description:
      'Posts asked for in one live request; more saves 9 to 14 % and lets one refusal take its neighbours along',
    flag: '--batch-pack <n>',
    env: 'BLOGGER_BATCH_PACK',
  }),
});

const limits = z.strictObject({
  requestsPerMinute: count(1, 10_000_000).optional().meta({
    description: 'Requests a minute at the provider; absent: learnt from its headers',
    flag: '--rpm <n>',
    env: 'BLOGGER_RPM',
  }),
  tokensPerMinute: count(1, 1_000_000_000).optional().meta({
    description: 'Tokens a minute at the provider; absent: learnt from its headers',
    flag: '--tpm <n>',
    env: 'BLOGGER_TPM',
  }),
});

const price = z.strictObject({
  input: z.number().min(0).optional().meta({
    description: 'US dollars for a million input tokens; overrides the price list',
    flag: '--price-input <usd>',
    env: 'BLOGGER_PRICE_INPUT',
  }),
  cachedInput: z.number().min(0).optional().meta({
    description: 'US dollars for a million input tokens read from the prompt cache',
    flag: '--price-cached-input <usd>',
    env: 'BLOGGER_PRICE_CACHED_INPUT',
  }),
  output: z.number().min(0).optional().meta({
    description: 'US dollars for a million output tokens; overrides the price list',
    flag: '--price-output <usd>',
    env: 'BLOGGER_PRICE_OUTPUT',
  }),
});

export const models = {
  provider: z
    .enum(['auto', ...PROVIDER_NAMES])
    .default('auto')
    .meta({
      description: 'Who writes; `auto`: by the key that is set, else the built-in writer',
      flag: '-p, --provider <name>',
      env: 'BLOGGER_PROVIDER',
    }),
  model: z.string().min(1).optional().meta({
    description: "Model name; absent: the provider's default here",
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
    description: 'Reasoning effort of models that have it; it is billed as output',
    flag: '--reasoning <effort>',
    env: 'BLOGGER_REASONING',
  }),
  modelTimeout: count(1000, 24 * HOUR_MS)
    .optional()
    .meta({
      description:
        'Longest wait for one answer in milliseconds; default: 5 minutes, 15 for flex, 30 for a server of your own',
      flag: '--model-timeout <ms>',
      env: 'BLOGGER_MODEL_TIMEOUT',
    }),
  tier: z.enum(['standard', 'flex', 'batch', 'auto']).default('standard').meta({
    description: 'Price against time; `auto` takes the cheapest that meets the deadline',
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
    .meta({ description: 'US dollars that a run may spend', flag: '--max-cost <usd>', env: 'BLOGGER_MAX_COST' }),
  batch: batch.prefault({}),
  limits: limits.prefault({}),
  price: price.prefault({}),
};
