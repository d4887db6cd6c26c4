import type { BloggerError } from '../../../core/errors.ts';
import type { BatchRow } from '../../../core/ports.ts';
import { providerError } from '../refusal/provider-errors.ts';
import { readErrorBody, type WireError } from '../refusal/read-refusal.ts';
import type { ProviderErrorContext } from '../refusal/refusal-case.ts';
import { errorInReply, readReply } from './read-reply.ts';

/** What a line of a batch's file holds: the body of an answer, or of a failure with its status, where the line names one. */
export type BatchLine =
  | { readonly answer: unknown }
  | { readonly failure: unknown; readonly status?: number | undefined };

export interface BatchRowOptions {
  readonly model: string;
  readonly context: ProviderErrorContext;
  /** True where a refusal says what to leave out: the row is sent again without it. */
  readonly teaches?: (error: BloggerError) => boolean;
}

/** The row of a request, from its line in a batch's file. An answer that holds nothing but an error is one. */
export function batchRow(
  id: string,
  line: BatchLine,
  { model, context, teaches = () => false }: BatchRowOptions,
): BatchRow {
  const rowOf = (wire: WireError) => {
    const error = providerError(wire, context);
    return errorRow(id, error, teaches(error));
  };
  if ('answer' in line) {
    const reply = readReply(line.answer, { raw: JSON.stringify(line.answer ?? null), model, tier: 'batch' });
    const failure = errorInReply(line.answer);
    if (reply.usage !== undefined || reply.text !== '' || failure === undefined) return { id, kind: 'answer', reply };
    return rowOf(failure);
  }
  // Lines that failed before they ran carry 0 and no reason.
  const { status = 0 } = line;
  return rowOf(readErrorBody(line.failure, status < 400 ? 500 : status));
}

/** Vendors bill no line that failed, so that one which broke off may be sent again. */
function errorRow(id: string, { code, message, hint, retryable }: BloggerError, isTaught: boolean): BatchRow {
  return code === 'PROVIDER_UNKNOWN_OUTCOME'
    ? { id, kind: 'error', code: 'PROVIDER_OVERLOADED', message, retryable: true }
    : { id, kind: 'error', code, message, hint, retryable: retryable || isTaught };
}
