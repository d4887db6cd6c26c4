import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BloggerError } from '../../src/core/errors.ts';
import { parseReply } from '../../src/stages/write/answer/parse-reply.ts';
import { postAnswer } from '../../src/stages/write/prompt/post-schema.ts';
import { fuzzed } from '../helpers/fuzz.ts';
import { makeReply, POST } from '../helpers/make-brief.ts';

const whole = JSON.stringify(POST);

/** Everything that models, proxies and networks do to an answer. */
const mutation: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.nat(whole.length), fc.nat(whole.length))
    .map(([from, to]) => whole.slice(Math.min(from, to), Math.max(from, to))),
  fc
    .tuple(fc.nat(whole.length), fc.string({ unit: 'binary', maxLength: 8 }))
    .map(([at, noise]) => whole.slice(0, at) + noise + whole.slice(at)),
  fc
    .record(
      {
        title: fc.anything(),
        description: fc.anything(),
        slug: fc.anything(),
        tags: fc.anything(),
        body: fc.anything(),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value) ?? ''),
  fc
    .record({
      title: fc.string(),
      description: fc.string(),
      slug: fc.string({ unit: 'binary' }),
      tags: fc.array(fc.string()),
      body: fc.string({ maxLength: 400, unit: 'binary' }),
    })
    .map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '',
    'null',
    '[]',
    '{}',
    '"text"',
    `\`\`\`json\n${whole}\n\`\`\``,
    `${whole}${whole}`,
    `<think>${whole}`,
    '{"title":',
    `{"__proto__":{"x":1},${whole.slice(1)}`,
  ),
);

test('mutated answers: a valid post or a known error, never a crash', () => {
  let answers = 0;
  let posts = 0;
  fc.assert(
    fc.property(mutation, (text) => {
      answers += 1;
      try {
        const post = parseReply(makeReply({ text }));
        posts += 1;
        expect(postAnswer.safeParse(post).success).toBe(true);
        expect(post.title).toMatch(/\S/);
        expect(post.title).not.toContain('\n');
        expect(post.body.trim().length).toBeGreaterThan(0);
      } catch (error) {
        expect(BloggerError.is(error) && error.code).toBe('REPLY_INVALID');
      }
    }),
    fuzzed(10_000),
  );
  // The mutations do not only make rubbish: some answers are still posts.
  expect(posts).toBeGreaterThan(answers / 100);
});
