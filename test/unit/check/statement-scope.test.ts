import { expect, test } from 'vitest';
import { checkStatements } from '../../../src/stages/check/statements/check-statements.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

function rulesOf(body: string, source: string, lang: string): string[] {
  return checkStatements(makeDraftOf(body, makeArticleOf(source, { lang }))).map(({ rule }) => rule);
}

const EN =
  'Most of the harbour cafes close during the winter months. Some islands have running water from the mountain springs. Visitors may bring dogs into the palm garden. ' +
  'Both methods worked equally well in treating the leaf disease. Firm Odra built the long tunnel under the northern strait. Firm Vesta built the wooden bridge over the southern canal. ' +
  'The more rain falls on the slope, the more water the old dam holds back. The keeper did not open the iron gate during the storm. ' +
  'The railway company will extend the coastal line to the fishing port. All of the tenants complained about the broken heating last winter.';

test.each<[string, string | undefined]>([
  ['All of the harbour cafes close during the winter months.', 'statement-scope'],
  ['Most harbour cafes close in the winter months.', undefined],
  ['Every island has running water from the mountain springs.', 'statement-scope'],
  ['Twelve harbour cafes in all close during the winter months.', undefined],
  ['Several islands have running water from the mountain springs.', undefined],
  ['Visitors may only bring dogs into the palm garden.', 'statement-scope'],
  ['One method worked better than the other in treating the leaf disease.', 'statement-scope'],
  ['The two methods worked equally well against the leaf disease.', undefined],
  ['Firm Vesta built the long tunnel under the northern strait.', 'statement-name'],
  ['The long tunnel under the northern strait was built by Odra.', undefined],
  ['The more rain falls on the slope, the less water the old dam holds back.', 'statement-opposite'],
  ['The keeper opened the iron gate during the storm.', 'statement-polarity'],
  ["The keeper didn't open the iron gate in the storm.", undefined],
  ['The railway company has already extended the coastal line to the fishing port.', 'statement-plan'],
  ['Only one of the tenants complained about the broken heating last winter.', 'statement-scope'],
])('English: "%s" is %s', (sentence, rule) => {
  expect(rulesOf(sentence, EN, 'en')).toEqual(rule === undefined ? [] : [rule]);
});

const KO =
  '일부 섬 주민은 산에서 내려오는 물을 마신다. 수목원은 누구나 이용할 수 있고 반려견도 데려갈 수 있다. 동부군이 서부군의 진격을 막으려고 다리를 폭파했다. ' +
  '해안선은 1931년에 개통됐다. 내륙선은 1936년에 개통됐다. 방문객은 가람산(715만 명), 한빛산(397만 명), 누리산(336만 명) 순이었다. ' +
  '도서관은 오는 봄에 문을 열 예정이다. 김하늘의 동점골과 박바다의 결승골로 이겼다. 조합은 새 규칙을 만장일치로 승인했다.';

test.each<[string, string | undefined]>([
  ['모든 섬 주민은 산에서 내려오는 물을 마신다.', 'statement-scope'],
  ['섬 주민 모두 열두 명은 산에서 내려오는 물을 마신다.', undefined],
  ['섬 주민 일부는 산에서 내려오는 물을 마신다.', undefined],
  ['수목원은 회원만 이용할 수 있고 반려견도 데려갈 수 있다.', 'statement-scope'],
  ['서부군이 동부군의 진격을 막으려고 다리를 폭파했다.', 'statement-roles'],
  ['동부군이 서부군의 진격을 막으려고 다리를 폭파했다고 한다.', undefined],
  ['내륙선은 해안선보다 먼저 개통됐다.', 'statement-rank'],
  ['해안선은 내륙선보다 먼저 개통됐다.', undefined],
  ['누리산은 한빛산보다 많은 방문객을 맞았다.', 'statement-rank'],
  ['가람산은 한빛산보다 많은 방문객을 맞았다.', undefined],
  ['박바다의 동점골과 김하늘의 결승골로 이겼다.', 'statement-roles'],
  ['조합은 새 규칙을 만장일치로 부결했다.', 'statement-opposite'],
])('Korean: "%s" is %s', (sentence, rule) => {
  expect(rulesOf(sentence, KO, 'ko')).toEqual(rule === undefined ? [] : [rule]);
});
