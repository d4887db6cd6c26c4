import { expect, test } from 'vitest';
import { findDates } from '../../../src/stages/check/dates/dates.ts';
import { readQuantities } from '../../../src/stages/check/quantities/read-quantities.ts';

/** Kind, dimension and value of each quantity, such as `plain money:usd 2300000`; of a range and a pair both values. */
function read(text: string, lang: string): string[] {
  return readQuantities(text, lang, findDates(text, lang)).map(({ kind, dimension, value, high, bound, code }) => {
    const shown = code ?? `${Number(value.toPrecision(8))}${high === value ? '' : `–${Number(high.toPrecision(8))}`}`;
    return `${kind} ${dimension} ${shown}${bound === 'exact' ? '' : ` ${bound}`}`;
  });
}

test.each<[string, readonly string[]]>([
  ['It has 12 berths.', ['plain count 12']],
  [
    'It rose by 4.5 percent, then 3 %, then 1 percentage point.',
    ['plain share 0.045', 'plain share 0.03', 'plain points 0.01'],
  ],
  [
    'It cost $1,200.50, € 30, £7 and ₩5000.',
    ['plain money:usd 1200.5', 'plain money:eur 30', 'plain money:gbp 7', 'plain money:krw 5000'],
  ],
  [
    '$2 million, $2.3m and 3bn euros',
    ['plain money:usd 2000000', 'plain money:usd 2300000', 'plain money:eur 3000000000'],
  ],
  ['1.1 billion people', ['plain count 1100000000']],
  ['5 km, 7 cm, 9 miles', ['plain length 5000', 'plain length 0.07', 'plain length 14484.096']],
  ['3 kg and 5 tonnes', ['plain mass 3000', 'plain mass 5000000']],
  ['6 MWh from 8 MW', ['plain energy 6000000', 'plain power 8000000']],
  ['between 25 and 30 minutes', ['range time 1500–1800']],
  ['25–30 minutes', ['range time 1500–1800']],
  ['One in three of the staff', ['share share 0.33333333']],
  ['nine companies in ten', ['share share 0.9']],
  ['56 out of 61', ['share share 0.91803279']],
  [
    'a third of it, two thirds of them, three quarters.',
    ['share share 0.33333333', 'share share 0.66666667', 'share share 0.75'],
  ],
  [
    'It doubled, then halved; four times as many came.',
    ['multiple multiple 2', 'multiple multiple 0.5', 'multiple multiple 4'],
  ],
  ['They won 4-2 and it was two all.', ['pair count 4–2', 'pair count 2']],
  ['every 15 minutes', ['rate interval 900']],
  ['twice a day', ['rate interval 43200']],
  ['Buses run from 11:30 pm to 5 am.', ['clock clock 1410', 'clock clock 300']],
  ['Version 2.4.1, call 555-0142', ['code code #2.4.1', 'code code #5550142']],
  ['two hundred and ten years', ['plain time 6627096000']],
  ['seven and a half percent', ['plain share 0.075']],
  ['three thousand nine hundred trees', ['plain count 3900']],
  ['half a million people', ['plain count 500000']],
  ['ten four', ['plain count 10', 'plain count 4']],
  [
    'about 2,900 people, more than 23,000 seats, nearly half of all',
    ['plain count 2900 about', 'plain count 23000 above', 'share share 0.5 below'],
  ],
  ['the seventh title and the 11th minute', ['ordinal ordinal 7', 'ordinal ordinal 11']],
  ['1 hour 20 minutes', ['plain time 4800']],
  ['half a kilo of flour', ['plain mass 500']],
  ['three and a half billion units, two and a half hours', ['plain count 3500000000', 'plain time 9000']],
  ['a two-and-a-half-hour class', ['plain time 9000']],
  ['He is in his early forties.', ['plain age 40']],
  ['They moved in their mid-30s.', ['plain age 30']],
  ['someone oneself phone', []],
  ['a third bus, the second half', ['ordinal ordinal 3', 'ordinal ordinal 2']],
])('English: %j', (text, expected) => {
  expect(read(text, 'en')).toEqual(expected);
});

test.each<[string, readonly string[]]>([
  ['4억 1,200만 원이 들었다', ['plain money:krw 412000000']],
  ['승객 41만 2천 명, 관중 2만 3417명', ['plain count 412000', 'plain count 23417']],
  ['230만 달러', ['plain money:usd 2300000']],
  ['3만 4만', ['plain count 30000', 'plain count 40000']],
  ['6백8만 명, 4천4백만 명, 7백15만 명', ['plain count 6080000', 'plain count 44000000', 'plain count 7150000']],
  ['1조 7천749억 원과 1조 7749억 원', ['plain money:krw 1774900000000', 'plain money:krw 1774900000000']],
  ['58만8천653명, 3.09억 명', ['plain count 588653', 'plain count 309000000']],
  ['2천5백 년', ['plain time 78894000000']],
  ['초속 50m, 시속 180km의 바람', ['plain speed 50', 'plain speed 50']],
  ['최대 순간 풍속 시속 35~45m', ['range speed 0.0097222222–0.0125']],
  ['30대 초반의 교사', ['plain age 30']],
  ['마흔여덟 개, 열두 명, 스무 살', ['plain count 48', 'plain count 12', 'plain time 631152000']],
  ['이백이십 살이다', ['plain time 6942672000']],
  ['소득의 3분의 2', ['share share 0.66666667']],
  ['다섯 그루 가운데 두 그루', ['share share 0.4']],
  ['세 배로 늘고 절반으로 줄었다', ['multiple multiple 3', 'share share 0.5']],
  ['4대 2로 이겼다', ['pair count 4–2']],
  ['25~30분이 걸린다', ['range time 1500–1800']],
  ['25분에서 30분이 걸린다', ['range time 1500–1800']],
  ['밤 11시 30분부터 새벽 5시까지', ['clock clock 1410', 'clock clock 300']],
  ['15분마다, 한 시간에 네 번', ['rate interval 900', 'rate interval 900']],
  ['1.5%p와 1.5퍼센트포인트', ['plain points 0.015', 'plain points 0.015']],
  ['일곱 번째 우승, 리그 3위', ['ordinal ordinal 7', 'ordinal ordinal 3']],
  ['관중은 3만 명이 넘었다', ['plain count 30000 above']],
])('Korean: %j', (text, expected) => {
  expect(read(text, 'ko')).toEqual(expected);
});

test.each<[string, string, readonly string[]]>([
  ['de', '1.500 Euro und 3,5 Mio. Euro', ['plain money:eur 1500', 'plain money:eur 3500000']],
  ['de', '1.500,50 Euro', ['plain money:eur 1500.5']],
  ['fr', '12 000 euros', ['plain money:eur 12000']],
  ['es', '2,5 millones de personas', ['plain count 2500000']],
  ['it', '7,5 %', ['plain share 0.075']],
  ['en', '12,34,567 rupees', ['plain money:inr 1234567']],
  ['ja', '230万', ['plain count 2300000']],
  ['zh', '3千5百万人', ['plain count 35000000']],
])('figures of a page in %s: %j', (lang, text, expected) => {
  expect(read(text, lang)).toEqual(expected);
});
