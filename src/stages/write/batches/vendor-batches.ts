/** Answers requests through a vendor's batches: journalled before they are made, joined by id, collected once, adopted after a restart. */

import { BloggerError } from '../../../core/errors.ts';
import type { BatchRow, ModelReply, ModelRequest, ShardRecord, VendorBatch } from '../../../core/ports.ts';
import type { Tier } from '../../../core/types.ts';
import { callEnd } from '../calls/charged-model.ts';
import type { Gatherer } from '../gather-live.ts';
import { createBatchWaiters } from './batch-waiters.ts';
import { type Left, lookOut } from './look-out.ts';
import { ATTEMPTS, createShards } from './shards.ts';
import { cancelledAtVendor, outOfCredit, unanswered } from './vendor-batch-ends.ts';
import type { VendorBatchesOptions } from './vendor-batches-options.ts';
import { createWaves, type WaveItem } from './waves.ts';

type LeftOver = Extract<Left, { readonly kind: 'over' }>;

export interface VendorBatches extends Gatherer {
  /** `blocked` has changed. */
  look(): void;
}

export function createVendorBatches(options: VendorBatchesOptions): VendorBatches {
  const { journal, ledger, prices, clock, emit, makesBatches, escalateAt, stopping, leaving } = options;
  const waiters = createBatchWaiters();
  const followed = new Map<string, Promise<void>>();
  const oddWords = new Set<string>();
  let sent = 0;
  const waves = createWaves({ size: options.size, blocked: options.blocked, send });
  const shards = createShards({ ...options, waiters, follow, onStatus: emitStatus });

  /** Passes the error of a task to the waiters of its requests. */
  function guard(work: Promise<unknown>, ids: readonly string[]): Promise<void> {
    return work.then(
      () => {},
      (error: unknown) => waiters.rejectAll(ids, error),
    );
  }

  async function add(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    await shards.adopt([request]);
    signal.throwIfAborted();
    const known = ledger.find(request.id)?.reply;
    if (known !== undefined) {
      emit(callEnd(request.id, known, { costUsd: 0, reused: true, ms: 0 }));
      return known;
    }
    const shard = journal.shardOf(request.id);
    if (shard === undefined) return waves.add(request, signal);
    const answer = new Promise<ModelReply>((resolve, reject) => {
      waiters.add({ request, signal, resolve, reject });
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    waves.track(request.brief.key, answer);
    void guard(follow(shard), shard.requestIds);
    return answer;
  }

  function send(items: readonly WaveItem[]): void {
    for (const item of items) waiters.add(item);
    const requests = items.map(({ request }) => request);
    const startedAt = clock.monotonic();
    sent += 1;
    const wave = { id: `batch-${sent}`, size: items.length };
    emit({ type: 'batch:start', ...wave, reason: items.length < options.size ? 'flush' : 'size' });
    void guard(begin(requests), idsOf(requests)).then(() =>
      emit({ type: 'batch:end', ...wave, ms: clock.monotonic() - startedAt }),
    );
  }

  async function begin(requests: readonly ModelRequest[]): Promise<void> {
    if (makesBatches && !isTooLate()) await shards.open(requests, 1);
    else await askAllLive(requests);
  }

  /** One poller for each batch; restarted by the next caller after a failure. */
  function follow(shard: ShardRecord): Promise<void> {
    const following = followed.get(shard.id) ?? followOne(shard).finally(() => followed.delete(shard.id));
    followed.set(shard.id, following);
    return following;
  }

  async function followOne(shard: ShardRecord): Promise<void> {
    let resume: (() => void) | undefined;
    const onRow = (id: string, row: BatchRow) => {
      resume ??= waves.pause();
      take(id, row);
    };
    const left = await lookOut(shard, { ...options, onStatus: emitStatus, onRow, isUnwanted }).finally(() =>
      resume?.(),
    );
    await leave(shard, left);
  }

  async function leave(shard: ShardRecord, left: Left): Promise<void> {
    switch (left.kind) {
      case 'over':
        return sendRest(shard, left);
      case 'pending':
        for (const id of shard.requestIds) ledger.leave(id);
        return waiters.rejectAll(shard.requestIds, left.error);
      case 'withheld':
        return waiters.rejectAll(left.rest, left.error);
    }
  }

  function take(id: string, row: BatchRow): void {
    if (row.kind === 'answer') {
      emit(callEnd(id, row.reply, { costUsd: prices.costUsd(row.reply), reused: false, ms: 0 }));
      waiters.take(id)?.resolve(row.reply);
      return;
    }
    emit({ type: 'call:error', key: id, code: row.code, message: row.message });
    if (!row.retryable)
      waiters.rejectAll(
        [id],
        new BloggerError(row.message, { code: 'PROVIDER_REQUEST', hint: 'The vendor refused this line of the batch.' }),
      );
  }

  /** Only unanswered requests are sent again. */
  async function sendRest(shard: ShardRecord, { batch, rest: ids, byUs }: LeftOver): Promise<void> {
    const rest = waiters.of(ids).map(({ request }) => request);
    if (rest.length === 0) return;
    const refuse = (error: BloggerError) => waiters.rejectAll(idsOf(rest), error);
    if (batch.error?.kind === 'billing') return refuse(outOfCredit(batch));
    if (batch.status === 'cancelled' && !byUs && !isTooLate()) return refuse(cancelledAtVendor(batch));
    stopping.throwIfAborted();
    if (isTooLate()) return askAllLive(rest);
    if (isCancelled(shard)) return refuse(unanswered(batch));
    if (!makesBatches) return askAllLive(rest);
    if (batch.error?.kind === 'queue-full') return shards.openWithLess(rest, shard.attempt);
    if (shard.attempt >= ATTEMPTS) return refuse(unanswered(batch));
    await shards.open(rest, shard.attempt + 1);
  }

  async function askAllLive(requests: readonly ModelRequest[]): Promise<void> {
    await Promise.all(requests.map(askLive));
  }

  function isTooLate(): boolean {
    return escalateAt !== undefined && clock.now() >= escalateAt;
  }

  async function askLive(request: ModelRequest): Promise<void> {
    const waiter = waiters.take(request.id);
    if (waiter === undefined) return;
    const ask = (tier: Tier) => options.live.answer({ ...request, tier }, waiter.signal);
    try {
      const isLate = request.tier === 'batch';
      waiter.resolve(
        await ask(isLate ? 'flex' : request.tier).catch((error: unknown) =>
          isLate && isNoRoom(error) ? ask('standard') : Promise.reject(error as Error),
        ),
      );
    } catch (error) {
      waiter.reject(error);
    }
  }

  /** Every post of the shard that has a waiter was cancelled, so the batch is not needed. */
  function isCancelled({ requestIds }: ShardRecord): boolean {
    const waiting = waiters.of(requestIds);
    return waiting.length > 0 && !leaving.aborted && waiting.every(({ signal }) => signal.aborted);
  }

  function isUnwanted(shard: ShardRecord): boolean {
    return isCancelled(shard) || isTooLate();
  }

  function emitStatus({ id, shardId, status, counts, word }: VendorBatch): void {
    const done = counts.done + counts.failed;
    emit({ type: 'vendor-batch:status', id, shardId, status: word ?? status, done, total: counts.total });
    if (word === undefined || oddWords.has(word)) return;
    oddWords.add(word);
    emit({
      type: 'run:warning',
      code: 'BATCH_PENDING',
      message: `The vendor says "${word}" of its batch ${id}, which blogger does not know; it looks again, less and less often`,
      hint: "Look at the batch in the vendor's console. It can be collected later with `blogger collect`.",
    });
  }

  return {
    add,
    flush: () => waves.flush(),
    begin: (post) => waves.begin(post),
    end: (post) => waves.end(post),
    look: () => waves.look(),
  };
}

/** Flex has no capacity, or the model does not support it: use the standard tier. */
function isNoRoom(error: unknown): boolean {
  return BloggerError.is(error) && (error.code === 'PROVIDER_OVERLOADED' || error.code === 'PROVIDER_REQUEST');
}

function idsOf(requests: readonly ModelRequest[]): readonly string[] {
  return requests.map(({ id }) => id);
}
