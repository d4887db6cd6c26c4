import type { Clock, Emit, LanguageModel, Random } from '../../../core/ports.ts';
import { retry } from '../../../util/async/retry.ts';

export interface RetryingModelOptions {
  /** Total number of attempts. */
  readonly attempts: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
}

/** A server that is loading its model is retried for this long, without counting attempts: they are free. */
const STARTING_MS = 600_000;

/** Retries where that may help and costs nothing: rate limits, overload. A call that may have been billed is not repeated in the same run. */
export function retryingModel(
  inner: LanguageModel,
  { attempts, clock, random, emit }: RetryingModelOptions,
): LanguageModel {
  return {
    provider: inner.provider,
    model: inner.model,
    answer: (request, signal) =>
      retry(
        () => inner.answer(request, signal),
        {
          attempts,
          baseMs: 1000,
          capMs: 60_000,
          clock,
          random,
          isPatient: ({ details }, elapsedMs) => details['starting'] === true && elapsedMs < STARTING_MS,
          onRetry: ({ code, message }, { attempt, delayMs }) =>
            emit({ type: 'call:retry', key: request.id, attempt, delayMs, code, message }),
        },
        signal,
      ),
  };
}
