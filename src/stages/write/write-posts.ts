import { BloggerError, isAbortError } from '../../core/errors.ts';
import type { LanguageModel, Ledger, ModelReply, Prompt, Writer } from '../../core/ports.ts';
import type { Brief, Draft, DraftGap, PostContent, Provenance, Tier, Usage } from '../../core/types.ts';
import { parseReply } from './answer/parse-reply.ts';
import { readAnswer } from './answer/read-answer.ts';
import type { Prices } from './calls/charged-model.ts';
import { createOutputLimit } from './calls/output-limit.ts';
import type { Purse } from './calls/purse.ts';
import type { Gatherer } from './gather-live.ts';
import { type AskedReply, type AskPart, LONG_POST_CHARS, writeLongPost } from './long-post.ts';
import { lookOf, postCost } from './post-cost.ts';
import { buildPrompt, buildRepairPrompt, type PromptOptions } from './prompt/build-prompt.ts';
import { buildLookPrompt, LOOK_ANSWER } from './prompt/look-prompt.ts';
import { PROMPT_VERSION } from './prompt/prompt-texts.ts';
import { lookId, partId, repairId, roomId } from './request-id.ts';

export interface WriterOptions {
  readonly model: Pick<LanguageModel, 'provider'>;
  /** Sends requests; billing, retries and limits are added by the caller. */
  readonly gatherer: Gatherer;
  readonly purse: Purse;
  readonly prices: Prices;
  readonly ledger: Ledger;
  readonly prompt: PromptOptions;
  readonly tier: Tier;
  /** Set for `--force`: requests the same brief again. */
  readonly salt?: string;
  /** A pending request of this brief, by its key; it is reused, whatever its salt. */
  readonly idAtVendor?: (briefKey: string) => string | undefined;
  /** Set for `--retry-failed`: requests another answer when that of an earlier run is unusable. */
  readonly retrySaltOf?: (brief: Brief) => string | undefined;
  /** Whether a request was answered before, here or by another machine. @default looked up in the ledger */
  readonly isAnswered?: (id: string) => Promise<boolean>;
  /** True for the built-in writer, whose posts are marked as quotes. */
  readonly digest: boolean;
}

/** Writes posts: holds the budget of the whole post, requests and parses its answers, and repairs invalid ones once. */
export function createWriter(options: WriterOptions): Writer {
  const { gatherer, purse, ledger, digest, tier } = options;
  const outputLimit = createOutputLimit();
  const promptOf = (brief: Brief): Prompt => {
    const prompt = buildPrompt(brief, options.prompt);
    if (isLong(brief) || ledger.spent().capUsd === undefined) return prompt;
    return { ...prompt, maxOutputTokens: outputLimit.of(prompt.maxOutputTokens) };
  };
  const idOf = ({ key }: Brief) =>
    options.idAtVendor?.(key) ?? (options.salt === undefined ? key : `${key}:${options.salt}`);
  const isLong = ({ length }: Brief) => length >= LONG_POST_CHARS && !digest;
  const isKnown = (id: string) => ledger.find(id)?.reply !== undefined;
  const isAnswered = options.isAnswered ?? (async (id: string) => isKnown(id));

  async function ask(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<AskedReply> {
    const reused = isKnown(id);
    return { reply: await gatherer.add({ id, prompt, tier, brief }, signal), reused };
  }

  /** Sends a request, and repeats it with a higher token limit when the answer was truncated. Returns the last reply. */
  async function askWhole(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<Replies> {
    const first = await ask(brief, id, prompt, signal);
    if (!isLong(brief)) outputLimit.note(buildPrompt(brief, options.prompt).maxOutputTokens, first.reply);
    if (first.reply.finishReason !== 'length' || first.reply.isLargest === true) return [first];
    try {
      return [first, await ask(brief, roomId(id), withMoreRoom(prompt, first.reply), signal)];
    } catch (error) {
      if (endsPost(error)) throw error;
      return [first]; // parsed as truncated
    }
  }

  function provenanceOf({ reply, reused }: AskedReply, repairs: number): Provenance {
    return {
      provider: options.model.provider,
      model: reply.model,
      promptVersion: options.prompt.version ?? PROMPT_VERSION,
      tier: reply.tier,
      usage: reply.usage ?? NO_USAGE,
      costUsd: options.prices.costUsd(reply),
      reused,
      repairs,
    };
  }

  const provenanceOfAll = (replies: Replies, repairs: number): Provenance => {
    const [first, ...rest] = replies;
    return rest.reduce((sum, one) => joined(sum, provenanceOf(one, repairs)), provenanceOf(first, repairs));
  };

  async function repairOnce(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<Answer> {
    const replies = await askWhole(brief, id, prompt, signal);
    return { content: parseReply(lastOf(replies)), provenance: provenanceOfAll(replies, 1) };
  }

  const repairPromptOf = (brief: Brief, answer: string, problems: readonly string[]) =>
    buildRepairPrompt(promptOf(brief), answer, problems, options.prompt);

  /** Parses the answer of this id; with `--retry-failed`, requests another one when an earlier run's answer is unusable. */
  async function usableOf<T>(brief: Brief, id: string, make: (id: string) => Promise<T>): Promise<T> {
    const retrySalt = options.retrySaltOf?.(brief);
    const isSecondTry = retrySalt !== undefined && (await isAnswered(id));
    try {
      return await make(id);
    } catch (error) {
      if (!isSecondTry || !isUnusable(error)) throw error;
      return await make(`${id}:${retrySalt}`);
    }
  }

  async function writeShort(brief: Brief, id: string, signal: AbortSignal): Promise<Draft> {
    const replies = await askWhole(brief, id, promptOf(brief), signal);
    const reply = lastOf(replies);
    const provenance = provenanceOfAll(replies, 0);
    try {
      return { brief, digest, content: parseReply(reply), provenance };
    } catch (error) {
      if (!isWrongShape(error)) throw error;
      const prompt = repairPromptOf(brief, reply.text, [error.message]);
      const repaired = await repairOnce(brief, repairId(id, prompt), prompt, signal);
      return { brief, digest, content: repaired.content, provenance: joined(provenance, repaired.provenance) };
    }
  }

  async function writeLong(brief: Brief, signal: AbortSignal): Promise<Draft> {
    const askPart: AskPart = (part, prompt, read) =>
      usableOf(brief, partId(idOf(brief), part), async (id) => {
        const replies = await askWhole(brief, id, prompt, signal);
        return { replies, answer: read(lastOf(replies)) };
      });
    const { content, replies, gap } = await writeLongPost(brief, promptOf(brief), askPart, {
      atOnce: tier === 'batch',
      isFinal: endsPost,
      gapOf,
    });
    const provenance = provenanceOfAll(replies as Replies, 0); // the outline is always there
    return { brief, digest, content, provenance, ...(gap === undefined ? {} : { gap }) };
  }

  const costOf = (brief: Brief) =>
    postCost(brief, promptOf(brief), {
      prices: options.prices,
      tier,
      isLong: isLong(brief),
      ...lookOf(brief, options.prompt),
      isPaid: (part) => isKnown(part === undefined ? idOf(brief) : `${idOf(brief)}:${part}`),
    });

  return {
    async write(brief, signal): Promise<Draft> {
      gatherer.begin(brief.key);
      const opening = digest ? undefined : purse.open(brief.key, costOf(brief), signal);
      if (opening !== undefined) await opening;
      if (isLong(brief)) return writeLong(brief, signal);
      return usableOf(brief, idOf(brief), (id) => writeShort(brief, id, signal));
    },
    flush: () => gatherer.flush(),
    async repair(draft, problems, signal) {
      const { brief } = draft;
      const prompt = repairPromptOf(brief, JSON.stringify(draft.content), problems);
      const repaired = await usableOf(brief, repairId(idOf(brief), prompt), (id) =>
        repairOnce(brief, id, prompt, signal),
      );
      const { look: _, ...old } = draft; // of the content before
      return { ...old, content: repaired.content, provenance: joined(draft.provenance, repaired.provenance) };
    },
    async look(draft, statements, signal) {
      const { brief } = draft;
      const prompt = buildLookPrompt(brief, statements, options.prompt);
      return usableOf(brief, lookId(idOf(brief), prompt), async (id) => {
        const replies = await askWhole(brief, id, prompt, signal);
        const look = readAnswer(lastOf(replies), LOOK_ANSWER);
        return { ...draft, look, provenance: joined(provenanceOfAll(replies, 0), draft.provenance) };
      });
    },
    end({ key }, { isPending = false } = {}) {
      purse.close(key, { keep: isPending });
      gatherer.end(key);
    },
  };
}

interface Answer {
  readonly content: PostContent;
  readonly provenance: Provenance;
}

type Replies = readonly [AskedReply, ...AskedReply[]];

function lastOf([first, ...rest]: Replies): ModelReply {
  return (rest.at(-1) ?? first).reply;
}

/** An answer that used its whole limit for reasoning gives no estimate of the tokens it needs. */
function withMoreRoom(prompt: Prompt, { text }: ModelReply): Prompt {
  return { ...prompt, maxOutputTokens: prompt.maxOutputTokens * (text.trim() === '' ? 4 : 2) };
}

/** True when the post cannot continue now: it was cancelled, or its answers are still at the vendor. */
function endsPost(error: unknown): boolean {
  return (
    isAbortError(error) || !BloggerError.is(error) || error.code === 'BATCH_PENDING' || error.code === 'JOB_CANCELLED'
  );
}

function gapOf(error: unknown): DraftGap {
  if (BloggerError.is(error)) return { code: error.code, message: error.message };
  return { code: 'BUG', message: String(error) };
}

const NO_USAGE: Usage = { input: 0, cachedInput: 0, output: 0 };

function isWrongShape(error: unknown): error is BloggerError {
  return BloggerError.is(error) && error.code === 'REPLY_INVALID';
}

function isUnusable(error: unknown): boolean {
  return (
    BloggerError.is(error) &&
    (error.code === 'REPLY_INVALID' || error.code === 'REPLY_TRUNCATED' || error.code === 'REPLY_REFUSED')
  );
}

/** The cost of a post with two answers is the sum of both. */
function joined(first: Provenance, second: Provenance): Provenance {
  return {
    ...second,
    usage: {
      input: first.usage.input + second.usage.input,
      cachedInput: first.usage.cachedInput + second.usage.cachedInput,
      output: first.usage.output + second.usage.output,
    },
    costUsd: first.costUsd === undefined || second.costUsd === undefined ? undefined : first.costUsd + second.costUsd,
  };
}
