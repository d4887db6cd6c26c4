import { BloggerError } from '../../../core/errors.ts';
import type { LanguageModel, ModelRequest } from '../../../core/ports.ts';
import type { Tier } from '../../../core/types.ts';
import type { BatchWaiters } from './batch-waiters.ts';

/** Sends requests that no batch is to answer: those of a batch that is late by flex, or by the standard tier where flex has no room. */
export function createAskLive(
  live: LanguageModel,
  waiters: BatchWaiters,
): (requests: readonly ModelRequest[]) => Promise<void> {
  async function ask(request: ModelRequest): Promise<void> {
    const waiter = waiters.take(request.id);
    if (waiter === undefined) return;
    const send = (tier: Tier) => live.answer({ ...request, tier }, waiter.signal);
    const isLate = request.tier === 'batch';
    try {
      const reply = await send(isLate ? 'flex' : request.tier).catch((error: unknown) => {
        if (isLate && isNoRoom(error)) return send('standard');
        throw error;
      });
      waiter.resolve(reply);
    } catch (error) {
      waiter.reject(error);
    }
  }
  return async (requests) => void (await Promise.all(requests.map(ask)));
}

/** Flex has no capacity, or the model does not support it. */
function isNoRoom(error: unknown): boolean {
  if (!BloggerError.is(error)) return false;
  const { code, details } = error;
  return code === 'PROVIDER_OVERLOADED' || code === 'PROVIDER_REQUEST' || details['tierRefused'] === true;
}
