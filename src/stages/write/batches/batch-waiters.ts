import type { ModelReply, ModelRequest } from '../../../core/ports.ts';
import type { BatchItem } from '../batch-processor.ts';
import { rowIdOf } from './settle-shard.ts';

export interface Waiter {
  readonly request: ModelRequest;
  /** Fires when the post is not wanted any more. */
  readonly signal: AbortSignal;
  resolve(reply: ModelReply): void;
  reject(error: unknown): void;
}

export interface BatchWaiters {
  add(item: BatchItem<ModelRequest>): Promise<ModelReply>;
  /** Those of the requests that somebody waits for. */
  of(requestIds: readonly string[]): readonly Waiter[];
  /** Hands the waiter over: whoever takes it answers it. */
  take(requestId: string): Waiter | undefined;
  rejectAll(requestIds: readonly string[], error: unknown): void;
}

/** Who waits for which request of a vendor's batch; each is answered once. */
export function createBatchWaiters(): BatchWaiters {
  const waiters = new Map<string, Waiter>();

  function take(requestId: string): Waiter | undefined {
    const waiter = waiters.get(rowIdOf(requestId));
    waiters.delete(rowIdOf(requestId));
    return waiter;
  }

  return {
    add: ({ value, signal }) =>
      new Promise((resolve, reject) => waiters.set(rowIdOf(value.id), { request: value, signal, resolve, reject })),
    of: (requestIds) => requestIds.flatMap((id) => waiters.get(rowIdOf(id)) ?? []),
    take,
    rejectAll(requestIds, error) {
      for (const id of requestIds) take(id)?.reject(error);
    },
  };
}
