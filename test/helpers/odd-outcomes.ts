/** What an odd answer of a vendor means for money, for the run, and for the reader. */

import { billOf } from '../../src/core/bill.ts';
import { BloggerError } from '../../src/core/errors.ts';
import type { LanguageModel } from '../../src/core/ports.ts';
import { stopsRun } from '../../src/run/run.ts';
import { createAnthropicModel } from '../../src/services/models/anthropic/anthropic.ts';
import { estimateTokens } from '../../src/services/models/client/count-tokens.ts';
import { createGeminiModel } from '../../src/services/models/gemini/gemini.ts';
import { createOpenAiModel } from '../../src/services/models/openai/openai.ts';
import { markCut } from '../../src/stages/write/answer/cut-answer.ts';
import { parseReply } from '../../src/stages/write/answer/parse-reply.ts';
import { buildPrompt } from '../../src/stages/write/prompt/build-prompt.ts';
import { makeBrief, POST } from './make-brief.ts';
import { type OddAnswer, startOddServer } from './odd-server.ts';

export const NOW = Date.parse('2026-02-05T12:00:00Z');
export const clock = {
  now: () => NOW,
  monotonic: () => 0,
  sleep: () => Promise.resolve(),
};

export type Vendor = 'openai' | 'gemini' | 'anthropic';
const MODELS: Record<Vendor, (url: string) => LanguageModel> = {
  openai: (url) => createOpenAiModel({ model: 'gpt-6-luna', apiKey: 'k', baseUrl: `${url}/v1`, clock }),
  gemini: (url) => createGeminiModel({ model: 'gemini-2.5-flash-lite', apiKey: 'k', baseUrl: url, clock }),
  anthropic: (url) =>
    createAnthropicModel({ model: 'claude-haiku-4-5', apiKey: 'k', baseUrl: url, clock } as Parameters<
      typeof createAnthropicModel
    >[0]),
};

export interface Outcome {
  readonly money: 'free' | 'paid' | 'unknown';
  /** The post is there; the call is made again; a second answer is asked for; the page fails; the run ends. */
  readonly next: 'post' | 'again' | 'more room' | 'repair' | 'page fails' | 'run ends';
  readonly says: string;
  readonly waitMs?: number | undefined;
  readonly usage?: unknown;
}

/** A server that gives odd answers to real clients. */
export async function openOutcomes() {
  const server = await startOddServer();
  return {
    close: () => server.close(),
    outcomeOf(vendor: Vendor, answer: OddAnswer): Promise<Outcome> {
      server.answer(answer);
      return outcomeOf(MODELS[vendor](server.url));
    },
  };
}

async function outcomeOf(model: LanguageModel): Promise<Outcome> {
  const brief = makeBrief();
  const prompt = buildPrompt(brief, { templateText: 'Form', reasoningTokens: 0, estimateTokens });
  try {
    const reply = await model.answer({ id: 'call', brief, tier: 'standard', prompt }, new AbortController().signal);
    const money = reply.usage === undefined ? 'unknown' : 'paid';
    try {
      parseReply(markCut(reply, prompt));
      return { money, next: 'post', says: '', usage: reply.usage };
    } catch (error) {
      const { code, message } = error as BloggerError;
      const next =
        code === 'REPLY_TRUNCATED' ? 'more room' : code === 'REPLY_REFUSED' ? 'page fails' : ('repair' as const);
      return { money, next, says: message, usage: reply.usage };
    }
  } catch (error) {
    if (!BloggerError.is(error)) throw error;
    const next = error.retryable ? 'again' : stopsRun(error) ? 'run ends' : 'page fails';
    return { money: billOf(error), next, says: `${error.message} ${error.hint ?? ''}`, waitMs: error.retryAfterMs };
  }
}

export const TEXT = JSON.stringify(POST);
export const usage = { prompt_tokens: 900, completion_tokens: 200, total_tokens: 1100 };
export const chat = (message: object, more: object = {}, finish: unknown = 'stop') => ({
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
  usage,
  ...more,
});
export const chunk = (delta: object, more: object = {}) => ({ model: 'm', choices: [{ index: 0, delta, ...more }] });
export const sse = (...events: readonly unknown[]) => ({
  headers: { 'content-type': 'text/event-stream' },
  body: events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''),
});
export const said = (message: string, more: object = {}) => ({ error: { message, ...more } });

export type Row = readonly [who: string, vendor: Vendor, answer: OddAnswer, expected: Partial<Outcome>];
