import type OpenAI from 'openai';
import type { BloggerError } from '../../../core/errors.ts';
import type { Clock } from '../../../core/ports.ts';
import { systemClock } from '../../../util/clock.ts';
import { at, isObject, textAt } from '../json.ts';
import { type LimitReport, readLimitHeaders, readRetryAfter } from '../limits/read-limits.ts';
import { patientDispatcher } from '../patient-dispatcher.ts';
import { connectionError, type ProviderErrorContext, providerError } from '../provider-errors.ts';
import { readWireError } from './openai-reply.ts';

export interface OpenAiOptions {
  /** Local servers need none. @default 'none' */
  readonly apiKey?: string | undefined;
  /** With its `/v1`. @default OpenAI's own */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  readonly clock?: Clock;
}

export interface OpenAiCallOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Told what the answer's headers say about limits, also of refusals. */
  readonly onLimits?: ((report: LimitReport) => void) | undefined;
}

export interface OpenAiClient {
  readonly compatible: boolean;
  readonly context: ProviderErrorContext;
  /** One call of the SDK, its failures in our words; aborts pass as they are. */
  call<T>(run: (sdk: OpenAI, signal: AbortSignal) => Promise<T>, options: OpenAiCallOptions): Promise<T>;
}

/** The official SDK, loaded on first use, its own retries off: a retry that the ledger does not know of may be paid twice. */
export function createOpenAiClient({
  apiKey = 'none',
  baseUrl,
  model,
  clock = systemClock,
}: OpenAiOptions): OpenAiClient {
  const context: ProviderErrorContext = {
    provider: 'openai',
    model,
    keyName: 'OPENAI_API_KEY',
    says429ForCredit: true,
    secrets: apiKey === 'none' ? [] : [apiKey],
  };
  let loading: Promise<OpenAI> | undefined;
  const load = async () => {
    const { OpenAI: Sdk } = await import('openai');
    return new Sdk({
      apiKey,
      baseURL: baseUrl ?? 'https://api.openai.com/v1',
      organization: null,
      project: null,
      maxRetries: 0,
      logLevel: 'off',
      fetchOptions: { dispatcher: patientDispatcher } as Record<string, unknown>, // a fetch option of Node's that its types do not know
    });
  };
  return {
    compatible: baseUrl !== undefined && new URL(baseUrl).hostname !== 'api.openai.com',
    context,
    async call(run, { signal, timeoutMs, onLimits }) {
      signal.throwIfAborted();
      loading ??= load();
      const sdk = await loading;
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        return await run(sdk, AbortSignal.any([signal, timeout]));
      } catch (error) {
        signal.throwIfAborted();
        if (timeout.aborted) throw connectionError(new Error(`no answer within ${timeoutMs} ms`), context);
        throw toBloggerError(error, context, clock, onLimits);
      }
    },
  };
}

function toBloggerError(
  error: unknown,
  context: ProviderErrorContext,
  clock: Clock,
  onLimits: OpenAiCallOptions['onLimits'],
): BloggerError {
  const status = at(error, 'status');
  if (typeof status !== 'number') return connectionError(error, context);
  const headers = at(error, 'headers');
  const retryAfterMs = headers instanceof Headers ? readRetryAfter(headers, clock.now()) : undefined;
  const report = headers instanceof Headers ? readLimitHeaders(headers) : undefined;
  if (report !== undefined) onLimits?.(report);
  const body = at(error, 'error');
  const wire = isObject(body)
    ? readWireError(body, status)
    : { status, message: textAt(error, 'message') ?? 'no message' };
  return providerError({ ...wire, retryAfterMs }, context);
}
