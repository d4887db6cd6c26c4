import type { ModelReply, ModelRequest } from '../../../core/ports.ts';
import { rowIdOf } from './settle-shard.ts';

export interface Waiter {
  readonly request: ModelRequest;
  /** Fires when the post is not wanted any more. */
  readonly signal: AbortSignal;
  resolve(reply: ModelReply): void;
  reject(error: unknown): void;
}

export interface BatchWaiters {
  add(waiter: Waiter): void;
  /** Those of the requests that have a waiter. */
  of(requestIds: readonly string[]): readonly Waiter[];
  /** Removes the waiter; the caller answers it. */
  take(requestId: string): Waiter | undefined;
  rejectAll(requestIds: readonly string[], error: unknown): void;
}

/** The waiter of each request in a vendor's batch; each is answered once. */
export function createBatchWaiters(): BatchWaiters {
  const waiters = new Map<string, Waiter>();

  function take(requestId: string): Waiter | undefined {
    const waiter = waiters.get(rowIdOf(requestId));
    waiters.delete(rowIdOf(requestId));
    return waiter;
  }

  return {
    add: (waiter) => void waiters.set(rowIdOf(waiter.request.id), waiter),
    of: (requestIds) => requestIds.flatMap((id) => waiters.get(rowIdOf(id)) ?? []),
    take,
    rejectAll(requestIds, error) {
      for (const id of requestIds) take(id)?.reject(error);
    },
  };
}
