import type { ModelReply, ModelRequest } from '../../../core/ports.ts';
import { rowIdOf } from './follow/settle-shard.ts';

export interface Waiter {
  readonly request: ModelRequest;
  /** Aborted when the post is cancelled. */
  readonly signal: AbortSignal;
  resolve(reply: ModelReply): void;
  reject(error: unknown): void;
}

export interface BatchWaiters {
  add(waiter: Waiter): void;
  /** Adds a waiter, and resolves with its answer. */
  wait(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
  /** Requests with at least one waiter. */
  of(requestIds: readonly string[]): readonly Waiter[];
  /** Removes and returns the waiter; the caller settles it. */
  take(requestId: string): Waiter | undefined;
  rejectAll(requestIds: readonly string[], error: unknown): void;
}

/** Waiters of requests in vendor batches; each is settled once. */
export function createBatchWaiters(): BatchWaiters {
  const waiters = new Map<string, Waiter>();

  function take(requestId: string): Waiter | undefined {
    const waiter = waiters.get(rowIdOf(requestId));
    waiters.delete(rowIdOf(requestId));
    return waiter;
  }

  const add = (waiter: Waiter) => void waiters.set(rowIdOf(waiter.request.id), waiter);

  return {
    add,
    wait: (request, signal) =>
      new Promise((resolve, reject) => {
        add({ request, signal, resolve, reject });
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      }),
    of: (requestIds) => requestIds.flatMap((id) => waiters.get(rowIdOf(id)) ?? []),
    take,
    rejectAll(requestIds, error) {
      for (const id of requestIds) take(id)?.reject(error);
    },
  };
}
