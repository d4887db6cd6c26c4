import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { checkStatements } from '../../../src/stages/check/statements/check-statements.ts';
import { makeArticleOf, makeBrief, makeDraftOf } from '../../helpers/make-brief.ts';

function rulesOf(body: string, source: string, lang = 'en'): string[] {
  const article = makeArticleOf(source, { lang });
  const draft = makeDraftOf(body, article);
  return [...checkGrounding(locateFacts(draft)), ...checkStatements(draft)]
    .map(({ rule }) => rule)
    .filter((rule) => rule !== 'unknown-name');
}

const EN =
  'The court approved the merger of both banks in the spring session. Exports of the valley were higher than imports in every year of the decade. ' +
  'The eastern branch employs 340 clerks and the western branch employs 190 clerks. The museum was the oldest building of the old town. ' +
  'The council is set to open a library in the former mill. Researchers think that the bridge may last another century with good care. ' +
  'The plant was closed before the flood reached the lower town. “We will not sell the forest to anybody, whatever they offer for it,” said mayor Irene Vogt.';
const KO =
  '시의회는 두 은행의 합병안을 봄 회기에 승인했다. 골짜기 마을의 수출은 지난 십 년 동안 수입보다 더 많았다. ' +
  '동부 지점에는 직원 340명이 일하고 서부 지점에는 직원 190명이 일한다. 시는 옛 방앗간에 도서관을 개관할 예정이다. ' +
  '연구진은 이 다리가 앞으로 백 년은 더 버틸 것으로 보인다고 설명했다.';

test.each([
  ['approval turned', 'The court rejected the merger of both banks in the spring session.', 'statement-opposite'],
  ['approval in another word', 'The court accepted the merger of both banks in its spring session.', undefined],
  [
    'a comparison turned',
    'Exports of the valley were lower than imports in every year of that decade.',
    'statement-trend',
  ],
  [
    'figures exchanged',
    'The eastern branch employs 190 clerks and the western branch 340 clerks.',
    'statement-subject',
  ],
  [
    'figures kept, branches turned',
    'The western branch employs 190 clerks and the eastern branch 340 clerks.',
    undefined,
  ],
  ['a superlative turned', 'The museum was the youngest building of the old town.', 'statement-opposite'],
  ['a plan as done', 'The council opened a library in the former mill.', 'statement-plan'],
  ['a plan in other words', 'The council is going to open a library in the former mill.', undefined],
  ['a guess as certain', 'The bridge lasts another century with good care, researchers say.', 'statement-hedge'],
  ['a guess in other words', 'The bridge might last another century with good care, researchers say.', undefined],
  ['before and after turned', 'The plant was closed after the flood reached the lower town.', 'statement-opposite'],
  ['before and after with clauses turned', 'The flood reached the lower town after the plant was closed.', undefined],
  [
    'another speaker by office',
    '“We will not sell the forest to anybody,” said a spokesman for the ministry.',
    'statement-speaker',
  ],
  ['the speaker kept', '“We will not sell the forest to anybody,” said Irene Vogt.', undefined],
  [
    'a not lost in an ellipsis',
    'Vogt said: “We will … sell the forest to anybody, whatever they offer.”',
    'ungrounded-quote',
  ],
  [
    'words left out by an ellipsis',
    'Vogt said: “We will not sell the forest … whatever they offer for it.”',
    undefined,
  ],
  [
    'parts of a quotation turned',
    'Vogt said: “whatever they offer for it … We will not sell the forest”.',
    'ungrounded-quote',
  ],
])('English, %s', (_name, body, rule) => {
  const found = rulesOf(body, EN);
  if (rule === undefined) expect(found).toEqual([]);
  else expect(found).toContain(rule);
});

test.each([
  ['승인을 거부로', '시의회는 두 은행의 합병안을 봄 회기에 거부했다.', 'statement-opposite'],
  ['승인 그대로', '시의회는 봄 회기에 두 은행의 합병안을 승인하였다.', undefined],
  ['더 많은 것을 더 적은 것으로', '골짜기 마을의 수출은 지난 십 년 동안 수입보다 더 적었다.', 'statement-opposite'],
  ['수를 맞바꿈', '동부 지점에는 직원 190명이, 서부 지점에는 직원 340명이 일한다.', 'statement-subject'],
  ['순서만 바꿈', '서부 지점에는 직원 190명이, 동부 지점에는 직원 340명이 일한다.', undefined],
  ['계획을 한 일로', '시는 옛 방앗간에 도서관을 개관했다.', 'statement-plan'],
  ['계획을 다른 말로', '시는 옛 방앗간에 도서관을 개관할 계획이다.', undefined],
])('Korean, %s', (_name, body, rule) => {
  const found = rulesOf(body, KO, 'ko');
  if (rule === undefined) expect(found).toEqual([]);
  else expect(found).toContain(rule);
});

test.each([
  ['en', 'The fair took place on March 2, 2022.', 'The fair took place on 3/2/2022.', true],
  ['en', 'The fair took place on March 2, 2022.', 'The fair took place on 4/2/2022.', false],
  ['en', 'The lease runs for 36 months from now.', 'The lease runs for 3 years from now.', true],
  ['en', 'The route is 26.2 miles or 42.2 kilometres long.', 'The route is 26 miles or 42.2 kilometres long.', true],
  [
    'en',
    'Output rose from 2.1 tonnes in 2023 to 3.8 tonnes.',
    'Output rose from 2.1 tonnes in 2023 to nearly 4 tonnes.',
    true,
  ],
  ['en', 'It began in 1957 as a small club of six.', 'It began in the fifties as a small club.', true],
  ['en', 'It began in 1957 as a small club of six.', 'It began in the eighties as a small club.', false],
  ['ko', '이 학교는 1955년에 문을 열었다.', '이 학교는 ’55년에 문을 열었다.', true],
  ['ko', '이 학교는 1955년에 문을 열었다.', '이 학교는 ’56년에 문을 열었다.', false],
  ['ko', '그는 18세에 고향을 떠났다.', '그는 18살에 고향을 떠났다.', true],
  ['ko', '그림은 956,000달러에 팔렸다.', '그림은 95만 6천여 달러에 팔렸다.', true],
  ['ko', '그림은 956,000달러에 팔렸다.', '그림은 85만 6천여 달러에 팔렸다.', false],
  ['ko', '제작비는 2000달러였다.', '제작비는 2000불밖에 들지 않았다.', true],
  ['ko', '응답자의 62%가 찬성했다.', '응답자의 62프로가 찬성했다.', true],
  ['ko', '응답자의 62%가 찬성했다.', '응답자의 72프로가 찬성했다.', false],
])('%s: %s %s', (lang, source, body, isTrue) => {
  const errors = rulesOf(body, source, lang).filter((rule) => rule.startsWith('ungrounded'));
  expect(errors.length === 0).toBe(isTrue);
});

const LONG = Array.from(
  { length: 60 },
  (_, index) => `Chapter ${index + 100} of the guide describes how much a walk of ${index + 3} hours costs in shoes.`,
).join(' ');

test('on a long page a share that some pair of figures happens to give is no derived figure', () => {
  const source = `${LONG} Of all visitors 80 percent came by train to the castle.`;
  expect(rulesOf('Three quarters of the visitors came by train to the castle.', source)).toContain('ungrounded-number');
  expect(rulesOf('The other 20 percent of the visitors did not come by train to the castle.', source)).not.toContain(
    'ungrounded-number',
  );
});

test.each([
  ['The team grew from 24 to 36 people last year.', 'The team grew by 50 percent.', '(36 − 24) ÷ 24 = 50 %'],
  ['The pass costs 120 euros for a year.', 'Half a year has 60 euros of it at 50 percent.', undefined],
  ['They polled 1,240 farmers; 35 percent use drones.', 'About 434 farmers use drones.', '35 percent × 1,240 = 434'],
  [
    'The bakery sold 300 loaves on Monday and 500 loaves on Friday.',
    'On average it sold 400 loaves on both days.',
    '÷ 2',
  ],
  ['직원은 120명에서 150명으로 늘었다.', '직원은 25퍼센트 늘었다.', '÷ 120명 = 25 %'],
])('a sum is shown with its figures: %s %s', (source, body, sum) => {
  const article = makeArticleOf(source, { lang: /[가-힣]/.test(source) ? 'ko' : 'en' });
  const draft = {
    brief: makeBrief({ articles: [article] }),
    content: { title: '', description: '', slug: '', tags: [], body },
    digest: false,
    provenance: {} as never,
  };
  const derived = locateFacts(draft).flatMap((fact) => fact.derived ?? []);
  if (sum === undefined) expect(derived.join()).not.toContain('×');
  else expect(derived.join()).toContain(sum);
});

test.each([
  `"That is a huge part of the voters," Chisholm said. He left. The mayor spoke.`,
  'A note of our own: “Dance of the Letters today” is what The Magazine brings.',
])('a sentence that stands in the source as it is gets no warning: %s', (source) => {
  expect(rulesOf(source, `Before it something else was told. ${source} Afterwards it rained.`)).toEqual([]);
});
