import { BloggerError } from '../../../core/errors.ts';
import type { LanguageModel, ModelRequest, Random } from '../../../core/ports.ts';
import type { RateGate } from './rate-gate.ts';

/** Pause after a 429 that does not say how long. */
const PAUSE_MS = 2000;

export interface GatedModelOptions {
  readonly gate: RateGate;
  readonly random: Random;
  /** True where the largest output counts when a request is admitted. */
  readonly countsOutput: boolean;
}

/** A model whose calls leave only when the vendor's limits have room; one refusal holds back all workers. */
export function gatedModel(inner: LanguageModel, { gate, random, countsOutput }: GatedModelOptions): LanguageModel {
  return {
    provider: inner.provider,
    model: inner.model,
    answer: (request, signal) =>
      gate.pass(
        { id: request.id, tokens: tokensOf(request, countsOutput) },
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

function tokensOf({ prompt }: ModelRequest, countsOutput: boolean): number {
  return countsOutput ? prompt.inputTokens + prompt.maxOutputTokens : prompt.inputTokens;
}
