/** Batches and their rows as they stand on OpenAI's wire. */

import type OpenAI from 'openai';
import type { VendorBatch, VendorBatchStatus } from '../../../core/ports.ts';
import { batchFailure } from '../client/batch-failure.ts';
import { at, countAt, parseJson, textAt } from '../client/json.ts';
import { redactSecrets } from '../redact.ts';
import { hasReason } from '../refusal/read-refusal.ts';
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
  const status = STATUSES[batch.status.toLowerCase()] ?? statusByTimes(batch); // some servers write it in capitals
  return {
    id: batch.id,
    shardId: batch.metadata?.['shard'] ?? '',
    status: status ?? 'running',
    ...(status === undefined ? { word: batch.status } : {}),
    createdAt: timeOf(batch.created_at),
    counts: {
      total: batch.request_counts?.total ?? 0,
      done: batch.request_counts?.completed ?? 0,
      failed: batch.request_counts?.failed ?? 0,
    },
    ...failureOf(batch),
  };
}

/** Compatible servers write times as texts. */
function timeOf(time: unknown): number {
  return typeof time === 'number' ? time * 1000 : Date.parse(String(time)) || 0;
}

/** The first reason for which a batch did not run; compatible servers give a text. */
function failureOf(batch: OpenAI.Batch): Pick<VendorBatch, 'error'> {
  const told = at(batch, 'errors', 'data', 0) ?? at(batch, 'errors') ?? at(batch, 'error');
  if (!hasReason(told)) return {};
  const message = typeof told === 'string' ? told : (textAt(told, 'message') ?? 'the batch failed');
  const isOfLine = countAt(told, 'line') !== undefined;
  return { error: batchFailure(textAt(told, 'code') ?? '', redactSecrets(message), { isOfLine }) };
}

/** A word that is not known yet, by the times at which a batch ends. */
function statusByTimes(batch: OpenAI.Batch): VendorBatchStatus | undefined {
  if (isTime(batch.completed_at)) return 'completed';
  if (isTime(batch.failed_at)) return 'failed';
  if (isTime(batch.expired_at)) return 'expired';
  return isTime(batch.cancelled_at) ? 'cancelled' : undefined;
}

function isTime(value: unknown): boolean {
  return timeOf(value) > 0;
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
