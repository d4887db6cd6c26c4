import type Anthropic from '@anthropic-ai/sdk';
import type { Clock } from '../../../core/ports.ts';
import { systemClock } from '../../../util/clock.ts';
import type { ProviderErrorContext } from '../client/provider-errors.ts';
import { vendorFetch } from '../client/transport.ts';
import { type VendorCallOptions, vendorCall } from '../client/vendor-call.ts';
import { plainAddress } from '../plain-address.ts';

export interface AnthropicOptions {
  readonly apiKey?: string | undefined;
  /** Without `/v1`. @default Anthropic's own */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  readonly clock?: Clock;
}

export interface AnthropicClient {
  readonly context: ProviderErrorContext;
  /** One call of the SDK; its failures are `BloggerError`s, aborts pass as they are. */
  call<T>(run: (sdk: Anthropic, signal: AbortSignal) => Promise<T>, options: VendorCallOptions): Promise<T>;
}

const OWN = 'https://api.anthropic.com';

/** The official SDK, loaded on first use, its own retries off: a retry that the ledger does not know of may be paid twice. */
export function createAnthropicClient({
  apiKey = 'none',
  baseUrl = OWN,
  model,
  clock = systemClock,
}: AnthropicOptions): AnthropicClient {
  const address = plainAddress(baseUrl);
  const context: ProviderErrorContext = {
    provider: 'anthropic',
    model,
    keyName: 'ANTHROPIC_API_KEY',
    says429ForCredit: true,
    address: address.shown,
    isOwnServer: address.url !== OWN,
    secrets: [...(apiKey === 'none' ? [] : [apiKey]), ...address.secrets],
  };
  let loading: Promise<Anthropic> | undefined;
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
  return {
    context,
    async call(run, options) {
      loading ??= load();
      const sdk = await loading;
      return vendorCall((signal) => run(sdk, signal), options, { context, clock });
    },
  };
}
