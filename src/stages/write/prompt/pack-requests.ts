/** Several posts in one request: each with its own fence and id, validated separately; invalid ones are requested again alone. */

import { z } from 'zod';
import type { LanguageModel, Ledger, ModelReply, ModelRequest, Prompt } from '../../../core/ports.ts';
import { hashText } from '../../../util/stable-hash.ts';
import { parseReply } from '../answer/parse-reply.ts';
import { readAnswer } from '../answer/read-answer.ts';
import type { Batch, BatchItem } from '../batch-processor.ts';
import { POST_SCHEMA, POST_SCHEMA_NAME } from './post-schema.ts';

/** A dispatch that puts up to `pack` posts into one request of the model. */
export function packedDispatch(
  model: LanguageModel,
  ledger: Ledger,
  pack: number,
): (batch: Batch<ModelRequest>) => readonly Promise<ModelReply>[] {
  return ({ items }) => {
    const answers: Promise<ModelReply>[] = [];
    for (let start = 0; start < items.length; start += pack)
      answers.push(...answerPack(items.slice(start, start + pack), model, ledger));
    return answers;
  };
}

function answerPack(
  items: readonly BatchItem<ModelRequest>[],
  model: LanguageModel,
  ledger: Ledger,
): readonly Promise<ModelReply>[] {
  const unpaid = items
    .map(({ value }) => value)
    .filter(({ id, prompt }) => prompt.schemaName === POST_SCHEMA_NAME && ledger.find(id)?.reply === undefined);
  const [first] = unpaid;
  if (first === undefined || unpaid.length < 2) return items.map(({ value, signal }) => model.answer(value, signal));
  // The pack is aborted when none of its posts has a waiter.
  const abandoned = allOf(items.map(({ signal }) => signal));
  const packed = model
    .answer(
      {
        id: `pack:${hashText(unpaid.map(({ id }) => id).join('\n'))}`,
        tier: first.tier,
        brief: first.brief,
        holders: unpaid.map(({ brief }) => brief.key),
        prompt: packPrompts(unpaid.map(({ prompt }) => prompt)),
      },
      abandoned,
    )
    .then((reply) => {
      const replies = splitReply(reply, unpaid.length);
      for (const [index, request] of unpaid.entries()) keep(request, replies[index], model, ledger);
    });
  return items.map(async ({ value, signal }) => {
    await packed.catch((error: unknown) => {
      signal.throwIfAborted();
      if (!isAboutThisPack(error)) throw error;
    });
    return model.answer(value, signal); // from the ledger if the pack contained it, otherwise alone
  });
}

/** A post's part of the answer is its own row in the ledger; the cost is in the row of the pack. */
function keep(request: ModelRequest, reply: ModelReply | undefined, model: LanguageModel, ledger: Ledger): void {
  if (reply === undefined) return;
  ledger.reserve({ id: request.id, provider: model.provider, model: model.model, tier: request.tier, worstUsd: 0 });
  ledger.settle(request.id, reply, 0);
}

export function packPrompts(prompts: readonly Prompt[]): Prompt {
  const [first] = prompts as readonly [Prompt, ...Prompt[]];
  const user = [
    `Write ${prompts.length} posts, one for each block below. They have nothing to do with each other. Answer with all of them, each with the id of its block.`,
    ...prompts.map((prompt, index) => {
      const tag = `post-${hashText(prompt.user).slice(0, 16)}`; // a page cannot predict the hash of its block
      return `<${tag} id="${index + 1}">\n${prompt.user}\n</${tag}>`;
    }),
  ].join('\n\n');
  const post = {
    ...POST_SCHEMA,
    required: ['id', ...(POST_SCHEMA['required'] as string[])],
    properties: { id: { type: 'string' }, ...(POST_SCHEMA['properties'] as object) },
  };
  return {
    ...first,
    user,
    schemaName: 'posts',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['posts'],
      properties: { posts: { type: 'array', items: post } },
    },
    maxOutputTokens: prompts.reduce((sum, { maxOutputTokens }) => sum + maxOutputTokens, 0),
    inputTokens: prompts.reduce((sum, { inputTokens }) => sum + inputTokens, 100),
  };
}

/** The part of each post, in the order of the blocks; undefined where it is missing or no post. */
export function splitReply(reply: ModelReply, count: number): readonly (ModelReply | undefined)[] {
  const posts = readPosts(reply);
  return Array.from({ length: count }, (_, index) => {
    const part = posts.find((post) => String(post['id']) === String(index + 1));
    if (part === undefined) return undefined;
    const own: ModelReply = {
      ...reply,
      text: JSON.stringify(part),
      finishReason: 'stop',
      usage: shareOf(reply, count),
      ...(reply.billedUsd === undefined ? {} : { billedUsd: reply.billedUsd / count }),
      raw: JSON.stringify(part),
    };
    try {
      parseReply(own);
      return own;
    } catch {
      return undefined; // requested again, alone
    }
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const packAnswer = z.object({ posts: z.array(z.unknown()).transform((posts) => posts.filter(isRecord)) });

function readPosts(reply: ModelReply): readonly Readonly<Record<string, unknown>>[] {
  try {
    return readAnswer(reply, { schema: packAnswer, what: 'several posts' }).posts;
  } catch {
    return []; // every post is requested alone
  }
}

function shareOf({ usage }: ModelReply, count: number): ModelReply['usage'] {
  if (usage === undefined) return undefined;
  const share = (tokens: number) => Math.round(tokens / count);
  return { input: share(usage.input), cachedInput: share(usage.cachedInput), output: share(usage.output) };
}

/** A pack that is too large or refused may still succeed post by post; a bad key or a used-up budget may not. */
function isAboutThisPack(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'PROVIDER_REQUEST' || code === 'REPLY_REFUSED' || code === 'REPLY_TRUNCATED';
}

function allOf(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  const look = () => {
    if (signals.every(({ aborted }) => aborted)) all.abort(signals[0]?.reason);
  };
  for (const signal of signals) signal.addEventListener('abort', look, { once: true });
  look();
  return all.signal;
}
