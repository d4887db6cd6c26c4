/** The words that settings, events and reports have for providers. How each one is called stands in `services/models`. */

export const PROVIDER_NAMES = [
  'openai',
  'gemini',
  'anthropic',
  'openrouter',
  'deepseek',
  'groq',
  'mistral',
  'azure',
  'ollama',
  'lmstudio',
  'vllm',
  'extractive',
] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

const FREE_PROVIDERS: ReadonlySet<string> = new Set<ProviderName>(['extractive']);

/** True for the built-in writer: no key, no network, no cost. */
export function isFreeProvider(name: string): boolean {
  return FREE_PROVIDERS.has(name);
}

export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type ReasoningEffort = (typeof REASONING_EFFORTS)[number];
