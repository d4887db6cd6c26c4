/** Batches and their rows as they stand on Gemini's wire. */

import type { VendorBatch, VendorBatchStatus } from '../../../core/ports.ts';
import { batchFailure } from '../client/batch-failure.ts';
import { at, countAt, isObject, textAt } from '../client/json.ts';
import { redactSecrets } from '../redact.ts';
import type { BatchLine } from '../reply/batch-row.ts';

const STATUSES: Readonly<Record<string, VendorBatchStatus>> = {
  PENDING: 'pending',
  QUEUED: 'pending',
  RUNNING: 'running',
  UPDATING: 'running',
  PAUSED: 'running',
  CANCELLING: 'running',
  SUCCEEDED: 'completed',
  PARTIALLY_SUCCEEDED: 'completed',
  FAILED: 'failed',
  EXPIRED: 'expired',
  CANCELLED: 'cancelled',
};

export function toBatch(operation: unknown): VendorBatch {
  const metadata = at(operation, 'metadata');
  const stats = at(metadata, 'batchStats');
  const word = (textAt(metadata, 'state') ?? '').replace(/^(?:BATCH|JOB)_STATE_/, '');
  const message = textAt(operation, 'error', 'message');
  const status = statusOf(word, operation);
  return {
    id: textAt(operation, 'name') ?? '',
    shardId: textAt(metadata, 'displayName') ?? '',
    status: status ?? 'running',
    ...(status === undefined && word !== '' ? { word } : {}),
    createdAt: Date.parse(textAt(metadata, 'createTime') ?? '') || 0,
    counts: {
      total: countAt(stats, 'requestCount') ?? 0,
      done: handsOver(status, operation) ? (countAt(stats, 'successfulRequestCount') ?? 0) : 0,
      failed: countAt(stats, 'failedRequestCount') ?? 0,
    },
    ...(message === undefined
      ? {}
      : {
          error: batchFailure(
            countAt(operation, 'error', 'code') === RESOURCE_EXHAUSTED ? 'RESOURCE_EXHAUSTED' : '',
            redactSecrets(message),
          ),
        }),
  };
}

/** A batch that was cancelled or expired gives none of its answers, unless it names a file of them. */
function handsOver(status: VendorBatchStatus | undefined, operation: unknown): boolean {
  return (status !== 'cancelled' && status !== 'expired') || responsesFile(operation) !== undefined;
}

/** The file of a batch's rows, which a batch that gives none does not name. */
export function responsesFile(operation: unknown): string | undefined {
  return textAt(operation, 'metadata', 'output', 'responsesFile') ?? textAt(operation, 'response', 'responsesFile');
}

/** The rows of a batch that stand in its description, as those of small batches do. */
export function inlinedLines(operation: unknown): readonly unknown[] {
  const places = [at(operation, 'metadata', 'output'), at(operation, 'response')];
  const lists = places.map((place) => at(place, 'inlinedResponses', 'inlinedResponses'));
  return lists.find((list): list is unknown[] => Array.isArray(list)) ?? [];
}

/** Of google.rpc's codes. */
const RESOURCE_EXHAUSTED = 8;

/** `done` or an end time says that a batch is over, whatever word stands beside it. */
function statusOf(word: string, operation: unknown): VendorBatchStatus | undefined {
  const known = STATUSES[word];
  const isDone = at(operation, 'done') === true || textAt(operation, 'metadata', 'endTime') !== undefined;
  if (!isDone || (known !== undefined && known !== 'pending' && known !== 'running')) return known;
  return at(operation, 'error') === undefined ? 'completed' : 'failed';
}

export function idOfLine(line: unknown): string {
  return textAt(line, 'key') ?? textAt(line, 'metadata', 'key') ?? '';
}

/** A row that failed has an error, or an empty answer beside its status. */
export function contentOfLine(line: unknown): BatchLine {
  const response = at(line, 'response');
  if (isObject(response) && Object.keys(response).length > 0) return { answer: response };
  return { failure: at(line, 'error') === undefined ? { error: at(line, 'status') ?? line } : line };
}
