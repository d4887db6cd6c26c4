import { BloggerError } from '../../core/errors.ts';
import type { Clock, Emit, LanguageModel, Ledger, ModelReply, ModelRequest, Prompt, Writer } from '../../core/ports.ts';
import type { Brief, Draft, PostContent, Provenance, Tier, Usage } from '../../core/types.ts';
import { hashText } from '../../util/stable-hash.ts';
import { type Batch, BatchProcessor } from './batch-processor.ts';
import { buildPrompt, buildRepairPrompt, PROMPT_VERSION, type PromptOptions } from './build-prompt.ts';
import type { Prices } from './charged-model.ts';
import { type AskedReply, type AskPart, LONG_POST_CHARS, writeLongPost } from './long-post.ts';
import { parseReply } from './parse-reply.ts';

export interface WriterOptions {
  /** Charged, retried and limited by whoever built it. */
  readonly model: LanguageModel;
  readonly prices: Prices;
  readonly ledger: Ledger;
  readonly prompt: PromptOptions;
  readonly tier: Tier;
  readonly batch: { readonly size: number; readonly intervalMs: number; readonly concurrency: number };
  /** What a gathered batch becomes where it is not one live request a post. */
  readonly dispatch?: (batch: Batch<ModelRequest>) => readonly Promise<ModelReply>[];
  /** Repairs do not wait for company. @default false */
  readonly repairsLive?: boolean;
  /** Set for `--force`: the same brief is asked for anew. */
  readonly salt?: string;
  /** A request of this brief that is under way already, by its key; it is gone on with, whatever it was asked under. */
  readonly idAtVendor?: (briefKey: string) => string | undefined;
  /** Set for `--retry-failed`: where an earlier run's answer to this brief cannot be used, another one is asked for. */
  readonly retrySaltOf?: (brief: Brief) => string | undefined;
  /** Whether a request was answered before, here or by another machine. @default as the ledger knows */
  readonly isAnswered?: (id: string) => Promise<boolean>;
  /** True for the built-in writer, whose posts quote and say so. */
  readonly digest: boolean;
  readonly clock: Clock;
  readonly emit: Emit;
}

interface Answer {
  readonly content: PostContent;
  readonly provenance: Provenance;
}

/** Writes posts: briefs are gathered into batches, each answered once, parsed, and repaired once where the answer has the wrong shape. */
export function createWriter(options: WriterOptions): Writer {
  const { model, clock, emit, batch, digest } = options;
  const processor = new BatchProcessor<ModelRequest, ModelReply>({
    ...batch,
    clock,
    keyOf: ({ id }) => id,
    dispatch: options.dispatch ?? (({ items }) => items.map(({ value, signal }) => model.answer(value, signal))),
    onBatch: ({ type, batch: { id, items, reason }, ms }) =>
      emit(
        type === 'start'
          ? { type: 'batch:start', id, size: items.length, reason }
          : { type: 'batch:end', id, size: items.length, ms },
      ),
  });

  async function ask(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<AskedReply> {
    const reused = options.ledger.find(id)?.reply !== undefined;
    return { reply: await processor.add({ id, prompt, tier: options.tier, brief }, signal), reused };
  }

  async function repairOnce(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<Answer> {
    const { reply, reused } = await askNow(brief, id, prompt, signal);
    return { content: parseReply(reply), provenance: provenanceOf(reply, reused, 1) };
  }

  const repairPromptOf = (brief: Brief, answer: string, problems: readonly string[]) =>
    buildRepairPrompt(promptOf(brief), answer, problems, options.prompt.estimateTokens);

  async function writeLong(brief: Brief, signal: AbortSignal): Promise<Draft> {
    const askPart: AskPart = (part, prompt, read) =>
      usableOf(brief, `${idOf(brief)}:${part}`, async (id) => {
        const asked = await askNow(brief, id, prompt, signal);
        return { ...asked, answer: read(asked.reply) };
      });
    const { content, replies } = await writeLongPost(brief, promptOf(brief), askPart);
    const [first, ...rest] = replies.map(({ reply, reused }) => provenanceOf(reply, reused, 0)) as [
      Provenance,
      ...Provenance[],
    ]; // the outline is always there
    return { brief, digest, content, provenance: rest.reduce(joined, first) };
  }

  /** A part that others wait for does not wait for company overnight. */
  async function askNow(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<AskedReply> {
    if (options.repairsLive !== true) return ask(brief, id, prompt, signal);
    const reused = options.ledger.find(id)?.reply !== undefined;
    return { reply: await model.answer({ id, prompt, tier: 'standard', brief }, signal), reused };
  }

  function provenanceOf(reply: ModelReply, reused: boolean, repairs: number): Provenance {
    return {
      provider: model.provider,
      model: reply.model,
      promptVersion: PROMPT_VERSION,
      tier: reply.tier,
      usage: reply.usage ?? NO_USAGE,
      costUsd: options.prices.costUsd(reply),
      reused,
      repairs,
    };
  }

  const isAnswered = options.isAnswered ?? (async (id: string) => options.ledger.find(id)?.reply !== undefined);
  /** What is made of the answer of this id; where an earlier run's cannot be used and the failed ones are wished again, of another one. */
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

  const promptOf = (brief: Brief) => buildPrompt(brief, options.prompt);
  const idOf = ({ key }: Brief) =>
    options.idAtVendor?.(key) ?? (options.salt === undefined ? key : `${key}:${options.salt}`);

  async function writeShort(brief: Brief, id: string, signal: AbortSignal): Promise<Draft> {
    const { reply, reused } = await ask(brief, id, promptOf(brief), signal);
    try {
      return { brief, digest, content: parseReply(reply), provenance: provenanceOf(reply, reused, 0) };
    } catch (error) {
      if (!isWrongShape(error)) throw error;
      const prompt = repairPromptOf(brief, reply.text, [error.message]);
      const repaired = await repairOnce(brief, repairIdOf(id, prompt), prompt, signal);
      return {
        brief,
        digest,
        content: repaired.content,
        provenance: joined(provenanceOf(reply, reused, 0), repaired.provenance),
      };
    }
  }

  return {
    async write(brief, signal): Promise<Draft> {
      if (brief.length >= LONG_POST_CHARS && !digest) return writeLong(brief, signal);
      return usableOf(brief, idOf(brief), (id) => writeShort(brief, id, signal));
    },
    flush: () => processor.flush(),
    async repair(draft, problems, signal) {
      const { brief } = draft;
      const prompt = repairPromptOf(brief, JSON.stringify(draft.content), problems);
      const repaired = await usableOf(brief, repairIdOf(idOf(brief), prompt), (id) =>
        repairOnce(brief, id, prompt, signal),
      );
      return { ...draft, content: repaired.content, provenance: joined(draft.provenance, repaired.provenance) };
    },
  };
}

function repairIdOf(id: string, { user }: Prompt): string {
  return `${id}:repair:${hashText(user).slice(0, 16)}`;
}

const NO_USAGE: Usage = { input: 0, cachedInput: 0, output: 0 };

/** A cut-off answer has no more room the second time; a wrong shape may come right. */
function isWrongShape(error: unknown): error is BloggerError {
  return BloggerError.is(error) && error.code === 'REPLY_INVALID';
}

function isUnusable(error: unknown): boolean {
  return (
    BloggerError.is(error) &&
    (error.code === 'REPLY_INVALID' || error.code === 'REPLY_TRUNCATED' || error.code === 'REPLY_REFUSED')
  );
}

/** A post that took two answers cost both. */
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
