import { billOf } from '../../../core/bill.ts';
import { BloggerError } from '../../../core/errors.ts';
import type { KeyValueStore, LanguageModel, ModelReply, ModelRequest } from '../../../core/ports.ts';
import type { Prices } from './charged-model.ts';

/** The cap that applies to a call. */
export interface CapOfCall {
  readonly runId: string;
  readonly capUsd: number;
}

export interface CappedModelOptions {
  readonly budget: {
    reserve(runId: string, callId: string, worstUsd: number, capUsd: number, signal: AbortSignal): Promise<void>;
    settle(runId: string, callId: string, costUsd: number | undefined): Promise<void>;
  };
  readonly prices: Prices;
  /** Undefined when the run has no cap. */
  readonly capOf: (request: ModelRequest) => CapOfCall | undefined;
}

/** A model whose calls are limited by a cap shared between machines. */
export function cappedModel(inner: LanguageModel, { budget, prices, capOf }: CappedModelOptions): LanguageModel {
  return {
    provider: inner.provider,
    model: inner.model,
    async answer(request, signal) {
      const cap = capOf(request);
      if (cap === undefined) return inner.answer(request, signal);
      const worstUsd = prices.worstUsd(request);
      if (worstUsd === undefined)
        throw new BloggerError(
          'A spending cap is set, but the price of the model is unknown, so the cap cannot be enforced',
          {
            code: 'PRICE_UNKNOWN',
            hint: 'Set price.input and price.output (US dollars for a million tokens), or leave maxCost out.',
          },
        );
      await budget.reserve(cap.runId, request.id, worstUsd, cap.capUsd, signal);
      // Without Redis the reservation stays, which is safe; what was paid for is not lost for it.
      const settle = (costUsd: number | undefined) => budget.settle(cap.runId, request.id, costUsd).catch(() => {});
      const reply = await inner.answer(request, signal).catch(async (error: unknown) => {
        await settle(billOf(error) === 'unknown' ? undefined : 0);
        throw error;
      });
      await settle(prices.costUsd(reply));
      return reply;
    },
  };
}

export interface RememberedModelOptions {
  readonly answers: KeyValueStore;
  readonly ttlMs: number;
  /** Has one machine at a time make a call. */
  readonly claims: {
    once<T>(id: string, find: () => Promise<T | undefined>, make: () => Promise<T>, signal: AbortSignal): Promise<T>;
  };
}

/** A model whose answers are shared between machines, so that each is paid for once. */
export function rememberedModel(
  inner: LanguageModel,
  { answers, ttlMs, claims }: RememberedModelOptions,
): LanguageModel {
  return {
    provider: inner.provider,
    model: inner.model,
    answer(request, signal) {
      const find = async () => (await answers.get(request.id)) as ModelReply | undefined; // written below only
      const make = async () => {
        const reply = await inner.answer(request, signal);
        await answers.set(request.id, reply, { ttlMs });
        return reply;
      };
      return claims.once(request.id, find, make, signal);
    },
  };
}
