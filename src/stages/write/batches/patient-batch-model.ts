import { billOf } from '../../../core/bill.ts';
import type { BloggerError } from '../../../core/errors.ts';
import type { BatchLanguageModel, Clock, Emit, Random } from '../../../core/ports.ts';
import { retry } from '../../../util/async/retry.ts';

export interface PatientBatchModelOptions {
  /** Total number of attempts. */
  readonly attempts: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
}

/**
 * Retries failed requests about batches: a batch takes up to a day, and one bad minute of the vendor must not cost its posts.
 * Reads are free and repeatable; creating a batch is retried only when the vendor provably created none.
 */
export function patientBatchModel(
  inner: BatchLanguageModel,
  { attempts, clock, random, emit }: PatientBatchModelOptions,
): BatchLanguageModel {
  const again = <T>(
    key: string,
    ask: () => Promise<T>,
    signal: AbortSignal,
    isWorthIt: (error: BloggerError) => boolean = isRepeatable,
  ): Promise<T> =>
    retry(
      ask,
      {
        attempts,
        baseMs: 1000,
        capMs: 60_000,
        clock,
        random,
        isWorthIt,
        onRetry: ({ code, message }, next) => emit({ type: 'call:retry', key, code, message, ...next }),
      },
      signal,
    );
  return {
    provider: inner.provider,
    model: inner.model,
    submit: (shardId, requests, signal) =>
      again(shardId, () => inner.submit(shardId, requests, signal), signal, madeNothing),
    poll: (batchId, signal) => again(batchId, () => inner.poll(batchId, signal), signal),
    cancel: (batchId, signal) => again(batchId, () => inner.cancel(batchId, signal), signal, isCancelWorthIt),
    // Buffer the whole file: a truncated download must not look like a batch with missing rows.
    async *collect(batchId, signal, promptOf) {
      yield* await again(batchId, () => gather(inner.collect(batchId, signal, promptOf)), signal);
    },
    async *list(signal) {
      yield* await again('batches', () => gather(inner.list(signal)), signal);
    },
  };
}

async function gather<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Reading is free, so a read whose answer was lost is repeated as well. */
function isRepeatable({ retryable, code }: BloggerError): boolean {
  return retryable || code === 'PROVIDER_UNKNOWN_OUTCOME';
}

/** A conflict says that the batch has ended. */
function isCancelWorthIt(error: BloggerError): boolean {
  return isRepeatable(error) && error.details['status'] !== 409;
}

/** Only after a refusal that provably created nothing: a second batch would also be billed. */
function madeNothing(error: BloggerError): boolean {
  return error.retryable && billOf(error) === 'free';
}
