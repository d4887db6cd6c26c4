/** Follows batches to their end: delivers what they answered, and sends the rest again. */

import { BloggerError } from '../../../../core/errors.ts';
import type { BatchRow, PromptOf, ShardRecord } from '../../../../core/ports.ts';
import { callEnd } from '../../calls/charged-model.ts';
import type { createAskLive } from '../ask-live.ts';
import type { BatchWaiters } from '../batch-waiters.ts';
import type { Shards } from '../shards.ts';
import type { createStatusEvents } from '../status-events.ts';
import type { VendorBatchesOptions } from '../vendor-batches-options.ts';
import type { Waves } from '../waves.ts';
import { afterBatch } from './after-batch.ts';
import { type BatchOutcome, pollBatch } from './poll-batch.ts';

interface FollowerOptions extends VendorBatchesOptions {
  readonly waiters: BatchWaiters;
  readonly waves: Waves;
  readonly shards: Shards;
  readonly askLive: ReturnType<typeof createAskLive>;
  readonly isTooLate: () => boolean;
  readonly onStatus: ReturnType<typeof createStatusEvents>;
}

/** One poller for each batch; restarted by the next caller after a failure. */
export function createFollower(options: FollowerOptions): (shard: ShardRecord) => Promise<void> {
  const { ledger, waiters, waves, shards, isTooLate, leaving } = options;
  const followed = new Map<string, Promise<void>>();

  async function followOne(shard: ShardRecord): Promise<void> {
    let resume: (() => void) | undefined;
    const onRow = (id: string, row: BatchRow) => {
      resume ??= waves.pause();
      deliver(id, row, options);
    };
    const isUnwanted = (one: ShardRecord) => isCancelled(one) || isTooLate();
    const promptOf: PromptOf = (id) => waiters.of([id])[0]?.request.prompt;
    const left = await pollBatch(shard, { ...options, onRow, isUnwanted, promptOf }).finally(() => resume?.());
    if (left.kind === 'over') return sendRest(shard, left);
    if (left.kind === 'withheld') return waiters.rejectAll(left.rest, left.error);
    for (const id of shard.requestIds) ledger.leave(id);
    return waiters.rejectAll(shard.requestIds, left.error);
  }

  /** Only unanswered requests are sent again. */
  async function sendRest(
    shard: ShardRecord,
    { batch, rest: ids, byUs }: Extract<BatchOutcome, { readonly kind: 'over' }>,
  ): Promise<void> {
    const rest = waiters.of(ids).map(({ request }) => request);
    if (rest.length === 0) return;
    const { attempt } = shard;
    const facts = { attempt, byUs, isTooLate: isTooLate(), isCancelled: isCancelled(shard) };
    const next = afterBatch(batch, { ...facts, makesBatches: options.makesBatches });
    if (next.kind === 'refuse')
      return waiters.rejectAll(
        rest.map(({ id }) => id),
        next.error,
      );
    options.stopping.throwIfAborted();
    if (next.kind === 'live') return options.askLive(rest);
    return next.kind === 'again' ? shards.open(rest, attempt + 1) : shards.openWithLess(rest, attempt);
  }

  /** Every post of the shard that has a waiter was cancelled, so the batch is not needed. */
  function isCancelled({ requestIds }: ShardRecord): boolean {
    const waiting = waiters.of(requestIds);
    return waiting.length > 0 && !leaving.aborted && waiting.every(({ signal }) => signal.aborted);
  }

  return (shard) => {
    const following = followed.get(shard.id) ?? followOne(shard).finally(() => followed.delete(shard.id));
    followed.set(shard.id, following);
    return following;
  };
}

/** Gives a row to the one that waits for it; one that may be sent again has no end yet. */
function deliver(
  id: string,
  row: BatchRow,
  { emit, prices, waiters }: Pick<FollowerOptions, 'emit' | 'prices' | 'waiters'>,
): void {
  if (row.kind === 'answer') {
    emit(callEnd(id, row.reply, { costUsd: prices.costUsd(row.reply), reused: false, ms: 0 }));
    waiters.take(id)?.resolve(row.reply);
    return;
  }
  emit({ type: 'call:error', key: id, code: row.code, message: row.message });
  if (row.retryable) return;
  const { code, message, hint = 'The vendor refused this line of the batch.' } = row;
  waiters.rejectAll([id], new BloggerError(message, { code, hint, retryable: false }));
}
