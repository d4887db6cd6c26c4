import { billOf } from '../../../core/bill.ts';
import { BloggerError } from '../../../core/errors.ts';
import type { Clock, Emit, LanguageModel, Ledger, ModelReply, ModelRequest, Reservation } from '../../../core/ports.ts';
import type { Tier, Usage } from '../../../core/types.ts';

/** Prices of calls, from the price list and the settings. */
export interface Prices {
  /** Maximum cost of the call in US dollars, including the extra input tokens; undefined = unknown. */
  worstUsd(request: Pick<ModelRequest, 'prompt' | 'tier'>, moreInputTokens?: number): number | undefined;
  /** What the answer cost. */
  costUsd(reply: ModelReply): number | undefined;
  /** Takes the vendor's count of a prompt into account for later bounds. */
  note?(request: Pick<ModelRequest, 'prompt'>, reply: ModelReply): void;
}

/** Prices for estimates, before any call. */
export interface PriceList extends Prices {
  tokensUsd(usage: Usage, tier: Tier): number | undefined;
}

export interface ChargedModelOptions {
  readonly ledger: Ledger;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** A model whose every call is in the ledger: answered from it when it was paid before, else reserved, called and settled. */
export function chargedModel(
  inner: LanguageModel,
  { ledger, prices, clock, emit }: ChargedModelOptions,
): LanguageModel {
  return {
    provider: inner.provider,
    model: inner.model,
    async answer(request, signal) {
      const known = ledger.find(request.id)?.reply;
      const startedAt = clock.monotonic();
      const end = (reply: ModelReply, costUsd: number | undefined, reused: boolean) =>
        emit(callEnd(request.id, reply, { costUsd, reused, ms: clock.monotonic() - startedAt }));
      if (known !== undefined) {
        end(known, 0, true);
        return known;
      }
      const worstUsd = prices.worstUsd(request);
      const call = { provider: inner.provider, model: inner.model, tier: request.tier };
      signal.throwIfAborted();
      await reserveWhenPossible({ id: request.id, ...call, worstUsd, holders: holdersOf(request) }, ledger, signal);
      emit({
        type: 'call:start',
        key: request.id,
        ...call,
        ...(worstUsd === undefined ? {} : { reservedUsd: worstUsd }),
      });
      try {
        const reply = await inner.answer(request, signal);
        const costUsd = prices.costUsd(reply);
        prices.note?.(request, reply);
        ledger.settle(request.id, reply, costUsd);
        end(reply, costUsd, false);
        return reply;
      } catch (error) {
        ledger.release(request.id, billOf(error));
        const { code, message } = BloggerError.is(error) ? error : { code: 'BUG', message: String(error) };
        emit({ type: 'call:error', key: request.id, code, message });
        throw error;
      }
    },
  };
}

/** The event of an answer, from the ledger or the vendor. */
export function callEnd(
  key: string,
  { tier, finishReason, usage }: ModelReply,
  { costUsd, reused, ms }: { readonly costUsd: number | undefined; readonly reused: boolean; readonly ms: number },
) {
  return {
    type: 'call:end',
    key,
    tier,
    finishReason,
    ms,
    reused,
    ...(usage === undefined ? {} : { usage }),
    ...(costUsd === undefined ? {} : { costUsd }),
  } as const;
}

/** Posts whose held budget pays for a request. */
export function holdersOf({ brief, holders }: Pick<ModelRequest, 'brief' | 'holders'>): readonly string[] {
  return holders ?? [brief.key];
}

/** Settling calls in flight may release budget, so the cap counts as reached only when nothing is in flight. */
async function reserveWhenPossible(reservation: Reservation, ledger: Ledger, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      ledger.reserve(reservation);
      return;
    } catch (error) {
      if (!BloggerError.is(error) || error.code !== 'BUDGET_REACHED' || ledger.spent().inFlight === 0) throw error;
      await ledger.changed(signal);
    }
  }
}
