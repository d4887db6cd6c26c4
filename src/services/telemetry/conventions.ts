/** Names of OpenTelemetry's semantic conventions for generative AI. */

import type { Attributes } from '@opentelemetry/api';
import type { Usage } from '../../core/types.ts';

/** Bucket bounds of the histograms, as the conventions give them. */
export const TOKEN_BOUNDS = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
];
export const SECOND_BOUNDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/** Where the name of a provider differs from ours. */
const CONVENTIONAL: Readonly<Record<string, string>> = {
  gemini: 'gcp.gemini',
  azure: 'azure.ai.openai',
  mistral: 'mistral_ai',
};

export function providerNameOf(provider: string): string {
  return CONVENTIONAL[provider] ?? provider;
}

/** The conventions call Gemini's operation `generate_content`, and that of the others `chat`. */
export function operationOf(provider: string): string {
  return provider === 'gemini' ? 'generate_content' : 'chat';
}

export function usageAttributes({ input, output, cachedInput }: Usage): Attributes {
  return {
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
    ...(cachedInput > 0 ? { 'gen_ai.usage.cache_read.input_tokens': cachedInput } : {}),
  };
}

/** As proposed for the conventions: https://github.com/open-telemetry/semantic-conventions-genai/pull/443 */
export function costAttributes(costUsd: number): Attributes {
  return {
    'gen_ai.usage.cost.amount': costUsd,
    'gen_ai.usage.cost.currency': 'USD',
    'gen_ai.usage.cost.source': 'local',
  };
}
