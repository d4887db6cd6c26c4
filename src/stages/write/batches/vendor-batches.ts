/** Answers requests through a vendor's batches: journalled before they are made, joined by id, collected once, adopted after a restart. */

import { BloggerError } from '../../../core/errors.ts';
import type {
  BatchJournal,
  BatchLanguageModel,
  BatchRow,
  Clock,
  Emit,
  LanguageModel,
  Ledger,
  ModelReply,
  ModelRequest,
  ShardRecord,
  VendorBatch,
} from '../../../core/ports.ts';
import type { Tier } from '../../../core/types.ts';
import { hashText } from '../../../util/stable-hash.ts';
import type { Batch } from '../batch-processor.ts';
import { createBatchWaiters } from './batch-waiters.ts';
import type { Prices } from '../calls/charged-model.ts';
import { adoptLost, lookAt, rowIdOf, settleShard } from './settle-shard.ts';
import { isOver, pending, unanswered } from './vendor-batch-ends.ts';

export interface VendorBatchesOptions {
  readonly model: BatchLanguageModel;
  readonly journal: BatchJournal;
  readonly ledger: Ledger;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly runId: string;
  /** Milliseconds between two looks at a batch. */
  readonly pollMs: number;
  /** False: submit, look once, and leave the rest for a later run (`BATCH_PENDING`). */
  readonly wait: boolean;
  /** Asks at once: for what is late, and for what a run of another tier finds in no batch. */
  readonly live: LanguageModel;
  /** False in a run of another tier: what is in a batch already is awaited, and no batch is made. */
  readonly makesBatches: boolean;
  /** From this time on, what the vendor has not answered is taken back and asked for live: flex first, then standard. */
  readonly escalateAt?: number;
  /** Fires when the run takes no new work: no batch is begun. */
  readonly stopping: AbortSignal;
  /** Fires when whoever runs it wants it to end: batches stay at the vendor and are collected later. */
  readonly leaving: AbortSignal;
  /** Fires when what is in flight is given up: a batch that is being made. */
  readonly giveUp: AbortSignal;
}

/** Errors after which a batch may have been made all the same: a broken connection, and what stands between us and the vendor. */
const MAYBE_MADE: ReadonlySet<string> = new Set(['PROVIDER_UNKNOWN_OUTCOME', 'PROVIDER_OVERLOADED']);

/** Times a request is sent, the first one included; what is still without an answer then fails. */
const ATTEMPTS = 3;

/** Returns the dispatch of a `BatchProcessor`: one promise for each of its items. */
export function createVendorBatches(
  options: VendorBatchesOptions,
): (batch: Batch<ModelRequest>) => readonly Promise<ModelReply>[] {
  const {
    model,
    journal,
    ledger,
    prices,
    clock,
    emit,
    runId,
    pollMs,
    wait,
    makesBatches,
    escalateAt,
    stopping,
    leaving,
    giveUp,
  } = options;
  const waiters = createBatchWaiters();
  const followed = new Map<string, Promise<void>>();
  const underWay = new Set<string>();
  let adopting: Promise<void> | undefined;
  let made = 0;

  function dispatch({ items }: Batch<ModelRequest>): readonly Promise<ModelReply>[] {
    const answers = items.map((item) => waiters.add(item));
    const requests = items.map(({ value }) => value);
    void heard(send(requests), idsOf(requests));
    return answers;
  }

  /** What goes wrong with the work is heard by those who wait for it, and by nobody else. */
  function heard(work: Promise<unknown>, ids: readonly string[]): Promise<void> {
    return work.then(
      () => {},
      (error: unknown) => waiters.rejectAll(ids, error),
    );
  }

  async function send(requests: readonly ModelRequest[]): Promise<void> {
    await adopt(requests);
    const fresh: ModelRequest[] = [];
    const shards = new Map<string, ShardRecord>();
    for (const request of requests) {
      const known = ledger.find(request.id)?.reply;
      const shard = journal.shardOf(request.id);
      if (known !== undefined) answer(request.id, known, true);
      else if (shard === undefined) fresh.push(request);
      else shards.set(shard.id, shard);
    }
    const work = [...shards.values()].map((shard) => heard(follow(shard), shard.requestIds));
    await Promise.all([...work, heard(begin(fresh), idsOf(fresh))]);
  }

  /** Once, for what died with other runs, and again whenever a request is in a batch whose making this run did not hear of. */
  async function adopt(requests: readonly ModelRequest[]): Promise<void> {
    const isLost = ({ id }: ModelRequest) => {
      const shard = journal.shardOf(id);
      return shard !== undefined && shard.batchId === undefined;
    };
    // One after the other: the second must not take what the first has just freed and sent again.
    if (adopting === undefined || requests.some(isLost)) {
      const before = adopting?.catch(() => {}); // whoever asked then has heard of it
      adopting = (before ?? Promise.resolve()).then(() => adoptLost({ model, journal, ledger, underWay }, leaving));
    }
    await adopting;
  }

  async function begin(requests: readonly ModelRequest[]): Promise<void> {
    if (makesBatches) await open(requests, 1);
    else await Promise.all(requests.map(askLive));
  }

  async function open(requests: readonly ModelRequest[], attempt: number): Promise<void> {
    stopping.throwIfAborted();
    const admitted = requests.filter(reserve);
    if (admitted.length === 0) return;
    const requestIds = idsOf(admitted);
    made += 1;
    const id = `${runId.slice(0, 8)}-${hashText(requestIds.join('\n')).slice(0, 20)}-${made}`;
    journal.intend(id, attempt, requestIds);
    underWay.add(id);
    const batch = await submit(id, admitted).finally(() => underWay.delete(id));
    emitStatus(batch);
    await follow({ id, batchId: batch.id, attempt, requestIds });
  }

  async function submit(id: string, requests: readonly ModelRequest[]): Promise<VendorBatch> {
    const rows = requests.map((request) => ({ ...request, id: rowIdOf(request.id) }));
    const batch = await model.submit(id, rows, giveUp).catch((error: unknown) => {
      if (!BloggerError.is(error) || MAYBE_MADE.has(error.code)) throw error; // the vendor's list tells, when it is asked for again
      journal.close(id);
      for (const request of requests) ledger.release(request.id, 'free');
      throw error;
    });
    journal.submitted(id, batch.id);
    return batch;
  }

  function reserve(request: ModelRequest): boolean {
    try {
      ledger.reserve({
        id: request.id,
        provider: model.provider,
        model: model.model,
        tier: 'batch',
        worstUsd: prices.worstUsd({ ...request, tier: 'batch' }),
      });
      emit({ type: 'call:start', key: request.id, provider: model.provider, model: model.model, tier: 'batch' });
      return true;
    } catch (error) {
      waiters.rejectAll([request.id], error);
      return false;
    }
  }

  /** One look-out for each batch, however many ask; one that failed is begun anew by who asks next. */
  function follow(shard: ShardRecord): Promise<void> {
    const following = followed.get(shard.id) ?? lookOut(shard).finally(() => followed.delete(shard.id));
    followed.set(shard.id, following);
    return following;
  }

  async function lookOut(shard: ShardRecord): Promise<void> {
    const { batchId } = shard;
    if (batchId === undefined)
      throw new BloggerError('A batch is being made that is not known yet', {
        code: 'BATCH_PENDING',
        hint: 'Run `blogger collect` later.',
      });
    for (;;) {
      const batch = await lookAt(shard, batchId, options, leaving);
      emitStatus(batch);
      if (isOver(batch)) return settle(shard, batch);
      if (!wait) return waiters.rejectAll(shard.requestIds, pending(batch));
      if (isCancelled(shard) || isTooLate()) await model.cancel(batchId, leaving);
      try {
        await clock.sleep(pollMs, leaving);
      } catch {
        return waiters.rejectAll(shard.requestIds, pending(batch)); // the run ends; the batch stays at the vendor
      }
    }
  }

  async function settle(shard: ShardRecord, batch: VendorBatch): Promise<void> {
    const missing = await settleShard(
      shard,
      { id: batch.id, isEmpty: batch.status === 'failed' },
      options,
      take,
      leaving,
    );
    await sendRest(shard, batch, missing);
  }

  function take(id: string, row: BatchRow): void {
    if (row.kind === 'answer') {
      answer(id, row.reply, false);
      return;
    }
    emit({ type: 'call:error', key: id, code: row.code, message: row.message });
    if (!row.retryable)
      waiters.rejectAll(
        [id],
        new BloggerError(row.message, { code: 'PROVIDER_REQUEST', hint: 'The vendor refused this line of the batch.' }),
      );
  }

  /** Only what has no answer is sent again; a batch that was too large goes in halves. */
  async function sendRest(shard: ShardRecord, batch: VendorBatch, ids: readonly string[]): Promise<void> {
    const rest = waiters.of(ids).map(({ request }) => request);
    if (rest.length === 0) return;
    stopping.throwIfAborted();
    if (isTooLate()) {
      await Promise.all(rest.map(askLive));
      return;
    }
    const isTooLarge = batch.error?.code === 'token_limit_exceeded';
    const isSpent = makesBatches && shard.attempt >= ATTEMPTS && !(isTooLarge && rest.length > 1);
    if (!wait || isCancelled(shard) || isSpent) {
      waiters.rejectAll(idsOf(rest), unanswered(batch));
      return;
    }
    if (!makesBatches) return begin(rest);
    if (!isTooLarge) return open(rest, shard.attempt + 1);
    const half = Math.ceil(rest.length / 2);
    await open(rest.slice(0, half), shard.attempt + 1);
    if (half < rest.length) await open(rest.slice(half), shard.attempt + 1);
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

  /** Every post of the shard that anybody waited for was cancelled, so nobody wants the batch. */
  function isCancelled({ requestIds }: ShardRecord): boolean {
    const waiting = waiters.of(requestIds);
    return waiting.length > 0 && !leaving.aborted && waiting.every(({ signal }) => signal.aborted);
  }

  function answer(id: string, reply: ModelReply, reused: boolean): void {
    const costUsd = reused ? 0 : prices.costUsd(reply);
    emit({
      type: 'call:end',
      key: id,
      tier: reply.tier,
      finishReason: reply.finishReason,
      ms: 0,
      reused,
      ...(reply.usage === undefined ? {} : { usage: reply.usage }),
      ...(costUsd === undefined ? {} : { costUsd }),
    });
    waiters.take(id)?.resolve(reply);
  }

  function emitStatus({ id, shardId, status, counts }: VendorBatch): void {
    emit({ type: 'vendor-batch:status', id, shardId, status, done: counts.done + counts.failed, total: counts.total });
  }

  return dispatch;
}

/** Flex has no room, or this model knows no flex: the full price is left. */
function isNoRoom(error: unknown): boolean {
  return BloggerError.is(error) && (error.code === 'PROVIDER_OVERLOADED' || error.code === 'PROVIDER_REQUEST');
}

function idsOf(requests: readonly ModelRequest[]): readonly string[] {
  return requests.map(({ id }) => id);
}
