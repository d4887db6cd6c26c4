/** One call of a vendor's SDK: its time limit, and its failures as the product's errors. */

import { BloggerError } from '../../../core/errors.ts';
import type { Clock } from '../../../core/ports.ts';
import { type LimitReport, readLimitHeaders } from '../limits/read-limits.ts';
import { chain, connectionError, providerError } from '../refusal/provider-errors.ts';
import { readRefusal } from '../refusal/read-refusal.ts';
import type { ProviderErrorContext } from '../refusal/refusal-case.ts';
import { NOT_REPEATED } from '../refusal/refusal-rules.ts';
import { HttpRefusal } from './transport.ts';

export interface VendorCallOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Called with what the headers of a refusal say about limits. */
  readonly onLimits?: ((report: LimitReport) => void) | undefined;
}

/** A vendor's SDK behind one way of calling it. */
export interface SdkClient<Sdk> {
  readonly context: ProviderErrorContext;
  /** One call of the SDK; its failures are `BloggerError`s, aborts pass as they are. */
  call<T>(run: (sdk: Sdk, signal: AbortSignal) => Promise<T>, options: VendorCallOptions): Promise<T>;
}

/** Loads the SDK on first use. Its own retries are off: a retry that the ledger does not know of may be paid twice. */
export function sdkClient<Sdk>(
  load: () => Promise<Sdk>,
  vendor: { readonly context: ProviderErrorContext; readonly clock: Clock },
): SdkClient<Sdk> {
  let loading: Promise<Sdk> | undefined;
  return {
    context: vendor.context,
    async call(run, options) {
      loading ??= load();
      const sdk = await loading;
      return vendorCall((signal) => run(sdk, signal), options, vendor);
    },
  };
}

/** Aborts of the caller's signal pass as they are. */
export async function vendorCall<T>(
  run: (signal: AbortSignal) => Promise<T>,
  { signal, timeoutMs, onLimits }: VendorCallOptions,
  { context, clock }: { readonly context: ProviderErrorContext; readonly clock: Clock },
): Promise<T> {
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await run(AbortSignal.any([signal, timeout]));
    context.hasAnswered = true;
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    if (BloggerError.is(error)) throw error;
    if (timeout.aborted) throw noAnswerWithin(timeoutMs, context);
    const refusal = [...chain(error)].find((link) => link instanceof HttpRefusal);
    if (refusal === undefined) throw connectionError(error, context);
    const report = readLimitHeaders(refusal.headers);
    if (report !== undefined) onLimits?.(report);
    throw providerError(readRefusal(refusal, clock.now()), context);
  }
}

function noAnswerWithin(timeoutMs: number, context: ProviderErrorContext): BloggerError {
  return connectionError(
    new Error(`no answer within ${Math.round(timeoutMs / 1000)} s`),
    context,
    `${NOT_REPEATED} Set modelTimeout (--model-timeout) to a longer time where answers take that long.`,
  );
}
