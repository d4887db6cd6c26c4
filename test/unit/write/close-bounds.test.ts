import { expect, test } from 'vitest';
import { createOutputLimit } from '../../../src/stages/write/calls/output-limit.ts';
import { mostInputTokens } from '../../../src/stages/write/calls/token-bound.ts';
import { createTokenCounts } from '../../../src/stages/write/calls/token-counts.ts';
import { buildPrompt } from '../../../src/stages/write/prompt/build-prompt.ts';
import { makeBrief, makeReply } from '../../helpers/make-brief.ts';

const promptOf = (user: string) => ({
  ...buildPrompt(makeBrief(), { templateText: 'An article.', reasoningTokens: 0, estimateTokens: () => 300 }),
  user,
});
const usage = (input: number, output = 100) => ({ input, cachedInput: 0, output });

test('the smallest count of a prompt bounds what all prompts share', () => {
  const counts = createTokenCounts();
  const before = mostInputTokens(promptOf('short'), 0, counts.fixedTokens(promptOf('short')));
  counts.note(promptOf('a long source'), usage(2000));
  counts.note(promptOf('a source'), usage(1100));
  counts.note(promptOf('another source'), usage(1500));

  expect(counts.fixedTokens(promptOf('short'))).toBe(1100);
  expect(mostInputTokens(promptOf('short'), 0, 1100)).toBe(1105);
  expect(before).toBeGreaterThan(1105);
});

test.each([
  ['no usage', undefined],
  ['a count that is far below what was sent', usage(400)],
])('%s bounds nothing', (_what, told) => {
  const counts = createTokenCounts();
  counts.note(promptOf('a source'), told);

  expect(counts.fixedTokens(promptOf('a source'))).toBeUndefined();
});

test('other instructions are not bounded by the count of these', () => {
  const counts = createTokenCounts();
  counts.note(promptOf('a source'), usage(1100));

  expect(counts.fixedTokens({ ...promptOf('a source'), system: 'Other instructions.' })).toBeUndefined();
});

test('the output limit follows the longest answer after four of them, with half of it as room', () => {
  const limit = createOutputLimit();
  for (const output of [300, 500, 400]) limit.note(2000, makeReply({ usage: usage(1, output) }));
  expect(limit.of(2000)).toBe(2000);

  limit.note(1000, makeReply({ usage: usage(1, 250) }));
  expect(limit.of(2000)).toBe(750);
  expect(limit.of(4000)).toBe(1500);
});

test('an answer that was cut off raises the limit, and it never passes that of the post', () => {
  const limit = createOutputLimit();
  for (let answers = 0; answers < 4; answers += 1) limit.note(2000, makeReply({ usage: usage(1, 400) }));
  limit.note(2000, makeReply({ usage: usage(1, 600), finishReason: 'length' }));
  expect(limit.of(2000)).toBe(900);

  limit.note(2000, makeReply({ usage: usage(1, 3000) }));
  expect(limit.of(2000)).toBe(2000);
});

test('refused and empty answers say nothing about the length of posts', () => {
  const limit = createOutputLimit();
  for (let answers = 0; answers < 9; answers += 1)
    limit.note(2000, makeReply({ usage: usage(1, 3), finishReason: answers % 2 === 0 ? 'refusal' : 'other' }));

  expect(limit.of(2000)).toBe(2000);
});
