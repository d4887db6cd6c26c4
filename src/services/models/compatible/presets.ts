/** Servers that speak OpenAI's Chat Completions, one row each: where they are, whose key they take, what differs. */

import type { ProviderName } from '../../../core/providers.ts';
import { trimTail } from '../../../util/text/trim-edges.ts';
import { textAt } from '../client/json.ts';
import { createOpenAiModel } from '../openai/openai.ts';
import { createOpenAiClient, type Dialect } from '../openai/openai-client.ts';
import type { ModelAddress, Provider } from '../provider.ts';

interface Preset extends Pick<Dialect, 'answerFormat' | 'chargesFlagged' | 'prepare'> {
  readonly name: ProviderName;
  /** Absent: `baseUrl` or a variable names it. */
  readonly baseUrl?: string;
  readonly keyNames: readonly string[];
  readonly accountNames?: readonly string[];
  readonly priceList?: string;
  /** Runs on a machine of the user's own: calls cost nothing, and only the user knows which model is loaded. */
  readonly isLocal?: boolean;
  readonly defaultModel?: string;
}

function compatible({ name, baseUrl, keyNames, answerFormat, chargesFlagged, prepare, ...rest }: Preset): Provider {
  const dialect: Dialect = {
    provider: name,
    keyName: keyNames[0] ?? 'the key',
    ...(answerFormat === undefined ? {} : { answerFormat }),
    ...(chargesFlagged === undefined ? {} : { chargesFlagged }),
    ...(prepare === undefined ? {} : { prepare }),
  };
  const at = <T extends ModelAddress>(options: T) => ({ ...options, baseUrl: options.baseUrl ?? baseUrl, dialect });
  return {
    ...rest,
    name,
    isFree: false,
    isPreset: true,
    keyNames,
    baseUrlSetting: 'baseUrl',
    ...(baseUrl === undefined ? {} : { host: new URL(baseUrl).hostname }),
    tiers: ['standard'],
    limitCountsOutput: true,
    create: (options) => createOpenAiModel(at(options)),
    async check(address, options) {
      const { model } = address;
      const found = await createOpenAiClient(at(address)).call(
        (sdk, signal) => sdk.models.retrieve(model, { signal }),
        options,
      );
      return { shutdownDate: textAt(found, 'shutdown_date') };
    },
  };
}

export const openrouter = compatible({
  name: 'openrouter',
  baseUrl: 'https://openrouter.ai/api/v1',
  keyNames: ['OPENROUTER_API_KEY'],
  priceList: 'openrouter',
});

export const deepseek = compatible({
  name: 'deepseek',
  baseUrl: 'https://api.deepseek.com/v1',
  keyNames: ['DEEPSEEK_API_KEY'],
  priceList: 'deepseek',
  defaultModel: 'deepseek-chat',
  answerFormat: 'json_object',
});

export const groq = compatible({
  name: 'groq',
  baseUrl: 'https://api.groq.com/openai/v1',
  keyNames: ['GROQ_API_KEY'],
  priceList: 'groq',
});

export const mistral = compatible({
  name: 'mistral',
  baseUrl: 'https://api.mistral.ai/v1',
  keyNames: ['MISTRAL_API_KEY'],
  priceList: 'mistral',
  defaultModel: 'mistral-small-latest',
});

export const ollama = compatible({ name: 'ollama', baseUrl: 'http://localhost:11434/v1', keyNames: [], isLocal: true });
export const lmstudio = compatible({
  name: 'lmstudio',
  baseUrl: 'http://localhost:1234/v1',
  keyNames: [],
  isLocal: true,
});
export const vllm = compatible({ name: 'vllm', baseUrl: 'http://localhost:8000/v1', keyNames: [], isLocal: true });

/**
 * Azure OpenAI. The model is the name of a deployment, the key goes in `api-key`. With OPENAI_API_VERSION the address is the older one that
 * names the deployment, without it the resource's `/openai/v1`.
 */
export const azure = compatible({
  name: 'azure',
  keyNames: ['AZURE_OPENAI_API_KEY'],
  accountNames: ['AZURE_OPENAI_ENDPOINT', 'OPENAI_API_VERSION'],
  priceList: 'azure',
  chargesFlagged: true,
  prepare({ baseUrl, account = {}, apiKey = '', model }) {
    const endpoint = trimTail(baseUrl ?? account['AZURE_OPENAI_ENDPOINT'] ?? '', /\//);
    const resource = endpoint.replace(/\/openai(?:\/v1)?$/, '');
    const version = account['OPENAI_API_VERSION'];
    return {
      baseUrl:
        version === undefined ? `${resource}/openai/v1` : `${resource}/openai/deployments/${encodeURIComponent(model)}`,
      headers: { 'api-key': apiKey, authorization: null },
      query: version === undefined ? {} : { 'api-version': version },
    };
  },
});
