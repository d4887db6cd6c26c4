import { BloggerError } from '../../core/errors.ts';
import type { LanguageModel, Ledger, Prompt, Writer } from '../../core/ports.ts';
import type { Brief, Draft, DraftGap, PostContent, Provenance, Tier } from '../../core/types.ts';
import { parseReply } from './answer/parse-reply.ts';
import { readAnswer } from './answer/read-answer.ts';
import { createAsker, endsPost } from './ask-whole.ts';
import type { Prices } from './calls/charged-model.ts';
import { createOutputLimit } from './calls/output-limit.ts';
import type { PostBudgets } from './calls/post-budgets.ts';
import type { Gatherer } from './gather-live.ts';
import { type AskPart, LONG_POST_CHARS, writeLongPost } from './long-post.ts';
import { lookOf, postCost } from './post-cost.ts';
import { buildPrompt, buildRepairPrompt, type PromptOptions } from './prompt/build-prompt.ts';
import { buildLookPrompt, LOOK_ANSWER } from './prompt/look-prompt.ts';
import { PROMPT_VERSION } from './prompt/prompt-texts.ts';
import { joined, lastOf, provenanceOf, type Replies } from './provenance.ts';
import { lookId, partId, repairId } from './request-id.ts';

export interface WriterOptions {
  readonly model: Pick<LanguageModel, 'provider'>;
  /** Sends requests; billing, retries and limits are added by the caller. */
  readonly gatherer: Gatherer;
  readonly budgets: PostBudgets;
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
  const { gatherer, budgets, digest } = options;
  const drafting = createDrafting(options);
  const { asker, idOf, promptOf, isLong } = drafting;

  const costOf = (brief: Brief) =>
    postCost(brief, promptOf(brief), {
      prices: options.prices,
      tier: options.tier,
      isLong: isLong(brief),
      ...lookOf(brief, options.prompt),
      isPaid: (part) => asker.isKnown(part === undefined ? idOf(brief) : `${idOf(brief)}:${part}`),
    });

  return {
    async write(brief, signal): Promise<Draft> {
      gatherer.begin(brief.key);
      const opening = digest ? undefined : budgets.open(brief.key, costOf(brief), signal);
      if (opening !== undefined) await opening;
      if (isLong(brief)) return drafting.long(brief, signal);
      return asker.usable(brief, idOf(brief), (id) => drafting.short(brief, id, signal));
    },
    flush: () => gatherer.flush(),
    async repair(draft, problems, signal) {
      const { brief } = draft;
      const prompt = drafting.repairPromptOf(brief, JSON.stringify(draft.content), problems);
      const repaired = await asker.usable(brief, repairId(idOf(brief), prompt), (id) =>
        drafting.repairOnce(brief, id, prompt, signal),
      );
      const { look: _, ...old } = draft; // of the content before
      return { ...old, content: repaired.content, provenance: joined(draft.provenance, repaired.provenance) };
    },
    async look(draft, statements, signal) {
      const { brief } = draft;
      const prompt = buildLookPrompt(brief, statements, options.prompt);
      return asker.usable(brief, lookId(idOf(brief), prompt), async (id) => {
        const replies = await asker.whole(brief, id, prompt, signal);
        const look = readAnswer(lastOf(replies), LOOK_ANSWER);
        return { ...draft, look, provenance: joined(drafting.provenance(replies, 0), draft.provenance) };
      });
    },
    end({ key }, { isPending = false } = {}) {
      budgets.close(key, { keep: isPending });
      gatherer.end(key);
    },
  };
}

interface Answer {
  readonly content: PostContent;
  readonly provenance: Provenance;
}

/** Drafts of short and long posts, and their repairs. */
function createDrafting(options: WriterOptions) {
  const { ledger, digest, tier } = options;
  const outputLimit = createOutputLimit();
  const isLong = ({ length }: Brief) => length >= LONG_POST_CHARS && !digest;
  const promptOf = (brief: Brief): Prompt => {
    const prompt = buildPrompt(brief, options.prompt);
    if (isLong(brief) || ledger.spent().capUsd === undefined) return prompt;
    return { ...prompt, maxOutputTokens: outputLimit.of(prompt.maxOutputTokens) };
  };
  const idOf = ({ key }: Brief) =>
    options.idAtVendor?.(key) ?? (options.salt === undefined ? key : `${key}:${options.salt}`);
  const asker = createAsker({
    ...options,
    onFirst(brief, reply) {
      if (!isLong(brief)) outputLimit.note(buildPrompt(brief, options.prompt).maxOutputTokens, reply);
    },
  });
  const provenance = (replies: Replies, repairs: number) =>
    provenanceOf(replies, repairs, {
      provider: options.model.provider,
      promptVersion: options.prompt.version ?? PROMPT_VERSION,
      costUsd: options.prices.costUsd,
    });
  const repairPromptOf = (brief: Brief, answer: string, problems: readonly string[]) =>
    buildRepairPrompt(promptOf(brief), answer, problems, options.prompt);

  async function repairOnce(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<Answer> {
    const replies = await asker.whole(brief, id, prompt, signal);
    return { content: parseReply(lastOf(replies)), provenance: provenance(replies, 1) };
  }

  async function short(brief: Brief, id: string, signal: AbortSignal): Promise<Draft> {
    const replies = await asker.whole(brief, id, promptOf(brief), signal);
    const reply = lastOf(replies);
    const first = provenance(replies, 0);
    try {
      return { brief, digest, content: parseReply(reply), provenance: first };
    } catch (error) {
      if (!isWrongShape(error)) throw error;
      const prompt = repairPromptOf(brief, reply.text, [error.message]);
      const repaired = await repairOnce(brief, repairId(id, prompt), prompt, signal);
      return { brief, digest, content: repaired.content, provenance: joined(first, repaired.provenance) };
    }
  }

  async function long(brief: Brief, signal: AbortSignal): Promise<Draft> {
    const askPart: AskPart = (part, prompt, read) =>
      asker.usable(brief, partId(idOf(brief), part), async (id) => {
        const replies = await asker.whole(brief, id, prompt, signal);
        return { replies, answer: read(lastOf(replies)) };
      });
    const how = { atOnce: tier === 'batch', isFinal: endsPost, gapOf };
    const { content, replies, gap } = await writeLongPost(brief, promptOf(brief), askPart, how);
    const all = provenance(replies as Replies, 0); // the outline is always there
    return { brief, digest, content, provenance: all, ...(gap === undefined ? {} : { gap }) };
  }

  return { asker, idOf, promptOf, isLong, provenance, repairPromptOf, repairOnce, short, long };
}

function gapOf(error: unknown): DraftGap {
  if (BloggerError.is(error)) return { code: error.code, message: error.message };
  return { code: 'BUG', message: String(error) };
}

function isWrongShape(error: unknown): error is BloggerError {
  return BloggerError.is(error) && error.code === 'REPLY_INVALID';
}
