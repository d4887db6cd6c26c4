import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/types.ts';
import { judgeDraft } from '../../../src/stages/check/judge-draft.ts';

const options = { onUngrounded: 'draft', maxCopied: 0.25, minScore: 0 } as const;

function draft(body: string, members: { description?: string; digest?: boolean } = {}): Draft {
  const article = {
    url: 'https://a.example/x',
    finalUrl: 'https://a.example/x',
    text: 'Source text. Mail desk@town.example or read https://town.example/desk today.',
    title: 'S',
    links: [
      { href: 'https://b.example/y', text: '' },
      { href: 'https://c.example/Turbine_(machine)', text: '' },
    ],
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
    .findings.filter(({ rule }) => !['title', 'description', 'one-sentence', 'short-text', 'empty-body'].includes(rule))
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
  ['a setext H1', 'Title\n=====\n\nText.', ['one-h1:1']],
  ['an address with parentheses', 'See [it](https://c.example/Turbine_(machine)).', []],
  ['an address in angle brackets', 'See [it](<https://c.example/Turbine_(machine)>).', []],
  ['another scheme of a known page', 'See [it](http://b.example/y).', []],
  ['an invented www address', 'See www.invented.example/a.', ['unknown-link:1']],
  ['an invented reference', 'See [it][1].\n\n[1]: //invented.example/a', ['unknown-link:3']],
  ['an invented destination on the next line', 'See [it](\nhttps://invented.example/a).', ['unknown-link:1']],
  ['an invented address with an entity', 'See https&colon;//invented.example/a.', ['unknown-link:1']],
  [
    'an invented address after an inline fence',
    '```` ``` ```` is a fence.\n\nSee https://invented.example/a.',
    ['unknown-link:3'],
  ],
  ['an invented address in raw HTML', 'See <a href="https://invented.example/a">it</a>.', ['unknown-link:1']],
  ['an invented image', '![A boat](https://invented.example/a.png)', ['unknown-link:1']],
  [
    'an address that the source shows as text',
    'Write to [us](mailto:desk@town.example) or see https://town.example/desk.',
    [],
  ],
  ['an invented mail address', 'Write to [us](mailto:desk@invented.example).', ['unknown-link:1']],
  ['a longer address than the source shows', 'See https://town.example/desk/form.', ['unknown-link:1']],
  ['too many marks', '['.repeat(3000), ['unreadable-markdown:', 'headings:', 'paragraph-length:1']],
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
