import { BloggerError, ERROR_CODES } from '../../../core/errors.ts';
import type { Clock, LanguageModel, ModelRequest, Random } from '../../../core/ports.ts';
import type { RateGate } from './rate-gate.ts';

/** Pause after a 429 that does not say how long, and while a server starts. */
const PAUSE_MS = 2000;
/** What no call can pass is not tried by the calls that waited meanwhile. */
const CLOSED_MS = 10_000;

export interface GatedModelOptions {
  readonly gate: RateGate;
  readonly random: Random;
  readonly clock: Clock;
  /** True where the largest output counts when a request is admitted. */
  readonly countsOutput: boolean;
}

/** A model whose calls leave only when the vendor's limits have room; one refusal holds back all workers. */
export function gatedModel(
  inner: LanguageModel,
  { gate, random, clock, countsOutput }: GatedModelOptions,
): LanguageModel {
  let closed: { readonly error: BloggerError; readonly at: number } | undefined;

  async function call(request: ModelRequest, signal: AbortSignal) {
    if (closed !== undefined && clock.monotonic() - closed.at < CLOSED_MS) throw closed.error;
    try {
      return await inner.answer(request, signal);
    } catch (error) {
      if (!BloggerError.is(error)) throw error;
      if (error.code === 'PROVIDER_RATE_LIMITED' || error.details['starting'] === true)
        gate.pause((error.retryAfterMs ?? PAUSE_MS) * (1 + random.next() * 0.1));
      if (meetsEveryCall(error)) closed = { error, at: clock.monotonic() };
      throw error;
    }
  }

  return {
    provider: inner.provider,
    model: inner.model,
    answer: (request, signal) =>
      gate.pass({ id: request.id, tokens: tokensOf(request, countsOutput) }, () => call(request, signal), signal),
  };
}

/** A bad key, a used-up quota, a wrong address: no retry and no other page fares better. */
function meetsEveryCall({ code, retryable }: BloggerError): boolean {
  return code.startsWith('PROVIDER_') && !retryable && ERROR_CODES[code].exitCode !== 3;
}

function tokensOf({ prompt }: ModelRequest, countsOutput: boolean): number {
  return countsOutput ? prompt.inputTokens + prompt.maxOutputTokens : prompt.inputTokens;
}
