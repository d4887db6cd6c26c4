import { BloggerError } from '../../core/errors.ts';
import type { ProviderName } from '../../core/providers.ts';
import type { ModelAddress, Provider } from './provider.ts';
import { PROVIDERS, providerOf } from './providers.ts';

export interface ProviderSettings {
  readonly provider: ProviderName | 'auto';
  readonly model?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly geminiBaseUrl?: string | undefined;
  readonly anthropicBaseUrl?: string | undefined;
}

/** Keys by the name of their environment variable. */
export type ProviderKeys = Readonly<Record<string, string | undefined>>;

export interface ProviderChoice extends ModelAddress {
  readonly provider: ProviderName;
}

/**
 * Who writes: the named provider, or with `auto` the first one whose key is set or which is a server of the user's own, else the built-in writer.
 * Throws `PROVIDER_KEY_MISSING` when a vendor is named whose key is not set; a server of the user's own needs none.
 */
export function chooseProvider(settings: ProviderSettings, keys: ProviderKeys): ProviderChoice {
  const provider = settings.provider === 'auto' ? autoProvider(settings, keys) : providerOf(settings.provider);
  const apiKey = keyOf(provider, keys);
  const baseUrl = baseUrlOf(provider, settings);
  if (provider.keyNames.length > 0 && apiKey === undefined && !isOwnServer(provider, baseUrl)) {
    const names = provider.keyNames.join(' or ');
    throw new BloggerError(`The provider is ${provider.name}, but ${names} is not set`, {
      code: 'PROVIDER_KEY_MISSING',
      hint: `Set ${names} in the environment or in .env (a program: secrets: readSecrets(process.env)), or leave out --provider to use the built-in writer.`,
    });
  }
  if (apiKey !== undefined) checkCharacters(apiKey, provider);
  const model = provider.isFree ? provider.defaultModel : (settings.model ?? provider.defaultModel);
  if (model === undefined) throw modelMissing(provider);
  const account = Object.fromEntries(
    (provider.accountNames ?? []).map((name) => [name, keys[name]?.trim() || undefined]),
  );
  return {
    provider: provider.name,
    model,
    apiKey: apiKey ?? 'none',
    account,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
}

function modelMissing({ name }: Provider): BloggerError {
  return new BloggerError(`The provider is ${name}, but no model is named`, {
    code: 'CONFIG_INVALID',
    hint: `Name one of its models with --model${name === 'azure' ? ' (the name of your deployment)' : ''}.`,
  });
}

/** A key that was copied with a smart quote, an ellipsis or a line break cannot be sent in a header; it is refused before the first call. */
function checkCharacters(key: string, provider: Provider): void {
  const place = [...key].findIndex((char) => !/[\x21-\x7E]/.test(char));
  if (place === -1) return;
  const code = ([...key][place]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const names = provider.keyNames.join(' or ');
  throw new BloggerError(
    `The key in ${names} is broken: its character ${place + 1} (U+${code}) cannot be part of a key`,
    {
      code: 'PROVIDER_AUTH',
      hint: `Copy the key again and set ${names}. Nothing was sent.`,
    },
  );
}

function autoProvider(settings: ProviderSettings, keys: ProviderKeys): Provider {
  const found = Object.values<Provider>(PROVIDERS).find(
    (provider) =>
      keyOf(provider, keys) !== undefined ||
      (provider.isPreset !== true && isOwnServer(provider, baseUrlOf(provider, settings))),
  );
  if (found === undefined && settings.model !== undefined)
    throw new BloggerError(`The model ${settings.model} is named, but no provider's key is set`, {
      code: 'PROVIDER_KEY_MISSING',
      hint: 'Set a key such as OPENAI_API_KEY in the environment or in .env, or leave out the model to use the built-in writer.',
    });
  return found ?? PROVIDERS.extractive;
}

function keyOf({ keyNames }: Provider, keys: ProviderKeys): string | undefined {
  return keyNames.map((name) => unquoted(keys[name])).find((key) => key !== undefined && key !== '');
}

/** Docker's --env-file leaves the quotes around a value, which other readers of such a file take off. */
function unquoted(key: string | undefined): string | undefined {
  const plain = key?.trim();
  return /^(["']).*\1$/.test(plain ?? '') ? plain?.slice(1, -1).trim() : plain;
}

function baseUrlOf({ baseUrlSetting }: Provider, settings: ProviderSettings): string | undefined {
  return baseUrlSetting === undefined ? undefined : settings[baseUrlSetting];
}

/** True for an address that is not the vendor's. */
export function isOwnServer({ host }: Provider, url: string | undefined): boolean {
  return url !== undefined && new URL(url).hostname !== host;
}
