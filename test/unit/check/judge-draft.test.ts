import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/types.ts';
import { judgeDraft } from '../../../src/stages/check/judge-draft.ts';

const options = { onUngrounded: 'draft', maxCopied: 0.25, minScore: 0 } as const;

function draft(body: string, members: { description?: string; digest?: boolean } = {}): Draft {
  const article = {
    url: 'https://a.example/x',
    finalUrl: 'https://a.example/x',
    text: 'Source text.',
    title: 'S',
    links: [{ href: 'https://b.example/y', text: '' }],
    images: [],
  };
  const description = members.description ?? 'What a reader gets from this post, said in one sentence.';
  return {
    brief: { articles: [article], copies: [], keywords: [], lang: 'en' },
    content: { title: 'T', description, slug: 't', tags: [], body },
    digest: members.digest ?? false,
  } as unknown as Draft;
}

const rules = (body: string) =>
  judgeDraft(draft(body), options)
    .findings.filter(({ rule }) => !['title', 'description'].includes(rule))
    .map(({ rule, line }) => `${rule}:${line ?? ''}`);

test.each([
  ['a body H1', '# Title\n\nText.', ['one-h1:1']],
  ['a skipped heading level', '## A\n\n#### B', ['heading-order:3']],
  ['an invented link', 'See [this](https://invented.example/).', ['unknown-link:1']],
  ['an invented bare address', 'See https://invented.example/a.', ['unknown-link:1']],
  [
    'links of the source, anchors and code',
    '[a](https://b.example/y/) [b](#part) https://a.example/x\n\n```\n# no heading https://c.example\n```',
    [],
  ],
])('%s', (_, body, expected) => {
  expect(rules(body)).toEqual(expected);
});

test('errors ask for a repair and hold the post as a draft; warnings do not', () => {
  const wrong = judgeDraft(draft('# Title'), options);
  const short = judgeDraft(draft('Text.', { description: 'Short.' }), options);

  expect(wrong).toMatchObject({ holdAsDraft: true, problems: [expect.stringContaining('H1')] });
  expect(short).toMatchObject({ holdAsDraft: false, problems: [], score: expect.any(Number) });
  expect(short.findings.map(({ rule }) => rule)).toContain('description');
});

test('a digest is always a draft', () => {
  expect(judgeDraft(draft('Text.', { digest: true }), options).holdAsDraft).toBe(true);
});
