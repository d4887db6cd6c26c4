import type { FinishReason, ModelReply } from '../../../core/ports.ts';
import type { Tier, Usage } from '../../../core/types.ts';
import { at, countAt, isObject, textAt } from '../json.ts';
import type { WireError } from '../provider-errors.ts';

/** Reads an answer of generateContent, live or from a line of a batch. */
export function readGeminiReply(
  body: unknown,
  { raw, model, tier }: { readonly raw: string; readonly model: string; readonly tier: Tier },
): ModelReply {
  const candidate = at(body, 'candidates', 0);
  const parts = at(candidate, 'content', 'parts');
  const texts = Array.isArray(parts)
    ? parts.filter((part) => at(part, 'thought') !== true).map((part) => textAt(part, 'text') ?? '')
    : [];
  return {
    text: texts.join(''),
    finishReason: finishReason(body, candidate),
    usage: readUsage(at(body, 'usageMetadata')),
    tier,
    model: textAt(body, 'modelVersion') ?? model,
    raw,
  };
}

const FINISH = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'safety',
  BLOCKLIST: 'safety',
  PROHIBITED_CONTENT: 'safety',
  SPII: 'safety',
  IMAGE_SAFETY: 'safety',
  RECITATION: 'recitation',
} as const satisfies Record<string, FinishReason>;

function finishReason(body: unknown, candidate: unknown): FinishReason {
  if (candidate === undefined) return textAt(body, 'promptFeedback', 'blockReason') === undefined ? 'other' : 'blocked';
  const reason = textAt(candidate, 'finishReason');
  if (reason === undefined) return 'other';
  return reason in FINISH ? FINISH[reason as keyof typeof FINISH] : 'other';
}

/** Thoughts are billed as output but are not among the candidates' tokens. */
function readUsage(usage: unknown): Usage | undefined {
  const input = countAt(usage, 'promptTokenCount');
  if (input === undefined) return undefined;
  return {
    input,
    cachedInput: Math.min(input, countAt(usage, 'cachedContentTokenCount') ?? 0),
    output: (countAt(usage, 'candidatesTokenCount') ?? 0) + (countAt(usage, 'thoughtsTokenCount') ?? 0),
  };
}

/** Google's error body: `{error: {code, message, status, details}}`, with RetryInfo and QuotaFailure among the details. */
export function readGeminiError(body: unknown, status: number): WireError {
  const error = isObject(at(body, 'error')) ? at(body, 'error') : body;
  const details = at(error, 'details');
  const list: readonly unknown[] = Array.isArray(details) ? details : [];
  const delays = list.map((detail) => secondsOf(textAt(detail, 'retryDelay'))).filter((ms) => ms !== undefined);
  const violations = list.flatMap((detail) => at(detail, 'violations') ?? []);
  const reason = list.map((detail) => textAt(detail, 'reason')).find((one) => one !== undefined);
  return {
    status: httpStatus(countAt(error, 'code')) ?? status,
    message: textAt(error, 'message') ?? 'no message',
    type: reason,
    code: textAt(error, 'status'),
    retryAfterMs: delays[0],
    quotaIds: violations.map((violation) => textAt(violation, 'quotaId') ?? ''),
  };
}

/** What google.rpc's codes are in HTTP, after google/rpc/code.proto. */
const HTTP_STATUSES: readonly number[] = [
  200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401,
];

/** Live errors carry HTTP's codes, lines of a batch those of google.rpc; the two do not overlap. */
function httpStatus(code: number | undefined): number | undefined {
  return code === undefined ? undefined : (HTTP_STATUSES[code] ?? code);
}

/** Milliseconds of `34.4s`. */
function secondsOf(duration: string | undefined): number | undefined {
  const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(duration ?? '')?.[1] ?? Number.NaN);
  return Number.isNaN(seconds) ? undefined : Math.ceil(seconds * 1000);
}
