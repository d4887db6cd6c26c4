import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

/** What is found wrong with a sentence about a page that was published on a day. */
function wrong(sentence: string, source: string, { lang = 'en', published }: { lang?: string; published?: string }) {
  const article = {
    ...makeArticleOf(source, { lang }),
    ...(published === undefined ? {} : { publishedAt: published }),
  };
  return checkGrounding(locateFacts(makeDraftOf(sentence, article))).flatMap(({ rule, severity }) =>
    severity === 'error' ? [rule] : [],
  );
}

const EN =
  'The bridge of Tarn opened on Friday, November 7, 2025. Rhazes wrote of it in the 10th century, and copies reached Fez in the 15th century. ' +
  'The firm was founded in 1988 and grew in the early 1990s. Sales fell in the third quarter of 2024. The shop opens Mon–Fri. The study came out on Wednesday. It all began last year.';
const KO =
  '시의회는 지난 23일 예산을 의결했다. 도서관은 오는 26일 개관한다. 비는 내일 아침까지 내린다. 공사는 지난해 끝났다. 2005년 12월 16일(금)에 문을 열었다. 매출은 3분기에 줄었다. 운영은 월~금에만 한다.';

test.each<[string, boolean]>([
  ['The bridge opened on 7 November 2025, a Friday.', true],
  ['The bridge opened on Friday, 7 November.', true],
  ['The bridge opened early in November 2025.', true],
  ['The bridge opened on Monday, November 7, 2025.', false],
  ['The bridge opened on Sunday, 7 November 2025.', false],
  ['Rhazes wrote of it in the tenth century.', true],
  ['Rhazes wrote of it in the 900s.', true],
  ['Rhazes wrote of it in the eleventh century.', false],
  ['Copies reached Fez in the 1400s.', true],
  ['Copies reached Fez in the 1500s.', false],
  ['The firm was founded in the late 1980s.', true],
  ['The firm was founded in the early 1980s.', false],
  ['The firm grew in the early nineties.', true],
  ['The firm grew in the late 1990s.', false],
  ['Sales fell in Q3 2024.', true],
  ['Sales fell in the fourth quarter of 2024.', false],
  ['Sales fell in Q2.', false],
  ['The shop opens from Monday to Friday.', true],
  ['The shop is open on Thursday.', true],
  ['The shop is open on Sunday.', false],
  ['The study came out on Nov. 12, 2025.', true],
  ['The study came out on November 10, 2025.', false],
  ['It all began in 2024.', true],
  ['It all began in 2023.', false],
  ['On Black Friday the shop sells more.', true],
])('English, published on Friday 14 November 2025: %s is true: %s', (sentence, isTrue) => {
  expect(wrong(sentence, EN, { published: '2025-11-14T09:00:00Z' })).toHaveLength(isTrue ? 0 : 1);
});

test.each<[string, boolean]>([
  ['시의회는 9월 23일 예산을 의결했다.', true],
  ['시의회는 2019년 9월 23일 예산을 의결했다.', true],
  ['시의회는 9월 25일 예산을 의결했다.', false],
  ['도서관은 2019년 10월 26일 개관한다.', true],
  ['도서관은 11월 26일 개관한다.', false],
  ['비는 10월 3일 아침까지 내린다.', true],
  ['공사는 2018년에 끝났다.', true],
  ['공사는 2017년에 끝났다.', false],
  ['2005년 12월 16일 금요일에 문을 열었다.', true],
  ['2005년 12월 16일 토요일에 문을 열었다.', false],
  ['매출은 4분기에 줄었다.', false],
  ['목요일에도 운영한다.', true],
  ['일요일에도 운영한다.', false],
])('Korean, published on 2 October 2019: %s is true: %s', (sentence, isTrue) => {
  expect(wrong(sentence, KO, { lang: 'ko', published: '2019-10-02' })).toHaveLength(isTrue ? 0 : 1);
});

test.each<[string, string, string, boolean]>([
  ['de', 'Das Haus entstand 1984 am Hang.', 'Das Haus entstand in den 1980er Jahren.', true],
  ['de', 'Das Haus entstand 1984 am Hang.', 'Das Haus entstand in den 1970er Jahren.', false],
  ['fr', 'La maison fut construite en 1984.', 'La maison date des années 1980.', true],
  ['fr', 'La maison fut construite en 1984.', 'La maison date des années 70.', false],
  ['es', 'La casa se construyó en 1984.', 'La casa es de los años 80.', true],
  ['de', 'Der Markt öffnet am Dienstag.', 'Der Markt öffnet am Mittwoch.', false],
  ['fr', 'Le marché ouvre le mardi.', 'Le marché ouvre le mardi matin.', true],
  ['ja', '1984年に建てられた。', '1980年代に建てられた家だ。', true],
])('%s: of "%s" it is said "%s", which is true: %s', (lang, source, sentence, isTrue) => {
  expect(wrong(sentence, source, { lang })).toHaveLength(isTrue ? 0 : 1);
});
