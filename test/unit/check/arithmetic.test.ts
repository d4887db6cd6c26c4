import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

/** `shown` where a figure is derived, `wrong` where one is flagged, `fine` where all stand in the source. */
function judged(sentence: string, source: string, lang: string): string {
  const facts = locateFacts(makeDraftOf(sentence, { ...makeArticleOf(source, { lang }), publishedAt: '2024-05-14' }));
  if (checkGrounding(facts).some(({ severity }) => severity === 'error')) return 'wrong';
  return facts.some(({ derived }) => derived !== undefined) ? 'shown' : 'fine';
}

const EN =
  'The orchard sold apples for $120,000 and pears for $75,000. The stall asks $39 on Harbour Street and $35 at the market. ' +
  'The north hall scored 734 points and the south hall 721, well above the average of 691. Residents pay $40,536 for the course. Guests pay $59,011 for the course. ' +
  'The yard was 56 °C, double the 28 °C of the lane nearby. Some 48% of adults have the disease; 8% have a severe form. ' +
  'They chose 276 volunteers and split them into two groups. The fund pays out $200 million a year, and each firm may have $2 million. ' +
  'The rule reserves 50% of income for needs. It lets people spend 30% as they like. The rest, 20%, is saved. The clinic is open from 8 am to 5 pm.';

test.each<[string, string]>([
  ['Apples brought in $45,000 more than pears.', 'shown'],
  ['Apples brought in $55,000 more than pears.', 'wrong'],
  ['At the market it costs 4 dollars less than on Harbour Street.', 'shown'],
  ['At the market it costs 9 dollars less than on Harbour Street.', 'wrong'],
  ['The north hall scored 13 points more than the south hall.', 'shown'],
  ['The north hall scored 23 points more than the south hall.', 'wrong'],
  ['The north hall was 43 points above the average.', 'shown'],
  ['Guests pay $18,475 more than residents for the course.', 'shown'],
  ['Guests pay $19,475 more than residents for the course.', 'wrong'],
  ['The yard was 28 degrees hotter than the lane.', 'fine'], // the lane had 28 as well
  ['The yard was 38 degrees hotter than the lane.', 'wrong'],
  ['Roughly one in six of the adults with the disease has a severe form.', 'shown'],
  ['Each of the two groups had 138 volunteers.', 'shown'],
  ['Each of the two groups had 148 volunteers.', 'wrong'],
  ['The $200 million of a year are enough for a hundred firms.', 'shown'],
  ['The $200 million of a year are enough for 250 firms.', 'wrong'],
  ['Needs and free spending together take 80% of income.', 'shown'],
  ['Needs and free spending together take 90% of income.', 'wrong'],
  ['Savings of 20% and free spending of 30% together make up 50 percent of income.', 'fine'],
  ['Savings of 20% and free spending of 30% together make up 60 percent of income.', 'wrong'],
  ['Half of the volunteers would be 138 people.', 'shown'],
  ['A third of the volunteers are 92 people.', 'shown'],
  ['A third of the volunteers are 82 people.', 'wrong'],
  ['The clinic is open for nine hours.', 'shown'],
  ['The clinic is open for eleven hours.', 'wrong'],
])('English: %s is %s', (sentence, expected) => {
  expect(judged(sentence, EN, 'en')).toBe(expected);
});

const KO =
  '수확량은 사과(120톤), 배 (75톤), 감(40톤) 순이었다. 3월에는 90만 명, 8월에는 30만 명이 방문했다. 책은 7일 동안 빌릴 수 있고 5일 더 연장할 수 있다. ' +
  '시내 학교 4곳에 학생 2480명이 다닌다. 참여율은 지난해보다 4.2%p 증가한 31.5%다. 올해 누적 방문객은 98만7천 명으로 100만 명을 바라본다. 역은 1950년 문을 열어 1962년 이전했다. ' +
  '수영장은 오전 6시부터 오후 9시까지 개방된다. 순찰차 6대와 구급차 3대를 새로 들인다. 승점 12점인 서부가 8점인 동부를 앞섰다.';

test.each<[string, string]>([
  ['사과와 배의 수확량 차이는 45톤이다.', 'shown'],
  ['사과와 배의 수확량 차이는 55톤이다.', 'wrong'],
  ['3월 방문객은 8월의 3배였다.', 'shown'],
  ['3월 방문객은 8월의 4배였다.', 'wrong'],
  ['연장하면 모두 12일 동안 빌릴 수 있다.', 'shown'],
  ['연장하면 모두 15일 동안 빌릴 수 있다.', 'wrong'],
  ['학교 한 곳당 학생은 620명꼴이다.', 'shown'],
  ['학교 한 곳당 학생은 720명꼴이다.', 'wrong'],
  ['지난해 참여율은 27.3%였다.', 'shown'],
  ['지난해 참여율은 25.3%였다.', 'wrong'],
  ['누적 방문객 100만 명까지는 1만3천 명이 남았다.', 'shown'],
  ['역은 개통 12년 뒤에 이전했다.', 'shown'],
  ['역은 개통 15년 뒤에 이전했다.', 'wrong'],
  ['수영장은 하루 15시간 개방된다.', 'shown'],
  ['수영장은 하루 13시간 개방된다.', 'wrong'],
  ['순찰차와 구급차를 합쳐 9대를 들인다.', 'shown'],
  ['순찰차 6대와 구급차 3대를 합쳐 11대를 들인다.', 'wrong'],
  ['서부는 동부보다 승점이 4점 많다.', 'shown'],
  ['승점 12점인 서부는 8점인 동부보다 승점이 6점 많다.', 'wrong'],
])('Korean: %s is %s', (sentence, expected) => {
  expect(judged(sentence, KO, 'ko')).toBe(expected);
});

/** Sources of several kinds on a page of 2024-05-14: a right and a wrong calculation of which the sentence's words do not speak. */
test.each<[string, string, string, string]>([
  // Two figures said together
  [
    'en',
    'The tram carried 63 passengers and three staff.',
    'There were 66 people on the tram.',
    'There were 69 people on the tram.',
  ],
  [
    'en',
    'The check takes 42 seconds instead of 66.',
    'The check is 24 seconds faster.',
    'The check is 28 seconds faster.',
  ],
  ['en', 'Entry is 12 euros, and 7.50 for pupils.', 'Pupils save 4.50 euros.', 'Pupils save 5.20 euros.'],
  ['ko', '시험에서 74.2%가 합격했고 14.1%가 불합격했다.', '결시한 사람은 11.7%다.', '결시한 사람은 13.7%다.'],
  [
    'en',
    'There were 290 thefts, down from 400 the year before.',
    'Thefts fell by 27.5 percent.',
    'Thefts fell by 33.5 percent.',
  ],
  ['ko', '결승에서 동부가 17-12로 이겼다.', '두 팀은 모두 29점을 냈다.', '두 팀은 모두 27점을 냈다.'],
  [
    'de',
    'Die Kosten stiegen von 2,9 auf 3,6 Milliarden Euro.',
    'Sie stiegen um 700 Millionen Euro.',
    'Sie stiegen um 900 Millionen Euro.',
  ],
  ['ko', '전시관은 3개 층이며 전시실은 15개다.', '층과 전시실을 합쳐 18개다.', '전시관은 전시실이 18개다.'],
  // What is left of a share
  [
    'fr',
    'Les vélos font 64 % des trajets.',
    'Les autres modes font 36 % des trajets.',
    'Les autres modes font 46 % des trajets.',
  ],
  ['ko', '손님의 70%는 이웃 도시에서 온다.', '손님의 30%는 시민이다.', '손님의 40%는 시민이다.'],
  // Ages and times
  [
    'en',
    'Edith Marlow was born in 1881 and died in 1958.',
    'Marlow died at the age of 77.',
    'Marlow died at the age of 87.',
  ],
  [
    'en',
    'Ilse Verhoef has led the team since 2016.',
    'Verhoef has led the team for eight years.',
    'Verhoef has led the team for eleven years.',
  ],
  ['ko', '식당은 1962년에 문을 열었다.', '식당은 62년째 영업하고 있다.', '식당은 58년째 영업하고 있다.'],
  ['ja', '探査機は2007年に造られた。', '探査機は17年前に造られた。', '探査機は21年前に造られた。'],
  [
    'fr',
    'Le projet a duré du 21 juin au 15 novembre 2023.',
    'Le projet a duré près de 5 mois.',
    'Le projet a duré près de 9 mois.',
  ],
  // Products and quotients
  [
    'en',
    'They chose 4 studies, each with a cap of $350 million.',
    'The studies may cost $1.4 billion.',
    'The studies may cost $1.9 billion.',
  ],
  [
    'de',
    'Es sind 3 Anlagen mit jeweils 200 MW.',
    'Zusammen leisten die Anlagen 600 MW.',
    'Zusammen leisten die Anlagen 800 MW.',
  ],
  ['ja', '新しい路線は3つで、いずれも週7便だ。', '新しい路線は合わせて21便だ。', '新しい路線は合わせて24便だ。'],
  [
    'en',
    'Firms pay 1,800 euros a year for a seat.',
    'A seat costs 150 euros a month.',
    'A seat costs 180 euros a month.',
  ],
  [
    'en',
    'The probe flew 352 million miles in 253 days.',
    'It flew about 1.39 million miles a day.',
    'It flew about 1.69 million miles a day.',
  ],
  [
    'en',
    'The picture measures 2.4 by 3.6 metres.',
    'The picture covers 8.64 square metres.',
    'The picture covers 9.44 square metres.',
  ],
  ['en', 'The file shrank by 20 percent to 36 MB.', 'The file was 45 MB before.', 'The file was 52 MB before.'],
  ['en', 'It fetched £330,000, three times its estimate.', 'The estimate was £110,000.', 'The estimate was £140,000.'],
])('%s: of "%s" it follows that "%s" and not that "%s"', (lang, source, right, wrong) => {
  expect([right, wrong].map((sentence) => judged(sentence, source, lang))).toEqual(['shown', 'wrong']);
});
