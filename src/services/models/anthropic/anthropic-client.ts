import type Anthropic from '@anthropic-ai/sdk';
import type { Clock } from '../../../core/ports.ts';
import { systemClock } from '../../../util/clock.ts';
import { vendorFetch } from '../client/transport.ts';
import { type SdkClient, sdkClient } from '../client/vendor-call.ts';
import { plainAddress } from '../plain-address.ts';
import type { ProviderErrorContext } from '../refusal/refusal-case.ts';

export interface AnthropicOptions {
  readonly apiKey?: string | undefined;
  /** Without `/v1`. @default Anthropic's own */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  readonly clock?: Clock;
}

const OWN = 'https://api.anthropic.com';

const ENDPOINT = /\/v1(?:\/messages)?$/;

/** The official SDK. */
export function createAnthropicClient({
  apiKey = 'none',
  baseUrl = OWN,
  model,
  clock = systemClock,
}: AnthropicOptions): SdkClient<Anthropic> {
  const address = plainAddress(baseUrl, ENDPOINT);
  const context: ProviderErrorContext = {
    provider: 'anthropic',
    model,
    keyName: 'ANTHROPIC_API_KEY',
    says429ForCredit: true,
    address: address.shown,
    isOwnServer: address.url !== OWN,
    secrets: [...(apiKey === 'none' ? [] : [apiKey]), ...address.secrets],
  };
  const load = async () => {
    const { Anthropic: Sdk } = await import('@anthropic-ai/sdk');
    return new Sdk({
      apiKey,
      authToken: null,
      baseURL: address.url,
      maxRetries: 0,
      logLevel: 'off',
      fetch: vendorFetch,
      ...(address.authorization === undefined ? {} : { defaultHeaders: { authorization: address.authorization } }),
    });
  };
  return sdkClient(load, { context, clock });
}
