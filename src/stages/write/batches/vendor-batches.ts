/** Answers requests through a vendor's batches: journalled before they are made, joined by id, collected once, adopted after a restart. */

import type { ModelReply, ModelRequest } from '../../../core/ports.ts';
import { callEnd } from '../calls/charged-model.ts';
import type { Gatherer } from '../gather-live.ts';
import { createAskLive } from './ask-live.ts';
import { createBatchWaiters } from './batch-waiters.ts';
import { createFollower } from './follow/follow-batches.ts';
import { createShards } from './shards.ts';
import { createStatusEvents } from './status-events.ts';
import type { VendorBatchesOptions } from './vendor-batches-options.ts';
import { createWaves, type WaveItem } from './waves.ts';

export interface VendorBatches extends Gatherer {
  /** `blocked` has changed. */
  look(): void;
}

export function createVendorBatches(options: VendorBatchesOptions): VendorBatches {
  const { journal, ledger, clock, emit, makesBatches, escalateAt } = options;
  const waiters = createBatchWaiters();
  const onStatus = createStatusEvents(emit);
  const askLive = createAskLive(options.live, waiters);
  const isTooLate = () => escalateAt !== undefined && clock.now() >= escalateAt;
  let sent = 0;
  const waves = createWaves({ size: options.size, blocked: options.blocked, send });
  const shards = createShards({ ...options, waiters, follow: (shard) => follow(shard), onStatus });
  const follow = createFollower({ ...options, waiters, waves, shards, askLive, isTooLate, onStatus });

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
    const answer = waiters.wait(request, signal);
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
    const work = makesBatches && !isTooLate() ? shards.open(requests, 1) : askLive(requests);
    void guard(work, idsOf(requests)).then(() =>
      emit({ type: 'batch:end', ...wave, ms: clock.monotonic() - startedAt }),
    );
  }

  return {
    add,
    flush: () => waves.flush(),
    begin: (post) => waves.begin(post),
    end: (post) => waves.end(post),
    look: () => waves.look(),
  };
}

function idsOf(requests: readonly ModelRequest[]): readonly string[] {
  return requests.map(({ id }) => id);
}
