import type { GoogleGenAI } from '@google/genai';
import type { BloggerError } from '../../../core/errors.ts';
import { at, parseJson, textAt } from '../json.ts';
import { connectionError, type ProviderErrorContext, providerError } from '../provider-errors.ts';
import { readGeminiError } from './gemini-reply.ts';

export interface GeminiOptions {
  readonly apiKey?: string | undefined;
  /** Without `/v1beta`. @default Google's own */
  readonly baseUrl?: string | undefined;
  readonly model: string;
}

export interface GeminiCallOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface GeminiClient {
  readonly context: ProviderErrorContext;
  /** One call of the SDK, its failures in our words; aborts pass as they are. */
  call<T>(run: (sdk: GoogleGenAI, signal: AbortSignal) => Promise<T>, options: GeminiCallOptions): Promise<T>;
  /** One call of the REST API, for what the SDK leaves out of its answers (progress and errors of batches). */
  rest(path: string, init: { readonly method?: string }, options: GeminiCallOptions): Promise<Response>;
}

/** The official SDK, loaded on first use; it does not retry unless told to. */
export function createGeminiClient({
  apiKey = 'none',
  baseUrl = 'https://generativelanguage.googleapis.com',
  model,
}: GeminiOptions): GeminiClient {
  const context: ProviderErrorContext = {
    provider: 'gemini',
    model,
    keyName: 'GEMINI_API_KEY',
    says429ForCredit: false,
    secrets: apiKey === 'none' ? [] : [apiKey],
  };
  const home = baseUrl.replace(/\/+$/, '');
  let loading: Promise<GoogleGenAI> | undefined;
  const load = async () => {
    const { GoogleGenAI: Sdk } = await import('@google/genai');
    return new Sdk({ apiKey, vertexai: false, httpOptions: { baseUrl: home } });
  };

  async function guarded<T>(
    run: (signal: AbortSignal) => Promise<T>,
    { signal, timeoutMs }: GeminiCallOptions,
  ): Promise<T> {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await run(AbortSignal.any([signal, timeout]));
    } catch (error) {
      signal.throwIfAborted();
      if (timeout.aborted) throw connectionError(new Error(`no answer within ${timeoutMs} ms`), context);
      throw toBloggerError(error, context);
    }
  }

  return {
    context,
    async call(run, options) {
      loading ??= load();
      const sdk = await loading;
      return guarded((signal) => run(sdk, signal), options);
    },
    rest(path, { method = 'GET' }, options) {
      return guarded(async (signal) => {
        const response = await fetch(`${home}${path}`, { method, signal, headers: { 'x-goog-api-key': apiKey } });
        if (!response.ok) throw Object.assign(new Error(await response.text()), { status: response.status });
        return response;
      }, options);
    },
  };
}

/** The SDK's ApiError carries the status and the body as its message. */
function toBloggerError(error: unknown, context: ProviderErrorContext): BloggerError {
  const status = at(error, 'status');
  if (typeof status !== 'number') return connectionError(error, context);
  const message = textAt(error, 'message') ?? '';
  const body = parseJson(message);
  return providerError(body === undefined ? { status, message } : readGeminiError(body, status), context);
}
