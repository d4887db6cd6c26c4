/** Asks for the parts of posts: with more room where an answer is cut off, and once more where an earlier run's cannot be used. */

import { BloggerError, isAbortError } from '../../core/errors.ts';
import type { Ledger, ModelReply, Prompt } from '../../core/ports.ts';
import type { Brief, Tier } from '../../core/types.ts';
import { isCutShort, isLoop, markCut } from './answer/cut-answer.ts';
import type { Gatherer } from './gather-live.ts';
import type { AskedReply } from './long-post.ts';
import type { Replies } from './provenance.ts';
import { roomId } from './request-id.ts';

export interface AskerOptions {
  readonly gatherer: Gatherer;
  readonly ledger: Pick<Ledger, 'find'>;
  readonly tier: Tier;
  readonly retrySaltOf?: (brief: Brief) => string | undefined;
  readonly isAnswered?: (id: string) => Promise<boolean>;
  /** Called with the first answer to each prompt. */
  readonly onFirst: (brief: Brief, reply: ModelReply) => void;
}

export interface Asker {
  isKnown(id: string): boolean;
  /** Sends a request, and repeats it with a higher token limit when the answer was truncated. */
  whole(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<Replies>;
  /** Parses the answer of this id; with `--retry-failed`, requests another one when an earlier run's answer is unusable. */
  usable<T>(brief: Brief, id: string, make: (id: string) => Promise<T>): Promise<T>;
}

export function createAsker({ gatherer, ledger, tier, ...options }: AskerOptions): Asker {
  const isKnown = (id: string) => ledger.find(id)?.reply !== undefined;
  const isAnswered = options.isAnswered ?? (async (id: string) => isKnown(id));

  async function ask(brief: Brief, id: string, prompt: Prompt, signal: AbortSignal): Promise<AskedReply> {
    const reused = isKnown(id);
    return { reply: markCut(await gatherer.add({ id, prompt, tier, brief }, signal), prompt), reused };
  }

  return {
    isKnown,
    async whole(brief, id, prompt, signal) {
      const first = await ask(brief, id, prompt, signal);
      options.onFirst(brief, first.reply);
      if (first.reply.finishReason !== 'length' || isCutShort(first.reply, prompt)) return [first];
      try {
        return [first, await ask(brief, roomId(id), withMoreRoom(prompt, first.reply), signal)];
      } catch (error) {
        if (endsPost(error)) throw error;
        return [first]; // parsed as truncated
      }
    },
    async usable(brief, id, make) {
      const retrySalt = options.retrySaltOf?.(brief);
      const isSecondTry = retrySalt !== undefined && (await isAnswered(id));
      try {
        return await make(id);
      } catch (error) {
        if (!isSecondTry || !isUnusable(error)) throw error;
        return await make(`${id}:${retrySalt}`);
      }
    },
  };
}

/** An answer that used its whole limit for reasoning gives no estimate of the tokens it needs; a loop has no end in any room, and rarely comes twice. */
function withMoreRoom(prompt: Prompt, { text }: ModelReply): Prompt {
  if (isLoop(text)) return prompt;
  return { ...prompt, maxOutputTokens: prompt.maxOutputTokens * (text.trim() === '' ? 4 : 2) };
}

/** True when the post cannot continue now: it was cancelled, or its answers are still at the vendor. */
export function endsPost(error: unknown): boolean {
  return (
    isAbortError(error) || !BloggerError.is(error) || error.code === 'BATCH_PENDING' || error.code === 'JOB_CANCELLED'
  );
}

const UNUSABLE: ReadonlySet<string> = new Set(['REPLY_INVALID', 'REPLY_TRUNCATED', 'REPLY_REFUSED']);

function isUnusable(error: unknown): boolean {
  return BloggerError.is(error) && UNUSABLE.has(error.code);
}
