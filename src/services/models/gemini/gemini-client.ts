import type { GoogleGenAI } from '@google/genai';
import type { Clock } from '../../../core/ports.ts';
import { systemClock } from '../../../util/clock.ts';
import { vendorFetch } from '../client/transport.ts';
import { type SdkClient, sdkClient, type VendorCallOptions, vendorCall } from '../client/vendor-call.ts';
import { plainAddress } from '../plain-address.ts';
import type { ProviderErrorContext } from '../refusal/refusal-case.ts';

export interface GeminiOptions {
  readonly apiKey?: string | undefined;
  /** Without `/v1beta`. @default Google's own */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  readonly clock?: Clock;
}

export interface GeminiClient extends SdkClient<GoogleGenAI> {
  /** One call of the REST API, for what the SDK leaves out of its answers. The body of the response is read within the time limit. */
  rest<T>(
    path: string,
    init: { readonly method?: string; readonly body?: unknown },
    options: VendorCallOptions,
    read: (response: Response) => Promise<T>,
  ): Promise<T>;
}

const ENDPOINT = /\/v1beta(?:\/models)?$/;

/** The official SDK, loaded on first use; it does not retry by default. */
export function createGeminiClient({
  apiKey = 'none',
  baseUrl = 'https://generativelanguage.googleapis.com',
  model,
  clock = systemClock,
}: GeminiOptions): GeminiClient {
  const address = plainAddress(baseUrl, ENDPOINT);
  const context: ProviderErrorContext = {
    provider: 'gemini',
    model,
    keyName: 'GEMINI_API_KEY',
    says429ForCredit: false,
    address: address.shown,
    isOwnServer: new URL(baseUrl).hostname !== 'generativelanguage.googleapis.com',
    secrets: [...(apiKey === 'none' ? [] : [apiKey]), ...address.secrets],
  };
  const headers = address.authorization === undefined ? {} : { authorization: address.authorization };
  const load = async () => {
    const { GoogleGenAI: Sdk } = await import('@google/genai');
    return new Sdk({ apiKey, vertexai: false, httpOptions: { baseUrl: address.url, fetch: vendorFetch, headers } });
  };
  return {
    ...sdkClient(load, { context, clock }),
    rest: (path, { method = 'GET', body }, options, read) =>
      vendorCall(
        async (signal) => {
          const json = body === undefined ? {} : { 'content-type': 'application/json' };
          const sent = body === undefined ? {} : { body: JSON.stringify(body) };
          const init = { method, signal, headers: { ...headers, ...json, 'x-goog-api-key': apiKey }, ...sent };
          return read(await vendorFetch(`${address.url}${path}`, init));
        },
        options,
        { context, clock },
      ),
  };
}
