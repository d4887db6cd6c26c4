/** Answers requests through a vendor's batches: journalled before they are made, joined by id, collected once, adopted after a restart. */

import { BloggerError } from '../../core/errors.ts';
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
} from '../../core/ports.ts';
import { hashText } from '../../util/stable-hash.ts';
import type { Batch } from './batch-processor.ts';
import type { Prices } from './charged-model.ts';
import { adoptLost, rowIdOf, settleShard } from './settle-shard.ts';

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
  /** From this time on, what the vendor has not answered is taken back and asked for live: flex first, then standard. */
  readonly escalation?: { readonly at: number; readonly live: LanguageModel };
  /** Fires when the run takes no new work: batches stay at the vendor and are collected later. */
  readonly stopping: AbortSignal;
}

interface Waiter {
  readonly request: ModelRequest;
  readonly signal: AbortSignal;
  resolve(reply: ModelReply): void;
  reject(error: unknown): void;
}

/** Errors after which a batch may have been made all the same: a broken connection, and what stands between us and the vendor. */
const MAYBE_MADE: ReadonlySet<string> = new Set(['PROVIDER_UNKNOWN_OUTCOME', 'PROVIDER_OVERLOADED']);

/** Times a request is sent, the first one included; what is still without an answer then fails. */
const ATTEMPTS = 3;

/** Returns the dispatch of a `BatchProcessor`: one promise for each of its items. */
export function createVendorBatches(options: VendorBatchesOptions): (batch: Batch<ModelRequest>) => readonly Promise<ModelReply>[] {
  const { model, journal, ledger, prices, clock, emit, runId, pollMs, wait, stopping } = options;
  const waiters = new Map<string, Waiter>();
  const followed = new Map<string, Promise<void>>();
  let adopting: Promise<void> | undefined;

  function dispatch({ items }: Batch<ModelRequest>): readonly Promise<ModelReply>[] {
    const answers = items.map(
      ({ value, signal }) => new Promise<ModelReply>((resolve, reject) => waiters.set(rowIdOf(value.id), { request: value, signal, resolve, reject })),
    );
    const requests = items.map(({ value }) => value);
    send(requests).catch((error: unknown) =>
      rejectAll(
        requests.map(({ id }) => rowIdOf(id)),
        error,
      ),
    );
    return answers;
  }

  async function send(requests: readonly ModelRequest[]): Promise<void> {
    adopting ??= adoptLost(options, stopping);
    await adopting;
    const fresh: ModelRequest[] = [];
    const shards = new Map<string, ShardRecord>();
    for (const request of requests) {
      const known = ledger.find(request.id)?.reply;
      const shard = journal.shardOf(request.id);
      if (known !== undefined) answer(request.id, known, true);
      else if (shard === undefined) fresh.push(request);
      else shards.set(shard.id, shard);
    }
    const following = [...shards.values()].map((shard) => follow(shard));
    if (fresh.length > 0) following.push(open(fresh, 1));
    await Promise.all(following);
  }

  async function open(requests: readonly ModelRequest[], attempt: number): Promise<void> {
    const admitted = requests.filter(reserve);
    if (admitted.length === 0) return;
    const requestIds = admitted.map(({ id }) => id);
    const id = `${runId.slice(0, 8)}-${hashText(requestIds.join('\n')).slice(0, 20)}-${attempt}`;
    journal.intend(id, attempt, requestIds);
    try {
      const batch = await model.submit(
        id,
        admitted.map((request) => ({ ...request, id: rowIdOf(request.id) })),
        stopping,
      );
      journal.submitted(id, batch.id);
      emitStatus(batch);
      await follow({ id, batchId: batch.id, attempt, requestIds });
    } catch (error) {
      if (!BloggerError.is(error) || MAYBE_MADE.has(error.code)) throw error; // the next run looks at the vendor's list
      if (journal.shardOf(requestIds[0] ?? '')?.batchId === undefined) {
        journal.close(id);
        for (const requestId of requestIds) ledger.release(requestId, 'free');
      }
      throw error;
    }
  }

  function reserve(request: ModelRequest): boolean {
    try {
      ledger.reserve({ id: request.id, provider: model.provider, model: model.model, tier: 'batch', worstUsd: prices.worstUsd({ ...request, tier: 'batch' }) });
      emit({ type: 'call:start', key: request.id, provider: model.provider, model: model.model, tier: 'batch' });
      return true;
    } catch (error) {
      rejectAll([rowIdOf(request.id)], error);
      return false;
    }
  }

  /** One look-out for each batch, however many ask. */
  function follow(shard: ShardRecord): Promise<void> {
    const following = followed.get(shard.id) ?? lookOut(shard);
    followed.set(shard.id, following);
    return following;
  }

  async function lookOut(shard: ShardRecord): Promise<void> {
    const batchId = shard.batchId;
    if (batchId === undefined) return;
    for (;;) {
      const batch = await model.poll(batchId, stopping);
      emitStatus(batch);
      if (isOver(batch)) return settle(shard, batch);
      if (!wait) return rejectAll(shard.requestIds.map(rowIdOf), pending(batch));
      if (isCancelled(shard) || isTooLate()) await model.cancel(batchId, stopping);
      try {
        await clock.sleep(pollMs, stopping);
      } catch {
        return rejectAll(shard.requestIds.map(rowIdOf), pending(batch)); // the run stops; the batch stays at the vendor
      }
    }
  }

  async function settle(shard: ShardRecord, batch: VendorBatch): Promise<void> {
    const missing = await settleShard(shard, { id: batch.id, isEmpty: batch.status === 'failed' }, options, take, stopping);
    await sendRest(shard, batch, missing);
  }

  function take(id: string, row: BatchRow): void {
    if (row.kind === 'answer') {
      answer(id, row.reply, false);
      return;
    }
    emit({ type: 'call:error', key: id, code: row.code, message: row.message });
    if (!row.retryable)
      rejectAll([rowIdOf(id)], new BloggerError(row.message, { code: 'PROVIDER_REQUEST', hint: 'The vendor refused this line of the batch.' }));
  }

  /** Only what has no answer is sent again; a batch that was too large goes in halves. */
  async function sendRest(shard: ShardRecord, batch: VendorBatch, ids: readonly string[]): Promise<void> {
    const rest = ids.flatMap((id) => waiters.get(rowIdOf(id))?.request ?? []);
    if (rest.length === 0) return;
    if (isTooLate()) {
      await Promise.all(rest.map(askLive));
      return;
    }
    const isTooLarge = batch.error?.code === 'token_limit_exceeded';
    if (!wait || isCancelled(shard) || (shard.attempt >= ATTEMPTS && !(isTooLarge && rest.length > 1))) {
      rejectAll(
        rest.map(({ id }) => rowIdOf(id)),
        unanswered(batch),
      );
      return;
    }
    if (!isTooLarge) return open(rest, shard.attempt + 1);
    const half = Math.ceil(rest.length / 2);
    await open(rest.slice(0, half), shard.attempt + 1);
    if (half < rest.length) await open(rest.slice(half), shard.attempt + 1);
  }

  function isTooLate(): boolean {
    return options.escalation !== undefined && clock.now() >= options.escalation.at;
  }

  async function askLive(request: ModelRequest): Promise<void> {
    const waiter = waiters.get(rowIdOf(request.id));
    const live = options.escalation?.live;
    if (waiter === undefined || live === undefined) return;
    waiters.delete(rowIdOf(request.id));
    const ask = (tier: 'flex' | 'standard') => live.answer({ ...request, tier }, waiter.signal);
    try {
      waiter.resolve(await ask('flex').catch((error: unknown) => (isNoRoom(error) ? ask('standard') : Promise.reject(error as Error))));
    } catch (error) {
      waiter.reject(error);
    }
  }

  /** Every post of the shard that anybody waited for was cancelled, so nobody wants the batch. */
  function isCancelled({ requestIds }: ShardRecord): boolean {
    const waiting = requestIds.flatMap((id) => waiters.get(rowIdOf(id)) ?? []);
    return waiting.length > 0 && !stopping.aborted && waiting.every(({ signal }) => signal.aborted);
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
    waiters.get(rowIdOf(id))?.resolve(reply);
    waiters.delete(rowIdOf(id));
  }

  function rejectAll(rowIds: readonly string[], error: unknown): void {
    for (const rowId of rowIds) {
      waiters.get(rowId)?.reject(error);
      waiters.delete(rowId);
    }
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

export function isOver({ status }: VendorBatch): boolean {
  return status === 'completed' || status === 'failed' || status === 'expired' || status === 'cancelled';
}

function pending({ id, counts }: VendorBatch): BloggerError {
  return new BloggerError(`The vendor's batch ${id} is not finished (${counts.done} of ${counts.total} done)`, {
    code: 'BATCH_PENDING',
    hint: 'Run `blogger collect` or the same command later; nothing is paid twice.',
  });
}

function unanswered({ id, status, error }: VendorBatch): BloggerError {
  return new BloggerError(`The vendor's batch ${id} ended (${status}) without an answer to this post${error === undefined ? '' : `: ${error.message}`}`, {
    code: 'PROVIDER_OVERLOADED',
    hint: 'Run the same command again; only what is missing is sent.',
  });
}
