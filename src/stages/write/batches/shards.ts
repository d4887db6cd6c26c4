/** Creates vendor batches: reserves the cost and journals the intent first, waits for a full queue, resends unanswered requests. */

import { billOf } from '../../../core/bill.ts';
import { BloggerError } from '../../../core/errors.ts';
import type { ModelRequest, ShardRecord, VendorBatch } from '../../../core/ports.ts';
import { hashText } from '../../../util/stable-hash.ts';
import { holdersOf } from '../calls/charged-model.ts';
import type { BatchWaiters } from './batch-waiters.ts';
import { adoptLost } from './follow/adopt-lost.ts';
import { closeShard, rowIdOf } from './follow/settle-shard.ts';
import { fittingOneFile, isTooLargeFile } from './shard-size.ts';
import type { VendorBatchesOptions } from './vendor-batches-options.ts';

/** Maximum attempts per request, the first one included; unanswered requests then fail. */
export const ATTEMPTS = 3;

export interface Shards {
  /** Sends requests as one batch and resolves when they are answered. */
  open(requests: readonly ModelRequest[], attempt: number): Promise<void>;
  /** Retries in halves once the vendor's queue may have capacity. */
  openWithLess(requests: readonly ModelRequest[], attempt: number): Promise<void>;
  /** Searches unconfirmed batches: once, and again whenever one of the requests is in such a batch. */
  adopt(requests: readonly Pick<ModelRequest, 'id'>[]): Promise<void>;
}

export interface ShardsOptions extends VendorBatchesOptions {
  readonly waiters: BatchWaiters;
  readonly follow: (shard: ShardRecord) => Promise<void>;
  readonly onStatus: (batch: VendorBatch) => void;
}

/** A full queue: the first wait in poll intervals, doubled each time, its bound, and after how many waits it is given up. */
const QUEUE_WAITS = { first: 4, most: 60, times: 100 } as const;

export function createShards(options: ShardsOptions): Shards {
  const { journal, clock, pollMs, stopping, leaving } = options;
  const { submit, adopt } = createMaker(options);
  let made = 0;
  let queueWaits = 0;
  /** Batches of this run at the vendor, for the next one that finds the queue full. */
  let following: Promise<void>[] = [];

  async function open(requests: readonly ModelRequest[], attempt: number): Promise<void> {
    const groups = fittingOneFile(requests);
    if (groups.length > 1) return openEach(groups, attempt);
    stopping.throwIfAborted();
    const admitted = requests.filter((request) => reserveRow(request, options));
    if (admitted.length === 0) return;
    const requestIds = admitted.map(({ id }) => id);
    made += 1;
    const id = `${options.runId.slice(0, 8)}-${hashText(requestIds.join('\n')).slice(0, 20)}-${made}`;
    journal.intend(id, { attempt, requestIds, at: clock.now() });
    const shard = { id, attempt, requestIds, intendedAt: clock.now() };
    const batchId = await submit(shard, admitted).catch((error: unknown) => {
      if (admitted.length === 1 || !isTooLargeFile(error)) throw error;
      return 'oversize' as const;
    });
    if (batchId === 'oversize') return openEach(halvesOf(admitted), attempt);
    if (batchId === undefined) return attempt < ATTEMPTS ? open(admitted, attempt + 1) : Promise.reject(notMade());
    const work = options.follow({ ...shard, batchId });
    following.push(work);
    await work.finally(() => {
      following = following.filter((other) => other !== work);
    });
  }

  /** Side by side; one that fails does not take the others along. */
  async function openEach(groups: readonly (readonly ModelRequest[])[], attempt: number): Promise<void> {
    const ids = (group: readonly ModelRequest[]) => group.map(({ id }) => id);
    await Promise.all(
      groups.map((group) => open(group, attempt).catch((error) => options.waiters.rejectAll(ids(group), error))),
    );
  }

  async function openWithLess(requests: readonly ModelRequest[], attempt: number): Promise<void> {
    if (following.length > 1)
      await Promise.race(following); // the vendor counts all batches that are open; this one is among them
    else if (queueWaits > 0 && options.wait) await waitForRoom();
    queueWaits += 1;
    for (const half of halvesOf(requests)) await open(half, attempt);
    queueWaits = 0;
  }

  async function waitForRoom(): Promise<void> {
    if (queueWaits > QUEUE_WAITS.times) throw queueFull();
    await clock.sleep(pollMs * Math.min(QUEUE_WAITS.most, QUEUE_WAITS.first * 2 ** (queueWaits - 1)), leaving);
  }

  return { open, openWithLess, adopt };
}

function halvesOf(requests: readonly ModelRequest[]): readonly (readonly ModelRequest[])[] {
  const half = Math.ceil(requests.length / 2);
  return [requests.slice(0, half), requests.slice(half)].filter(({ length }) => length > 0);
}

/** Has the vendor make batches, and finds those whose making was not confirmed. */
function createMaker(options: ShardsOptions) {
  const { model, journal, ledger, clock, pollMs, leaving } = options;
  const underWay = new Set<string>();
  let adopting: Promise<void> | undefined;

  /** The vendor's id of the batch, even when the response was lost; undefined when it was not created. */
  async function submit(
    shard: Omit<ShardRecord, 'batchId'>,
    requests: readonly ModelRequest[],
  ): Promise<string | undefined> {
    const rows = requests.map((request) => ({ ...request, id: rowIdOf(request.id) }));
    underWay.add(shard.id);
    try {
      const batch = await model.submit(shard.id, rows, options.giveUp).finally(() => underWay.delete(shard.id));
      journal.submitted(shard.id, batch.id);
      options.onStatus(batch);
      return batch.id;
    } catch (error) {
      if (billOf(error) === 'unknown') return await adoptAfter(shard, error);
      closeShard({ ...shard, batchId: undefined }, shard.requestIds, options, 'free');
      throw error;
    }
  }

  /** The batch may exist; check the vendor's list. */
  async function adoptAfter(
    { id, requestIds }: Omit<ShardRecord, 'batchId'>,
    error: unknown,
  ): Promise<string | undefined> {
    if (options.giveUp.aborted || leaving.aborted) throw error;
    await adopt(requestIds.map((requestId) => ({ id: requestId })));
    return journal.open().find((shard) => shard.id === id)?.batchId;
  }

  async function adopt(requests: readonly Pick<ModelRequest, 'id'>[]): Promise<void> {
    const isLost = ({ id }: Pick<ModelRequest, 'id'>) => {
      const shard = journal.shardOf(id);
      return shard !== undefined && shard.batchId === undefined;
    };
    // Sequentially: the second must not take requests that the first has just released and resent.
    if (adopting === undefined || requests.some(isLost)) {
      const before = adopting?.catch(() => {}); // its own callers get the error
      adopting = (before ?? Promise.resolve()).then(() =>
        adoptLost({ model, journal, ledger, clock, pollMs, underWay }, leaving),
      );
    }
    await adopting;
  }

  return { submit, adopt };
}

/** False when the budget does not suffice; the waiter then gets the error. */
function reserveRow(request: ModelRequest, options: ShardsOptions): boolean {
  const { model, prices, ledger, emit, waiters } = options;
  const call = { provider: model.provider, model: model.model, tier: 'batch' } as const;
  try {
    const worstUsd = prices.worstUsd({ ...request, tier: 'batch' });
    ledger.reserve({ id: request.id, ...call, worstUsd, holders: holdersOf(request) });
    emit({ type: 'call:start', key: request.id, ...call });
    return true;
  } catch (error) {
    waiters.rejectAll([request.id], error);
    return false;
  }
}

function notMade(): BloggerError {
  return new BloggerError('The vendor was asked several times to make a batch, and its list names none', {
    code: 'PROVIDER_OVERLOADED',
    hint: 'Run the same command again later.',
  });
}

function queueFull(): BloggerError {
  return new BloggerError("The vendor's queue for batches has been full for a day", {
    code: 'PROVIDER_OVERLOADED',
    hint: 'Run the same command again later, with fewer entries, or with --tier flex.',
  });
}
