import { billOf } from '../../core/bill.ts';
import { BloggerError } from '../../core/errors.ts';
import type { Clock, Emit, LanguageModel, Ledger, ModelReply, ModelRequest, Reservation } from '../../core/ports.ts';

/** What calls cost, as the price list and the settings have it. */
export interface Prices {
  /** The most that the call can cost in US dollars; undefined = unknown. */
  worstUsd(request: ModelRequest): number | undefined;
  /** What the answer cost. */
  costUsd(reply: ModelReply): number | undefined;
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
      const startedAt = clock.now();
      const end = (reply: ModelReply, costUsd: number | undefined, reused: boolean) =>
        emit({
          type: 'call:end',
          key: request.id,
          tier: reply.tier,
          finishReason: reply.finishReason,
          ms: clock.now() - startedAt,
          reused,
          ...(reply.usage === undefined ? {} : { usage: reply.usage }),
          ...(costUsd === undefined ? {} : { costUsd }),
        });
      if (known !== undefined) {
        end(known, 0, true);
        return known;
      }
      const worstUsd = prices.worstUsd(request);
      const call = { key: request.id, provider: inner.provider, model: inner.model, tier: request.tier };
      signal.throwIfAborted();
      await reserveWhenPossible(
        { id: request.id, provider: inner.provider, model: inner.model, tier: request.tier, worstUsd },
        ledger,
        clock,
        signal,
      );
      emit({ type: 'call:start', ...call, ...(worstUsd === undefined ? {} : { reservedUsd: worstUsd }) });
      try {
        const reply = await inner.answer(request, signal);
        const costUsd = prices.costUsd(reply);
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

const LOOK_AGAIN_MS = 100;

/** What others have set aside and not spent comes back when their answers are in: the cap is reached only when nothing is in flight. */
async function reserveWhenPossible(
  reservation: Reservation,
  ledger: Ledger,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      ledger.reserve(reservation);
      return;
    } catch (error) {
      if (!BloggerError.is(error) || error.code !== 'BUDGET_REACHED' || ledger.spent().reservedUsd === 0) throw error;
      await clock.sleep(LOOK_AGAIN_MS, signal);
    }
  }
}
