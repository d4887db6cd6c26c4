import { expect, test } from 'vitest';
import type { EventBody, LanguageModel } from '../../../src/core/ports.ts';
import { promptWatch } from '../../../src/services/models/client/prompt-watch.ts';
import { makeBrief, makeReply } from '../../helpers/make-brief.ts';

const prompt = { system: '', user: '', schemaName: 'post', schema: {}, maxOutputTokens: 100 };

test.each([
  ['a prompt that was cut to the context', 9000, 2048, true],
  ['an estimate that is a little high', 9000, 6500, false],
  ['a short prompt', 900, 100, false],
  ['a server that counts nothing', 9000, 0, false],
  ['a server that does not say', 9000, undefined, false],
] as const)('%s: %i sent, %s read', async (_what, sent, read, warns) => {
  const events: EventBody[] = [];
  const usage = read === undefined ? undefined : { input: read, cachedInput: 0, output: 10 };
  const inner: LanguageModel = { provider: 'ollama', model: 'm', answer: async () => makeReply({ usage }) };
  const brief = makeBrief();
  const model = promptWatch(inner, (event) => events.push(event));
  await model.answer(
    { id: 'a', brief, tier: 'standard', prompt: { ...prompt, inputTokens: sent } },
    new AbortController().signal,
  );

  expect(events.map((event) => event.type === 'run:warning' && event.code)).toEqual(warns ? ['PROMPT_CUT'] : []);
});
