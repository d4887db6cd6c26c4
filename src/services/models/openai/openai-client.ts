import type OpenAI from 'openai';
import type { Clock } from '../../../core/ports.ts';
import type { ProviderName } from '../../../core/providers.ts';
import { systemClock } from '../../../util/clock.ts';
import { vendorFetch } from '../client/transport.ts';
import { type SdkClient, sdkClient } from '../client/vendor-call.ts';
import { plainAddress } from '../plain-address.ts';
import type { ProviderErrorContext } from '../refusal/refusal-case.ts';
import type { OpenAiQuirks } from './openai-body.ts';

/** How a server differs from OpenAI itself. */
export interface Dialect {
  readonly provider: ProviderName;
  readonly keyName: string;
  /** The strongest format of answers that it takes. @default 'json_schema' */
  readonly answerFormat?: OpenAiQuirks['answerFormat'];
  /** True where flagged texts are charged. */
  readonly chargesFlagged?: boolean;
  /** Address, headers and query where they are made in another way. */
  readonly prepare?: (options: OpenAiOptions) => {
    readonly baseUrl: string;
    readonly headers: Readonly<Record<string, string | null>>;
    readonly query: Readonly<Record<string, string>>;
  };
}

export interface OpenAiOptions {
  /** Local servers need none. @default 'none' */
  readonly apiKey?: string | undefined;
  /** With its `/v1`. @default OpenAI's own */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  /** `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID`: who is billed instead of the key's defaults. */
  readonly account?: Readonly<Record<string, string | undefined>> | undefined;
  readonly clock?: Clock;
  readonly dialect?: Dialect | undefined;
}

export interface OpenAiClient extends SdkClient<OpenAI> {
  readonly compatible: boolean;
}

/** Azure bills calls that a content filter ends with 400, xAI those that violate its guidelines. */
const CHARGES_FLAGGED = /(?:^|\.)(?:azure\.com|x\.ai)$/;

const ENDPOINT = /\/chat\/completions$/;

/** The official SDK. */
export function createOpenAiClient(options: OpenAiOptions): OpenAiClient {
  const { apiKey = 'none', model, account = {}, clock = systemClock, dialect } = options;
  const prepared = dialect?.prepare?.(options);
  const baseUrl = prepared?.baseUrl ?? options.baseUrl ?? 'https://api.openai.com/v1';
  const address = plainAddress(baseUrl, ENDPOINT);
  const { hostname } = new URL(baseUrl);
  const compatible = !/(?:^|\.)api\.openai\.com$/.test(hostname);
  const context: ProviderErrorContext = {
    provider: dialect?.provider ?? 'openai',
    model,
    keyName: dialect?.keyName ?? 'OPENAI_API_KEY',
    says429ForCredit: true,
    address: address.shown,
    isOwnServer: compatible,
    chargesFlagged: dialect?.chargesFlagged ?? CHARGES_FLAGGED.test(hostname),
    secrets: [...(apiKey === 'none' ? [] : [apiKey]), ...address.secrets],
  };
  const load = async () => {
    const { OpenAI: Sdk } = await import('openai');
    return new Sdk({
      apiKey,
      baseURL: address.url,
      organization: account['OPENAI_ORG_ID'] ?? null,
      project: account['OPENAI_PROJECT_ID'] ?? null,
      maxRetries: 0,
      logLevel: 'off',
      fetch: vendorFetch,
      defaultHeaders: {
        ...(address.authorization === undefined ? {} : { authorization: address.authorization }),
        ...prepared?.headers,
      },
      defaultQuery: { ...prepared?.query },
    });
  };
  return { compatible, ...sdkClient(load, { context, clock }) };
}
