/** Batches and their rows as they stand on OpenAI's wire. */

import type OpenAI from 'openai';
import type { VendorBatch, VendorBatchStatus } from '../../../core/ports.ts';
import { batchFailure } from '../client/batch-failure.ts';
import { at, countAt, parseJson, textAt } from '../client/json.ts';
import { redactSecrets } from '../redact.ts';
import type { BatchLine } from '../reply/batch-row.ts';

const STATUSES: Readonly<Record<string, VendorBatchStatus>> = {
  validating: 'pending',
  in_progress: 'running',
  finalizing: 'running',
  cancelling: 'running',
  completed: 'completed',
  failed: 'failed',
  expired: 'expired',
  cancelled: 'cancelled',
};

export function toBatch(batch: OpenAI.Batch): VendorBatch {
  const [error] = batch.errors?.data ?? [];
  const status = STATUSES[batch.status.toLowerCase()] ?? statusByTimes(batch); // some servers write it in capitals
  return {
    id: batch.id,
    shardId: batch.metadata?.['shard'] ?? '',
    status: status ?? 'running',
    ...(status === undefined ? { word: batch.status } : {}),
    createdAt: batch.created_at * 1000,
    counts: {
      total: batch.request_counts?.total ?? 0,
      done: batch.request_counts?.completed ?? 0,
      failed: batch.request_counts?.failed ?? 0,
    },
    ...(error === undefined
      ? {}
      : { error: batchFailure(error.code ?? '', redactSecrets(error.message ?? 'the batch failed')) }),
  };
}

/** A word that is not known yet, by the times at which a batch ends. */
function statusByTimes(batch: OpenAI.Batch): VendorBatchStatus | undefined {
  if (isTime(batch.completed_at)) return 'completed';
  if (isTime(batch.failed_at)) return 'failed';
  if (isTime(batch.expired_at)) return 'expired';
  return isTime(batch.cancelled_at) ? 'cancelled' : undefined;
}

function isTime(value: number | null | undefined): boolean {
  return typeof value === 'number' && value > 0;
}

/** The files of a batch that hold rows. A clean batch names its absent error file by null, and sometimes by an empty text. */
export function filesOf({ output_file_id, error_file_id }: OpenAI.Batch): {
  readonly output: string | undefined;
  readonly errors: string | undefined;
} {
  return { output: output_file_id || undefined, errors: error_file_id || undefined };
}

export function idOfLine(line: unknown): string {
  return textAt(line, 'custom_id') ?? '';
}

export function contentOfLine(line: unknown): BatchLine {
  const status = countAt(line, 'response', 'status_code');
  const given = at(line, 'response', 'body');
  const body = typeof given === 'string' ? (parseJson(given) ?? given) : given;
  return status === 200 ? { answer: body } : { failure: body ?? line, status };
}
