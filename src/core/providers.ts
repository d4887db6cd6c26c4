/** Provider names in settings, events and reports. The clients are in `services/models`. */

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
