import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/types.ts';
import { readBody } from '../../../src/stages/check/blocks.ts';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { judgeDraft } from '../../../src/stages/check/judge-draft.ts';
import { measureOriginality } from '../../../src/stages/check/originality.ts';
import { readQuantities } from '../../../src/stages/check/quantities/read-quantities.ts';
import { makeArticleOf, makeBrief, POST } from '../../helpers/make-brief.ts';

const ENGLISH = makeArticleOf(
  'The turbine delivered 1,184 megawatt hours by 28 February 2025, enough for 340 households. It cost 4.2 million euros, 6 percent more than planned. Fourteen boats stayed. “We can tell you today how much power we will have,” says Ann Lee of Port Selby. The gap was 0.9 metres. On 9 October the cable broke.',
);
const KOREAN = makeArticleOf(
  '조합은 4억 1,200만 원을 벌었다. 2022년 2월 28일 전기를 처음 팔았고 주민 217명이 참여했다. 이정환 씨는 “예상보다 3퍼센트 더 나왔다”고 말했다. 나무는 열두 그루다.',
);

/** Met on the 18th, made at 37 minutes and 52 seconds past seven. */
const DATED = {
  ...makeArticleOf('They met on 18 March 2026. Emissions fell by between 2 and 8 percent in 3 to 5 years.'),
  publishedAt: '2026-03-19T07:37:52+09:00',
};

function draft(body: string, article = ENGLISH): Draft {
  return {
    brief: makeBrief({ articles: [article], lang: article.lang }),
    digest: false,
    content: { ...POST, title: 'A title', description: 'A description of what there is to read here.', body },
    provenance: {
      provider: 'x',
      model: 'x',
      promptVersion: '1',
      tier: 'standard',
      usage: { input: 0, cachedInput: 0, output: 0 },
      costUsd: 0,
      reused: false,
      repairs: 0,
    },
  };
}

const rules = (body: string, article = ENGLISH) =>
  checkGrounding(locateFacts(draft(body, article))).map(({ rule }) => rule);

test.each([
  ['1184 MWh were delivered.', ENGLISH],
  ['It cost €4.2 million, or 4,200,000 euros.', ENGLISH],
  ['That is 6% over plan.', ENGLISH],
  ['14 boats stayed, and 340 households have power.', ENGLISH],
  ['By February 28, 2025 it was done; the cable broke on October 9.', ENGLISH],
  ['“We can tell you today how much power we will have,” says Ann Lee.', ENGLISH],
  ['"we can tell you today … we will have"', ENGLISH],
  ['Two reasons and three steps are no claims.', ENGLISH],
  ['1. The first\n2. The second', ENGLISH],
  ['조합의 수입은 4억1200만 원, 곧 412,000,000원이다.', KOREAN],
  ['2월 28일, 주민 217명, 3%.', KOREAN],
  ['“예상보다 3퍼센트 더 나왔다”고 한다. 나무 12그루.', KOREAN],
  [
    'They met on the 18th, and wrote of it on 19 March 2026. It fell by 2–8 percent, or by two to eight percent, in 3–5 years.',
    DATED,
  ],
  ['28일에 전기를 팔았다.', KOREAN],
])('true: %s', (body, article) => {
  expect(rules(body, article)).toEqual([]);
});

test.each([
  ['Emissions fell by 18 percent.', DATED, 'ungrounded-number'],
  ['A share of 37 percent was repaired.', DATED, 'ungrounded-number'],
  ['After 52 days it was done.', DATED, 'ungrounded-number'],
  ['It took 18 days.', DATED, 'ungrounded-number'],
  ['It fell by between 7 and 8 percent.', DATED, 'ungrounded-number'],
  ['It fell by 7~8%.', DATED, 'ungrounded-number'],
  ['It fell by seven to eight percent.', DATED, 'ungrounded-number'],
  ['It delivered 1,284 MWh.', ENGLISH, 'ungrounded-number'],
  ['It cost 4.2 billion euros.', ENGLISH, 'ungrounded-number'],
  ['It cost 4.2 million dollars.', ENGLISH, 'ungrounded-number'],
  ['That is 6 kilometres more.', ENGLISH, 'ungrounded-number'],
  ['Twenty boats stayed.', ENGLISH, 'ungrounded-number'],
  ['By 27 February 2025 it was done.', ENGLISH, 'ungrounded-date'],
  ['In March 2025 it was done.', ENGLISH, 'ungrounded-date'],
  ['“We can never tell you how much power we will have,” she says.', ENGLISH, 'ungrounded-quote'],
  ['Says Gregor Holloway of the council.', ENGLISH, 'unknown-name'],
  ['수입은 4억 1,300만 원이다.', KOREAN, 'ungrounded-number'],
  ['3월 28일에 팔았다.', KOREAN, 'ungrounded-date'],
  ['“예상보다 훨씬 더 나왔다”고 말했다.', KOREAN, 'ungrounded-quote'],
])('false: %s', (body, article, rule) => {
  expect(rules(body, article)).toContain(rule);
});

test('a finding names its line and its sentence', () => {
  expect(
    checkGrounding(locateFacts(draft('## Head\n\nAll is well. It cost 77 million euros in all. More follows.'))),
  ).toMatchObject([
    { rule: 'ungrounded-number', severity: 'error', line: 3, excerpt: 'It cost 77 million euros in all.' },
  ]);
});

test.each([
  ['draft', { holdAsDraft: true, fatal: undefined }],
  ['warn', { holdAsDraft: false, fatal: undefined }],
  ['fail', { fatal: { code: 'UNGROUNDED' } }],
] as const)('onUngrounded %s', (onUngrounded, expected) => {
  const verdict = judgeDraft(draft('## Head\n\nIt cost 77 million euros in all, says nobody.'), {
    onUngrounded,
    maxCopied: 1,
    minScore: 0,
  });
  expect({ holdAsDraft: verdict.holdAsDraft, fatal: verdict.fatal }).toMatchObject(expected);
  expect(verdict.problems.length).toBe(onUngrounded === 'warn' ? 0 : 1);
});

test('copied runs are measured, quotations are not', () => {
  const source =
    'The council of the town has decided that the harbour will be extended by the end of the year and that the boats stay.';
  expect(measureOriginality(readBody(source), [source])).toEqual({ copied: 1, longestRun: 24 });
  expect(measureOriginality(readBody(`“${source}”`), [source]).copied).toBe(0);
  expect(
    measureOriginality(
      readBody(
        'By December the port grows, and no vessel has to leave, the town hall decided last week after a long debate.',
      ),
      [source],
    ).copied,
  ).toBe(0);
});

interface Fixture {
  readonly sources: readonly {
    readonly name: string;
    readonly text: string;
    readonly title: string;
    readonly lang: string;
  }[];
  readonly posts: readonly {
    readonly source: string;
    readonly kind: string;
    readonly title: string;
    readonly body: string;
    readonly planted: readonly { readonly kind: string; readonly text: string }[];
  }[];
}

test('of 200 planted falsehoods at least 95 % are found, of the true facts at most 2 % are flagged', async () => {
  const { sources, posts } = JSON.parse(
    await readFile(new URL('../../../fixtures/grounding/posts.json', import.meta.url), 'utf8'),
  ) as Fixture;
  let [planted, found, flagged, facts] = [0, 0, 0, 0];
  for (const post of posts) {
    const source = sources.find(({ name }) => name === post.source);
    const findings = checkGrounding(locateFacts(draft(post.body, makeArticleOf(source?.text ?? '', source))));
    if (post.kind === 'true') {
      flagged += findings.filter(({ severity }) => severity === 'error').length;
      facts += readQuantities(post.body, 'en', []).length;
    }
    planted += post.planted.length;
    found += post.planted.filter(({ text }) =>
      findings.some(({ message }) => message.includes(text) || text.includes(/"(.*)"/s.exec(message)?.[1] ?? '\u0000')),
    ).length;
  }

  expect(posts).toHaveLength(120);
  expect(planted).toBe(200);
  expect(found / planted).toBeGreaterThanOrEqual(0.95);
  expect(flagged / facts).toBeLessThanOrEqual(0.02);
});

test.each([
  ['a unit on the next line', 'It cost 9\nmillion euros in all.', 'ungrounded-number'],
  ['a number cut by a tag', 'It rose by 7<b>3</b> percent.', 'ungrounded-number'],
  ['a number in two emphases', 'It rose by *7***3** percent.', 'ungrounded-number'],
  [
    'a quotation over two lines',
    '“We can tell you today\nhow little power we will have,” says Ann Lee.',
    'ungrounded-quote',
  ],
  ['a date over two lines', 'It was done on 27\nFebruary 2025.', 'ungrounded-date'],
  ['a cell of a table', '| what | how much |\n|---|---|\n| cost | 77 million euros |', 'ungrounded-number'],
])('facts are found in %s', (_what, body, rule) => {
  expect(rules(body)).toContain(rule);
});

test.each([
  'It cost 4.2\nmillion euros.',
  'It delivered **1,184** megawatt hours.',
  '“We can tell you today how *much* power\nwe will have,” says Ann Lee.',
  'See <https://example.org/2019/77-percent>.',
])('a true fact in Markdown is not flagged: %j', (body) => {
  expect(rules(body)).toEqual([]);
});

test('a finding names the line that its fact begins in, and a sentence with its first letter', () => {
  expect(checkGrounding(locateFacts(draft('All is well here.\nIt cost 77\nmillion euros.')))).toMatchObject([
    { line: 2, excerpt: 'It cost 77 million euros.' },
  ]);
});

test.each([
  ['It was 31 percent of 340 households, or 105.', { derived: 'allow' }, 'ungrounded-number'],
  ['It cost 4,200 thousand euros.', { derived: 'flag' }, undefined],
] as const)('sums: %s', (body, options, rule) => {
  const found = checkGrounding(locateFacts(draft(body)), options).map((finding) => finding.rule);
  if (rule === undefined) expect(found).toEqual([]);
  else expect(found).toContain(rule);
});

test('a wrong sum is shown with the right one beside it', () => {
  const source = makeArticleOf('Fares rose from £2.40 to £3.10 on 4 April 2022. The crossing takes 18 minutes.');
  const [wrong] = checkGrounding(locateFacts(draft('Fares rose by 90 pence.', source)));

  expect(locateFacts(draft('Fares rose by 70 pence.', source))[0]).toMatchObject({
    derived: '£3.10 − £2.40 = 70 pence',
  });
  expect(wrong?.message).toBe(
    'The number "90 pence" is in none of the sources; the sources give £3.10 − £2.40 = 70 pence',
  );
});

test('a share that follows from two figures is allowed, or flagged where the settings say so', () => {
  const source = makeArticleOf('Of 61 companies in the trial, 56 kept the shorter week after six months.');
  const facts = locateFacts(draft('In the trial 92 percent of the companies kept the shorter week.', source));

  expect(facts[0]).toMatchObject({ raw: '92 percent', derived: '56 ÷ 61 = 91.8 %' });
  expect(checkGrounding(facts, { derived: 'allow' })).toEqual([]);
  expect(checkGrounding(facts, { derived: 'flag' })).toMatchObject([{ rule: 'derived-number', severity: 'warning' }]);
});
