import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/types.ts';
import { judgeDraft } from '../../../src/stages/check/judge-draft.ts';
import { makeArticleOf, makeBrief, POST } from '../../helpers/make-brief.ts';

const HARBOUR = makeArticleOf(
  'The harbour opened on 3 May 1902. It has 120 berths, said Ann Lee: "We are glad of it today."',
  { contentHash: 'a' },
);
const SCHOOL = makeArticleOf('The school has 450 pupils and cost 120 euros a day. Bob Ray leads it.', {
  contentHash: 'b',
});

function judge(
  body: string,
  members: { articles?: Draft['brief']['articles']; digest?: boolean } = {},
  onUngrounded: 'fail' | 'draft' | 'warn' = 'draft',
) {
  const brief = makeBrief({ articles: members.articles ?? [HARBOUR, SCHOOL] });
  const draft: Draft = {
    brief,
    content: { ...POST, title: 'Two things', description: 'About both.', body },
    digest: members.digest ?? false,
    provenance: {
      provider: 'p',
      model: 'm',
      promptVersion: '1',
      tier: 'standard',
      usage: { input: 0, cachedInput: 0, output: 0 },
      costUsd: 0,
      reused: false,
      repairs: 0,
    },
  };
  return judgeDraft(draft, { onUngrounded, maxCopied: 1, minScore: 0 });
}

const CITATION_RULES = ['wrong-source', 'no-source', 'unknown-source'];
const found = (...given: Parameters<typeof judge>) =>
  judge(...given)
    .findings.filter(({ rule }) => CITATION_RULES.includes(rule))
    .map(({ rule, line, severity }) => `${rule}:${line}:${severity}`);

test.each<[string, string, string[]]>([
  ['the right source', 'It opened on 3 May 1902 and has 120 berths. [1]\n\nThere are 450 pupils. [2]', []],
  ['both of them', 'It has 120 berths, and there are 450 pupils. [1, 2]', []],
  ['two marks in a row', 'It has 120 berths, and there are 450 pupils. [1][2]', []],
  ['no statement, no source', '## The 450\n\nBoth are worth a visit.', []],
  ['the other source', 'There are 450 pupils. [1]', ['wrong-source:1:error']],
  ['a quotation of the other source', 'She said: "We are glad of it today." [2]', ['wrong-source:1:error']],
  ['a name of the other source', 'It is led by Bob Ray today. [1]', ['wrong-source:1:warning']],
  ['no source', 'It opened on 3 May 1902.\n\nThere are 450 pupils. [2]', ['no-source:1:error']],
  ['a source that there is not', 'Both are fine. [3]\n\nBoth are good. [3]', ['unknown-source:1:error']],
  ['a list whose end names the source', '- It has 120 berths\n- It opened on 3 May 1902 [1]', []],
  [
    'a list whose items name their own',
    '- It has 120 berths [1]\n- There are 450 pupils [1]',
    ['wrong-source:2:error'],
  ],
  ['code', '```\na[3] = 450\n```', []],
])('a paragraph that names %s', (_name, body, expected) => {
  expect(found(body)).toEqual(expected);
});

test('of two sources that say the same, the one that the paragraph names is shown', () => {
  const articles = [HARBOUR, makeArticleOf('It has 120 berths.', { contentHash: 'c' })] as const;

  expect(judge('It has 120 berths. [2]', { articles }).facts.find(({ raw }) => raw === '120')?.source).toEqual({
    article: 1,
    at: { start: 7, end: 10 },
  });
});

test('a wrong source is named to the repair, holds the post back and can fail it; a post of one source and a digest name none', () => {
  expect(judge('There are 450 pupils. [1]')).toMatchObject({
    holdAsDraft: true,
    problems: [expect.stringContaining('but in [2]')],
  });
  expect(judge('There are 450 pupils. [1]', {}, 'fail').fatal).toMatchObject({ code: 'UNGROUNDED' });
  expect(judge('There are 450 pupils. [1]', {}, 'warn').holdAsDraft).toBe(false);
  expect(found('It opened on 3 May 1902.', { articles: [HARBOUR] })).toEqual([]);
  expect(found('It opened on 3 May 1902.', { digest: true })).toEqual([]);
});

test('an invented address fails a post like an invented figure', () => {
  expect(judge('See https://invented.example/a [1]', {}, 'fail').fatal).toMatchObject({
    code: 'UNGROUNDED',
    message: expect.stringContaining('link'),
  });
});
