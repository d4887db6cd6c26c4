import type { ProviderName } from '../../core/providers.ts';
import { anthropic } from './anthropic/provider.ts';
import { azure, deepseek, groq, lmstudio, mistral, ollama, openrouter, vllm } from './compatible/presets.ts';
import { extractive } from './extractive/provider.ts';
import { gemini } from './gemini/provider.ts';
import { openai } from './openai/provider.ts';
import type { Provider } from './provider.ts';

/** Every vendor, one row each, in the order in which `auto` looks for keys. */
export const PROVIDERS = {
  openai,
  gemini,
  anthropic,
  openrouter,
  deepseek,
  groq,
  mistral,
  azure,
  ollama,
  lmstudio,
  vllm,
  extractive,
} as const satisfies Record<ProviderName, Provider>;

export function providerOf(name: ProviderName): Provider {
  return PROVIDERS[name];
}

/** The provider that a stored name means; undefined for one that this version does not know. */
export function findProvider(name: string): Provider | undefined {
  return Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name as ProviderName] : undefined;
}
