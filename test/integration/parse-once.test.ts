/** A post is checked, rendered and saved from the tree of the same text; this counts how often the parser really runs. */

import { afterAll, beforeEach, expect, test, vi } from 'vitest';

const parsed: string[] = [];
vi.doMock('remark-parse', async (load) => {
  const { default: remarkParse } = await load<typeof import('remark-parse')>();
  return {
    default(this: import('unified').Processor) {
      remarkParse.call(this as never);
      const parse = this.parser;
      this.parser = (text, file) => {
        parsed.push(text);
        return parse?.(text, file) as never;
      };
    },
  };
});
// Modules are shared with other test files: this one loads its own, and the next file again.
vi.resetModules();
const { judgeDraft } = await import('../../src/stages/check/judge-draft.ts');
const { markdownToHtml } = await import('../../src/stages/publish/render/markdown/markdown-to-html.ts');
const { parseBounded, parseMarkdown } = await import('../../src/util/text/markdown.ts');
const { makeCheckedDraft, makePublisher } = await import('../helpers/make-publisher.ts');
beforeEach(() => void parsed.splice(0));
afterAll(() => {
  vi.doUnmock('remark-parse');
  vi.resetModules();
});

const bodyOf = (subject: string) =>
  [
    `## What ${subject} does`,
    `A [turbine](https://a.example/x) of **${subject}** runs at 40 bar.[^1]`,
    '```js\nconst a = 1;\n```',
    '| Part | Size |\n| --- | --- |\n| Wheel | 3 m |',
    '[^1]: From the report.',
  ].join('\n\n');

test.each(['md', 'html'] as const)(
  'no text is parsed twice between the check of a post and its file (%s)',
  async (format) => {
    const { publisher } = await makePublisher({ format });
    const checked = makeCheckedDraft({ body: bodyOf(`a ${format} test`) });

    judgeDraft(checked.draft, { onUngrounded: 'draft', maxCopied: 1, minScore: 0 });
    await publisher.publish(checked, new AbortController().signal);

    const counts = new Map<string, number>();
    for (const text of parsed) counts.set(text, (counts.get(text) ?? 0) + 1);
    expect(counts.get(checked.draft.content.body)).toBe(1);
    expect(Math.max(...counts.values())).toBe(1);
  },
);

test('rendering does not change the tree that others read', async () => {
  const body = bodyOf('a shared tree');
  const tree = parseBounded(body);
  const before = structuredClone(tree);

  await markdownToHtml(body, { lang: 'en' });

  expect(parseMarkdown(body)).toBe(tree);
  expect(tree).toEqual(before);
});

test('the trees of the last dozen texts are kept, but none of a long text', () => {
  const texts = Array.from({ length: 13 }, (_, index) => bodyOf(`text ${index}`));
  for (const text of texts.slice(0, 12)) parseBounded(text);
  parseBounded(texts[0] ?? '');
  parseBounded(texts[12] ?? '');
  const long = 'word '.repeat(8100);
  parseBounded(long);
  parsed.splice(0);

  for (const text of [texts[0], texts[1], long]) parseBounded(text ?? '');

  expect(parsed).toEqual([texts[1], long]);
});
