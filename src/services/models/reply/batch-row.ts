import type { BloggerError } from '../../../core/errors.ts';
import type { BatchRow } from '../../../core/ports.ts';
import { providerError } from '../refusal/provider-errors.ts';
import { readErrorBody } from '../refusal/read-refusal.ts';
import type { ProviderErrorContext } from '../refusal/refusal-rules.ts';
import { errorInReply, readReply } from './read-reply.ts';

/** What a line of a batch's file holds: the body of an answer, or of a failure with its status, where the line names one. */
export type BatchLine =
  | { readonly answer: unknown }
  | { readonly failure: unknown; readonly status?: number | undefined };

/** The row of a request, from its line in a batch's file. An answer that holds nothing but an error is one. */
export function batchRow(
  id: string,
  line: BatchLine,
  { model, context }: { readonly model: string; readonly context: ProviderErrorContext },
): BatchRow {
  if ('answer' in line) {
    const reply = readReply(line.answer, { raw: JSON.stringify(line.answer ?? null), model, tier: 'batch' });
    const failure = errorInReply(line.answer);
    if (reply.usage !== undefined || reply.text !== '' || failure === undefined) return { id, kind: 'answer', reply };
    return errorRow(id, providerError(failure, context));
  }
  // Lines that failed before they ran carry 0 and no reason.
  const { status = 0 } = line;
  const wire = readErrorBody(line.failure, status < 400 ? 500 : status);
  return errorRow(id, providerError(wire, context));
}

/** A row that was refused for something that the model does not take is sent again without it. */
export function learnFromRow<T>(
  row: BatchRow,
  learn: (message: string) => T | undefined,
): { readonly row: BatchRow; readonly learnt: T | undefined } {
  if (row.kind !== 'error' || row.code !== 'PROVIDER_REQUEST') return { row, learnt: undefined };
  const learnt = learn(row.message);
  return { row: learnt === undefined ? row : { ...row, retryable: true }, learnt };
}

/** Vendors bill no line that failed, so that one which broke off may be sent again. */
function errorRow(id: string, { code, message, hint, retryable }: BloggerError): BatchRow {
  return code === 'PROVIDER_UNKNOWN_OUTCOME'
    ? { id, kind: 'error', code: 'PROVIDER_OVERLOADED', message, retryable: true }
    : { id, kind: 'error', code, message, hint, retryable };
}
