/** The one reader of answers: of all vendors, live, from a stream, and from a line of a batch. */

import type { ModelReply } from '../../../core/ports.ts';
import type { Tier, Usage } from '../../../core/types.ts';
import { at, countAt, isObject, textAt } from '../client/json.ts';
import { hasReason, readErrorBody, type WireError } from '../refusal/read-refusal.ts';
import { isOfTheMinute, plainWords } from '../refusal/refusal-words.ts';
import { answerText } from './answer-text.ts';
import { finishReasonOf } from './finish-reason.ts';
import { locateAnswer } from './locate-answer.ts';
import { readUsage } from './read-usage.ts';

export interface ReplyOptions {
  readonly raw: string;
  /** The model that was asked, where the answer names none. */
  readonly model: string;
  /** The requested tier. For a batch it is `batch`, even if a row names another one. */
  readonly tier: Tier;
  /** The tier that was served, where a header says so. */
  readonly served?: string | undefined;
  /** The tier of an answer that does not say. @default 'standard', the dearer one */
  readonly unsaid?: Tier;
}

/** Tolerates what servers leave out. */
export function readReply(body: unknown, { raw, model, tier, served, unsaid = 'standard' }: ReplyOptions): ModelReply {
  const { choice, usage, model: answering } = locateAnswer(body);
  const billed = billedUsd(usage);
  const refusal = refusalOf(body, choice);
  const text = answerText(choice);
  const blocked = textAt(body, 'promptFeedback', 'blockReason');
  const problem = errorInReply(body)?.message ?? textAt(body, 'stop_details', 'explanation') ?? blocked;
  const failed = textAt(body, 'error', 'failed_generation');
  const words = [at(choice, 'finish_reason'), at(choice, 'native_finish_reason'), blocked && 'block', whyNot(failed)];
  return {
    text: refusal ?? text,
    finishReason: refusal === undefined ? finishReasonOf(words, text) : 'refusal',
    usage: plausible(readUsage(usage), text),
    ...(billed === undefined ? {} : { billedUsd: billed }),
    tier:
      tier === 'batch' ? 'batch' : servedTier(served ?? at(body, 'service_tier') ?? at(usage, 'serviceTier'), unsaid),
    model: answering ?? model,
    raw,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Groq gives the text that is no JSON, or why there is none. */
function whyNot(failed: string | undefined): string | undefined {
  return failed === undefined || failed.includes('{') || failed.length > 200 ? undefined : failed;
}

/** An error inside an answer of status 200: at the top, in the first choice, or as a body that holds neither answer nor usage but a reason. */
export function errorInReply(body: unknown): WireError | undefined {
  const { choice, usage } = locateAnswer(body);
  const hasBegun = at(body, 'interrupted') === true || answerText(choice) !== '';
  const error = [at(body, 'error'), at(body, 'choices', 0, 'error'), minimaxError(body)].find(hasReason);
  if (error !== undefined) {
    const wire = readErrorBody({ error }, NO_STATUS);
    return wire.status === NO_STATUS ? { ...wire, status: 500, isUnnamed: true, hasBegun } : { ...wire, hasBegun };
  }
  const isAnswer = choice !== undefined || at(body, 'choices') !== undefined || readUsage(usage) !== undefined;
  if (isAnswer || !hasReason(body)) return undefined;
  const wire = readErrorBody(body, 400);
  return isOfTheMinute(plainWords([wire.message])) ? { ...wire, status: 429 } : wire;
}

const NO_STATUS = 0;

/** MiniMax puts its code beside every answer; 0 is no error. */
function minimaxError(body: unknown): unknown {
  const error = at(body, 'base_resp');
  return countAt(error, 'status_code') === 0 ? undefined : error;
}

/** The text of a refusal: in its own member, or as a part of the content (Responses). */
function refusalOf(body: unknown, choice: unknown): string | undefined {
  const content = at(choice, 'message', 'content');
  const part: unknown = Array.isArray(content)
    ? content.find((one) => isObject(one) && textAt(one, 'type') === 'refusal')
    : undefined;
  return textAt(choice, 'message', 'refusal') ?? textAt(part, 'refusal') ?? textAt(body, 'refusal');
}

/** True for an answer whose counts are told, and are zero: the server says that no model ran. */
export function countsNothing(body: unknown): boolean {
  const usage = readUsage(locateAnswer(body).usage);
  return usage?.input === 0 && usage.output === 0;
}

/** Servers that do not count report zeros: no text costs nothing. */
function plausible(usage: Usage | undefined, text: string): Usage | undefined {
  if (usage === undefined || usage.input === 0 || (usage.output === 0 && text.trim() !== '')) return undefined;
  return usage;
}

/** xAI names costs in these parts of a dollar. */
const TICKS_PER_USD = 1e10;

/** What the vendor says that the call costs, in US dollars. With a key of the user's own behind a router, the router's fee and the vendor's price add up. */
function billedUsd(usage: unknown): number | undefined {
  const ticks = countAt(usage, 'cost_in_usd_ticks');
  const cost = countAt(usage, 'cost') ?? countAt(usage, 'cost', 'total_cost') ?? (ticks && ticks / TICKS_PER_USD);
  if (cost === undefined || at(usage, 'is_byok') !== true) return cost;
  return cost + (countAt(usage, 'cost_details', 'upstream_inference_cost') ?? 0);
}

/** Billed is what was served. */
function servedTier(said: unknown, unsaid: Tier): Tier {
  if (typeof said !== 'string') return unsaid;
  if (/flex/i.test(said)) return 'flex';
  return /priority|fast/i.test(said) ? 'priority' : 'standard';
}
