import type { Emit, LanguageModel } from '../../../core/ports.ts';
import { plural } from '../../../util/text/plural.ts';

/** The estimate of a prompt is at most this much above the true count, with room to spare for tokenizers of other vendors. */
const MIN_SHARE = 0.5;
/** Shorter prompts fit every context. */
const SHORTEST_TOKENS = 1500;

/** A model that warns where a server read far less than was sent: it cut the prompt to its context without a word, and the post misses a part of its source. */
export function promptWatch(inner: LanguageModel, emit: Emit): LanguageModel {
  return {
    provider: inner.provider,
    model: inner.model,
    async answer(request, signal) {
      const reply = await inner.answer(request, signal);
      const sent = request.prompt.inputTokens;
      const read = reply.usage?.input;
      if (read !== undefined && read > 0 && sent >= SHORTEST_TOKENS && read < sent * MIN_SHARE)
        emit({
          type: 'run:warning',
          code: 'PROMPT_CUT',
          message: `${inner.model} read ${read} of about ${plural(sent, 'token')} of the prompt for "${request.brief.articles[0].title}": the post is written from a part of its source`,
          hint: 'Give the server a larger context (Ollama: OLLAMA_CONTEXT_LENGTH, llama.cpp: --ctx-size), or shorten the source.',
        });
      return reply;
    },
  };
}
