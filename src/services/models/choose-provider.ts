import { BloggerError } from '../../core/errors.ts';

export type ProviderName = 'openai' | 'gemini' | 'extractive';

export interface ProviderWishes {
  readonly provider: ProviderName | 'auto';
  readonly model?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly geminiBaseUrl?: string | undefined;
}

export interface ProviderKeys {
  readonly openaiApiKey?: string | undefined;
  readonly geminiApiKey?: string | undefined;
}

export interface ProviderChoice {
  readonly provider: ProviderName;
  readonly model: string;
  /** `none` for servers that need no key. */
  readonly apiKey: string;
  readonly baseUrl?: string;
}

export const DEFAULT_MODELS = {
  openai: 'gpt-6-luna',
  gemini: 'gemini-2.5-flash-lite',
  extractive: 'digest-1',
} as const satisfies Record<ProviderName, string>;

const OWN_HOSTS = {
  openai: 'api.openai.com',
  gemini: 'generativelanguage.googleapis.com',
  extractive: '',
} as const satisfies Record<ProviderName, string>;
const KEY_NAMES = { openai: 'OPENAI_API_KEY', gemini: 'GEMINI_API_KEY', extractive: '' } as const satisfies Record<
  ProviderName,
  string
>;

/**
 * Who writes: the named provider, or with `auto` the one whose key is set (OpenAI first), a server of one's own, else the built-in writer.
 * Throws `PROVIDER_KEY_MISSING` when a vendor is named whose key is not set; a server of one's own needs none.
 */
export function chooseProvider(wishes: ProviderWishes, keys: ProviderKeys): ProviderChoice {
  const provider = wishes.provider === 'auto' ? autoProvider(wishes, keys) : wishes.provider;
  const apiKey = keyOf(provider, keys);
  const baseUrl = baseUrlOf(provider, wishes);
  if (provider !== 'extractive' && apiKey === undefined && !isOwnServer(provider, baseUrl)) {
    throw new BloggerError(`The provider is ${provider}, but ${KEY_NAMES[provider]} is not set`, {
      code: 'PROVIDER_KEY_MISSING',
      hint: `Set ${KEY_NAMES[provider]} in the environment or in .env (a program: secrets: readSecrets(process.env)), or leave out --provider to use the built-in writer.`,
    });
  }
  const model = provider === 'extractive' ? DEFAULT_MODELS.extractive : (wishes.model ?? DEFAULT_MODELS[provider]);
  return { provider, model, apiKey: apiKey ?? 'none', ...(baseUrl === undefined ? {} : { baseUrl }) };
}

function autoProvider(wishes: ProviderWishes, keys: ProviderKeys): ProviderName {
  if (keyOf('openai', keys) !== undefined) return 'openai';
  if (isOwnServer('openai', wishes.baseUrl)) return 'openai';
  if (keyOf('gemini', keys) !== undefined || isOwnServer('gemini', wishes.geminiBaseUrl)) return 'gemini';
  return 'extractive';
}

function keyOf(provider: ProviderName, keys: ProviderKeys): string | undefined {
  const key = { openai: keys.openaiApiKey, gemini: keys.geminiApiKey, extractive: undefined }[provider]?.trim();
  return key === '' ? undefined : key;
}

function baseUrlOf(provider: ProviderName, { baseUrl, geminiBaseUrl }: ProviderWishes): string | undefined {
  return { openai: baseUrl, gemini: geminiBaseUrl, extractive: undefined }[provider];
}

function isOwnServer(provider: ProviderName, url: string | undefined): boolean {
  return url !== undefined && new URL(url).hostname !== OWN_HOSTS[provider];
}
