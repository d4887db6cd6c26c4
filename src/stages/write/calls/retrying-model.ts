import { BloggerError } from '../../../core/errors.ts';
import type { Clock, Emit, LanguageModel, Random } from '../../../core/ports.ts';
import { retry } from '../../../util/async/retry.ts';
import { plural } from '../../../util/text/plural.ts';

export interface RetryingModelOptions {
  /** Total number of attempts. */
  readonly attempts: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
}

/** A server that is loading its model is retried for this long, without counting attempts: they are free. */
const STARTING_MS = 600_000;

/** A limit of the day in words that are not known looks like one of the minute. It ends the run when no call got through for so long, and so many gave up. */
const DEAF_MS = 120_000;
const DEAF_CALLS = 10;

/** Retries where that may help and costs nothing: rate limits, overload. A call that may have been billed is not repeated in the same run. */
export function retryingModel(
  inner: LanguageModel,
  { attempts, clock, random, emit }: RetryingModelOptions,
): LanguageModel {
  const watch = createWatch(clock);
  return {
    provider: inner.provider,
    model: inner.model,
    async answer(request, signal) {
      try {
        const reply = await retry(
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
        );
        watch.gotThrough();
        return reply;
      } catch (error) {
        throw BloggerError.is(error) && error.retryable ? watch.gaveUp(error) : error;
      }
    },
  };
}

interface Watch {
  gotThrough(): void;
  /** The error to throw: the call's own, or the one that ends the run. */
  gaveUp(error: BloggerError): BloggerError;
}

/** Counts the calls that gave up since one got through. */
function createWatch(clock: Clock): Watch {
  let calls = 0;
  let since = clock.monotonic();
  return {
    gotThrough() {
      calls = 0;
      since = clock.monotonic();
    },
    gaveUp(error) {
      calls += 1;
      const silentMs = clock.monotonic() - since;
      if (calls < DEAF_CALLS || silentMs < DEAF_MS) return error;
      return new BloggerError(
        `No call has got through for ${plural(Math.round(silentMs / 60_000), 'minute')}, and ${calls} gave up: ${error.message}`,
        {
          code: 'PROVIDER_PAUSED',
          hint: 'Run the same command again later; what is done is saved.',
          details: { ...error.details },
          cause: error,
        },
      );
    },
  };
}
