import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

/** Rules that speak of a sentence about a page of 2024-05-14. */
function rulesOf(lang: string, source: string, sentence: string): string[] {
  const article = { ...makeArticleOf(source, { lang }), publishedAt: '2024-05-14T09:00:00Z' };
  const facts = locateFacts(makeDraftOf(sentence, article));
  return checkGrounding(facts).map(({ rule }) => rule);
}

/** Language, source, the same fact in another notation, and a false one beside it. */
test.each<[string, string, string, string]>([
  // Months and days
  ['en', 'In March, the ferry was sold.', 'The ferry was sold in March.', 'The ferry was sold in June.'],
  ['en', 'Since October the pool is shut.', 'It has been shut since October.', 'It has been shut since August.'],
  ['de', 'Der Markt beginnt am 4. Mai.', 'Der Markt beginnt am 4.5. um zehn.', 'Der Markt beginnt am 4.6. um zehn.'],
  ['da', 'Festen er den 9. juni.', 'Festen er den 9.6. i parken.', 'Festen er den 9.7. i parken.'],
  // Masses, data, temperatures
  [
    'en',
    'The plant emits 7 million metric tons a year.',
    'The plant emits 7 Mt a year.',
    'The plant emits 9 Mt a year.',
  ],
  ['en', 'Ships carried 31 million tonnes.', 'Ships carried 31m tonnes.', 'Ships carried 37m tonnes.'],
  ['en', 'The link carries 3 Tb per second.', 'It carries three terabits per second.', 'It carries nine terabits.'],
  ['en', 'Heat the kiln to 482°F first.', 'Heat the kiln to 250 °C first.', 'Heat the kiln to 280 °C first.'],
  ['ko', '오븐을 섭씨 190도로 예열한다.', '오븐을 374°F로 예열한다.', '오븐을 350°F로 예열한다.'],
  // Spans of time
  ['en', 'The rebuild took ten years.', 'The rebuild took a decade.', 'The rebuild took a century.'],
  ['en', 'The tree is 50 years old.', 'The tree has stood for half a century.', 'The tree has stood for a decade.'],
  ['en', 'Stir for 45 seconds.', 'Stir for three quarters of a minute.', 'Stir for two thirds of a minute.'],
  ['en', 'The film runs 90 minutes.', 'The film runs an hour and a half.', 'The film runs two hours and a half.'],
  ['ko', '공연은 150분 동안 이어진다.', '공연은 2시간 반 동안 이어진다.', '공연은 3시간 반 동안 이어진다.'],
  ['ja', '公演は90分続く。', '公演は1時間半続く。', '公演は2時間半続く。'],
  ['de', 'Die Fahrt dauert 30 Minuten.', 'Die Fahrt dauert eine halbe Stunde.', 'Sie dauert 40 Minuten.'],
  ['de', 'Nach einer halben Stunde war Schluss.', 'Nach 30 Minuten war Schluss.', 'Nach 50 Minuten war Schluss.'],
  ['ko', '매출은 지난해 같은 달보다 줄었다.', '매출은 1년 전보다 줄었다.', '매출은 3년 전보다 줄었다.'],
  ['en', 'Sales fell from last year.', 'Sales were lower than a year ago.', 'Sales were lower than six years ago.'],
  ['ko', '협회는 해마다 두 차례 점검한다.', '협회는 한 해에 두 번 점검한다.', '협회는 한 해에 네 번 점검한다.'],
  ['ko', '보건소는 매주 세 번 문을 연다.', '보건소는 일주일에 세 번 문을 연다.', '일주일에 다섯 번 문을 연다.'],
  [
    'en',
    'The abbey was founded in 1734.',
    'The abbey was founded in the second quarter of the eighteenth century.',
    'The abbey was founded in the last quarter of the eighteenth century.',
  ],
  ['en', 'The mint opened in 1475.', 'The mint opened in the 1470s.', 'The mint opened in the 1430s.'],
  [
    'en',
    'The well was dug around 750 AD by monks.',
    'Monks dug the well in the eighth century.',
    'Monks dug the well in the sixth century.',
  ],
  [
    'en',
    'By the mid-17th century the port had 300 inns.',
    'Around 1650 the port had 300 inns.',
    'Around 1690 the port had 300 inns.',
  ],
  // Numbers in words, ranges, shares
  [
    'en',
    'The cave houses 250,000 bats.',
    'The cave houses a quarter of a million bats.',
    'The cave houses three quarters of a million bats.',
  ],
  ['en', 'The parser is 20% complete.', 'The parser is one fifth complete.', 'The parser is one sixth complete.'],
  [
    'en',
    'The fund holds $2 billion.',
    'The fund holds two thousand million dollars.',
    'It holds two thousand dollars.',
  ],
  ['en', 'Of the 25-34s, 40% rent.', 'Of 25- to 34-year-olds, 40% rent.', 'Of 25- to 44-year-olds, 40% rent.'],
  ['ko', '회원의 71%가 재가입했다.', '회원 열 명 중 일곱 남짓이 재가입했다.', '회원 열 명 중 아홉이 재가입했다.'],
  [
    'en',
    'Rents have risen by 50%.',
    'Rents are one and a half times what they were.',
    'Rents are two and a half times as high.',
  ],
  ['en', 'Fees rose by 100 percent.', 'Fees have doubled.', 'Fees have tripled.'],
  ['en', 'Her quote was $6,200. “We paid 14,000,” she said.', 'She paid $14,000.', 'She paid $41,000.'],
  ['en', 'The quote was €900. Then it went to 3 thousand.', 'It went to €3,000.', 'It went to €5,000.'],
])('%s: of "%s" it is true that "%s" and false that "%s"', (lang, source, right, wrong) => {
  const isFlagged = (sentence: string) => rulesOf(lang, source, sentence).some((rule) => rule !== 'unknown-name');
  expect([isFlagged(right), isFlagged(wrong)]).toEqual([false, true]);
});

const NAMES_EN =
  'Ruth Adler of the U.S. agency saw the Maple Trust in Canada, where the Portland Review and the F.B.I. met Tim Geller.';
const NAMES_KO = '노선을 늘리는 것에 반대한다고 대변인은 말했다. 산림청의 남궁석 대변인과 김도은 교수가 왔다.';

/** Names as they stand in other forms, and names that nobody has. */
test.each<[string, string, string, boolean]>([
  ['en', NAMES_EN, 'Because the Maple Trust met her, she left.', false],
  ['en', NAMES_EN, 'Across Canada the Maple Trust is known.', false],
  ['en', NAMES_EN, 'Despite Ruth Adler, they met.', false],
  ['en', NAMES_EN, 'She works for the United States.', false],
  ['en', NAMES_EN, 'The Canadian branch met the Federal Bureau of Investigation.', false],
  ['en', NAMES_EN, 'They met the Bureau of Federal Archives.', true],
  ['en', NAMES_EN, 'They met Tim Gellner.', true],
  ['en', NAMES_EN, 'It was in the hands of Gellert then.', true],
  ['en', NAMES_EN, 'It was in the hands of Geller then.', false],
  ['en', NAMES_EN, 'They were seen in Portlandia then.', true],
  ['de', 'Der Sieg in Japan war ihr letzter.', 'In Japan Schluss zu machen war ihr Wille.', false],
  ['de', 'Maria Behrens gewann in Japan.', 'Am Ende siegte Maria Behrend in Japan.', true],
  ['ko', NAMES_KO, '노선을 늘리면 도움이 된다고 대변인은 말했다.', false],
  ['ko', NAMES_KO, '이번 진화에 힘을 썼다고 대변인은 말했다.', false],
  ['ko', NAMES_KO, '김도은 교수가 왔다.', false],
  ['ko', NAMES_KO, '김도현 교수가 왔다.', true],
])('%s: of "%s" the names of "%s" are unknown: %s', (lang, source, sentence, isUnknown) => {
  expect(rulesOf(lang, source, sentence).includes('unknown-name')).toBe(isUnknown);
});
