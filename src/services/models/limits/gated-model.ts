import { BloggerError } from '../../../core/errors.ts';
import type { LanguageModel, ModelRequest, Random } from '../../../core/ports.ts';
import type { RateGate } from './rate-gate.ts';

/** Pause after a 429 that does not say how long. */
const PAUSE_MS = 2000;

/** A model whose calls leave only when the vendor's limits have room; one refusal holds back all workers. */
export function gatedModel(inner: LanguageModel, gate: RateGate, random: Random): LanguageModel {
  return {
    provider: inner.provider,
    model: inner.model,
    answer: (request, signal) =>
      gate.pass(
        { id: request.id, tokens: tokensOf(inner.provider, request) },
        async () => {
          try {
            return await inner.answer(request, signal);
          } catch (error) {
            if (BloggerError.is(error) && error.code === 'PROVIDER_RATE_LIMITED')
              gate.pause((error.retryAfterMs ?? PAUSE_MS) * (1 + random.next() * 0.1));
            throw error;
          }
        },
        signal,
      ),
  };
}

/** OpenAI counts the largest output when it admits a request, Gemini the prompt alone. */
function tokensOf(provider: string, { prompt }: ModelRequest): number {
  return provider === 'gemini' ? prompt.inputTokens : prompt.inputTokens + prompt.maxOutputTokens;
}
