import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

function isFlagged(lang: string, source: string, sentence: string): boolean {
  const article = { ...makeArticleOf(source, { lang }), publishedAt: '2024-11-14T09:00:00Z' };
  const facts = locateFacts(makeDraftOf(sentence, article));
  return checkGrounding(facts).some(({ severity }) => severity === 'error');
}

/** Sentences between two others, so that those are not neighbours. */
const FILLER = Array.from(
  { length: 34 },
  (_, at) => `Paragraph ${'abcdefghijklmnopqrstuvwxyz'[at % 26]} of the report deals with other matters entirely.`,
).join(' ');

/** Language, source, a sentence that follows from it, and one that does not. */
test.each<[string, string, string, string]>([
  // One figure is said, the other one is known
  [
    'en',
    'Next spring the firm wants to train another 240 drivers. It hired about 90 new people this spring.',
    'The 240 drivers of next spring are 150 above the number hired this spring.',
    'The 240 drivers of next spring are 170 above the number hired this spring.',
  ],
  [
    'en',
    'The council pledged in May to be car-free by 2038.',
    'The pledge leaves it 14 years from 2024.',
    'It has 17 years from 2024 on.',
  ],
  [
    'en',
    'Older lamps reach 1.6 kW. The new one is said to reach 8 kW.',
    'Eight kilowatts would be five times what is usual now.',
    'Eight kilowatts would be seven times what is usual now.',
  ],
  [
    'en',
    'The agency counted 7,412 nests on Monday. That is just short of the 2015 high of 7,690.',
    'The count of nests is 278 short of the high of 2015.',
    'The count of nests is 378 short of the high of 2015.',
  ],
  // Words that ask for a difference
  [
    'en',
    'It costs $42 at Rimowa and $51 at Alder.',
    'Alder asks nine dollars more than Rimowa.',
    'Alder asks six dollars more than Rimowa.',
  ],
  ['en', 'Her bill was $31,000, his $26,500.', 'Her bill exceeded his by $4,500.', 'Her bill exceeded his by $5,400.'],
  [
    'en',
    'Last week the club sold 812 seats, this week 655.',
    'It sold 157 fewer, a number that differs by 157.',
    'It differs by 175.',
  ],
  ['ko', '솔밭길은 폭이 6m에서 9m로 넓어졌다.', '솔밭길은 3m 넓어졌다.', '솔밭길은 4m 넓어졌다.'],
  ['ko', '터널 길이가 820m에서 560m로 바뀌었다.', '터널은 260m 짧아졌다.', '터널은 290m 짧아졌다.'],
  ['ko', '저수지 깊이가 40m에서 26m로 변했다.', '저수지는 깊이의 35%를 잃었다.', '저수지는 깊이의 45%를 잃었다.'],
  // Times of the day
  ['ja', '売店は午後8時まで開く。これまでは午後5時だった。', '閉店は3時間遅くなる。', '閉店は4時間遅くなる。'],
  [
    'ko',
    '매표소는 오전 8시에 연다. 지난달까지는 오전 10시에 열었다.',
    '매표소는 2시간 일찍 연다.',
    '매표소는 3시간 일찍 연다.',
  ],
  [
    'en',
    'The gates now close at 9 p.m. Until June they closed at 6 p.m.',
    'The gates close three hours later.',
    'The gates close five hours later.',
  ],
  // Shares of what a whole has, found among other figures
  [
    'en',
    `The chain opened about 60 new shops. It has about 210 in the north. ${FILLER} It has roughly 5,200 shops worldwide, including about 3,800 in Peru and 240 or so in Chile. There are nine in Lima.`,
    'Some 73 percent of the shops worldwide are in Peru.',
    'Some 61 percent of the shops worldwide are in Peru.',
  ],
  // Dates without their years
  [
    'en',
    'The appeal opened yesterday (Nov. 13) and runs until February 2025.',
    'The appeal runs for about three months.',
    'The appeal runs for about eight months.',
  ],
  // What each gets, also where the number of people stands elsewhere
  [
    'ko',
    '네 사람이 먹을 분량이다. 고기 600g과 무 200g을 넣는다.',
    '한 사람 몫의 고기는 150g이다.',
    '한 사람 몫의 고기는 170g이다.',
  ],
  [
    'en',
    'Serves four people. Take 600 g of beans and 200 g of rice.',
    'That is 150 g of beans per person.',
    'That is 180 g of beans per person.',
  ],
  ['ja', '宿は4軒あり、定員は合計280人だ。', '宿1軒あたりの定員は平均70人だ。', '宿1軒あたりの定員は平均85人だ。'],
  // The same rate for another amount
  [
    'ko',
    '이 펌프는 1분에 물 35L를 퍼낸다.',
    '이 펌프는 20분에 물 700L를 퍼낸다.',
    '이 펌프는 20분에 물 900L를 퍼낸다.',
  ],
  [
    'en',
    'The car uses 6 litres for 100 km.',
    'The car uses 30 litres for 500 km.',
    'The car uses 40 litres for 500 km.',
  ],
  // The rest of several parts
  [
    'ko',
    '기계 값 9억 4,000만 원 가운데 나라가 4억 1,000만 원, 도가 2억 2,000만 원을 대고 나머지는 농가가 낸다.',
    '농가가 내는 돈은 3억 1,000만 원이다.',
    '농가가 내는 돈은 3억 9,000만 원이다.',
  ],
  [
    'en',
    'Of the $940,000 the state pays $410,000 and the county $220,000; farmers pay the rest.',
    'The farmers pay $310,000.',
    'The farmers pay $390,000.',
  ],
  // Amounts for another span of time
  ['ko', '개장 나흘 만에 표 3만 6,000장이 팔렸다.', '하루 평균 9,000장이 팔렸다.', '하루 평균 7,000장이 팔렸다.'],
  ['ko', '1년짜리 회원권이다. 월 회비는 30만 원이다.', '1년 회비는 360만 원이다.', '1년 회비는 390만 원이다.'],
  ['en', 'The monthly fee is $45.', 'That makes a yearly fee of $540.', 'That makes a yearly fee of $640.'],
  // A share of a share, a price after a discount
  [
    'ko',
    '기본 이율은 연 3.2%다. 일찍 깨면 기본 이율의 절반만 준다.',
    '일찍 깨면 연 1.6%만 받는다.',
    '일찍 깨면 연 1.9%만 받는다.',
  ],
  [
    'en',
    'The base rate is 3.2%. Those who leave early get half of the base rate.',
    'Leaving early brings 1.6%.',
    'Leaving early brings 1.9%.',
  ],
  [
    'ko',
    '왕복 운임은 일반석 76만 원이다. 이달에 예약하면 운임을 25% 깎아 준다.',
    '예약하면 운임은 57만 원이다.',
    '예약하면 운임은 61만 원이다.',
  ],
  [
    'en',
    'A ticket costs $460. Members get a discount of 15%.',
    'With the discount a ticket costs $391.',
    'With the discount a ticket costs $419.',
  ],
])('%s: of "%s" it follows that "%s" and not that "%s"', (lang, source, right, wrong) => {
  expect([isFlagged(lang, source, right), isFlagged(lang, source, wrong)]).toEqual([false, true]);
});
