import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { checkStatements } from '../../../src/stages/check/statements/check-statements.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

function draftOf(body: string, source: string, lang: string) {
  return makeDraftOf(body, makeArticleOf(source, { lang }));
}

const rulesOf = (body: string, source: string, lang: string) =>
  checkStatements(draftOf(body, source, lang)).map(({ rule }) => rule);
const errorsOf = (body: string, source: string, lang: string) =>
  checkGrounding(locateFacts(draftOf(body, source, lang))).filter(({ severity }) => severity === 'error').length;

const EN =
  'Ferry bookings reached 48,300 in spring, rising by 14% on the year, while bus tickets slipped by 6%. The port of Lunde is the third largest harbour on the coast. ' +
  'Repairs on the quay lag behind repairs on the bridge. Call the lock keeper by radio, not by phone. The new berth has a different number but the same depth. ' +
  'The old rope factory was removed from the list of monuments. The G.H. Tornes yard is the new owner of the Havna dock.';

test.each<[string, string | undefined]>([
  ['Ferry bookings dropped by 14%.', 'statement-trend'],
  ['Bookings for the ferry went up 14%.', undefined],
  ['Bus tickets rose by 6%.', 'statement-trend'],
  ['Sales of bus tickets fell 6%.', undefined],
  ['The largest harbour on the coast is the port of Lunde.', 'statement-rank'],
  ['Lunde is the third largest harbour on the coast.', undefined],
  ['Repairs on the bridge lag behind repairs on the quay.', 'statement-roles'],
  ['Repairs on the quay lag behind those on the bridge.', undefined],
  ['Call the lock keeper by phone, not by radio.', 'statement-roles'],
  ['The new berth has a different depth but the same number.', 'statement-roles'],
  ['The new berth has the same depth but a different number.', undefined],
  ['The old rope factory was added to the list of monuments.', 'statement-opposite'],
  ['The Havna dock is the new owner of the G.H. Tornes yard.', 'statement-roles'],
])('English: "%s" is %s', (sentence, rule) => {
  expect(rulesOf(sentence, EN, 'en')).toEqual(rule === undefined ? [] : [rule]);
});

const KO =
  '등대 관람객은 지난해보다 12.4% 늘었지만 해양박물관 관람객은 7.8% 줄었다. 입장료 인상에 반대한다는 응답이 61.5%, 찬성한다는 응답이 24.3%로 나타났다. ' +
  '항만공사가 해운조합에 조사를 맡겼다. 예상 사업비는 340억 원으로 잠정 집계됐다.';

test.each<[string, string | undefined]>([
  ['등대 관람객은 12.4% 감소했다.', 'statement-trend'],
  ['등대를 찾은 사람은 1년 사이 12.4% 증가했다.', undefined],
  ['해양박물관 관람객은 7.8% 증가했다.', 'statement-trend'],
  ['입장료 인상에 찬성한다는 응답이 61.5%였다.', 'statement-subject'],
  ['인상에 반대하는 응답은 61.5%였다.', undefined],
  ['해운조합이 항만공사에 조사를 맡겼다.', 'statement-roles'],
  ['항만공사가 조사를 해운조합에 맡겼다.', undefined],
  ['예상 사업비는 340억 원으로 최종 확정됐다.', 'statement-opposite'],
])('Korean: "%s" is %s', (sentence, rule) => {
  expect(rulesOf(sentence, KO, 'ko')).toEqual(rule === undefined ? [] : [rule]);
});

test.each<[string, string, string, string | undefined]>([
  [
    'de',
    'Der Absatz von Öfen sank um 9 Prozent, der von Pumpen wuchs um 42 Prozent.',
    'Der Absatz von Öfen stieg um 9 Prozent.',
    'statement-trend',
  ],
  [
    'de',
    'Der Absatz von Öfen sank um 9 Prozent, der von Pumpen wuchs um 42 Prozent.',
    'Bei Öfen ging der Absatz um 9 Prozent zurück.',
    undefined,
  ],
  [
    'fr',
    'Le taux a reculé de 4,6 % cette saison, selon la région.',
    'Selon la région, le taux a augmenté de 4,6 %.',
    'statement-trend',
  ],
  [
    'es',
    'Las ventas de bicicletas bajaron un 8,3 % durante el otoño.',
    'Las ventas de bicicletas aumentaron un 8,3 %.',
    'statement-trend',
  ],
  [
    'ja',
    '入館者は前月より4.8%増え、前年同月より11.2%減った。',
    '入館者は前年同月より11.2%増えました。',
    'statement-trend',
  ],
  ['ja', '入館者は前月より4.8%増え、前年同月より11.2%減った。', '入館者は前月より4.8%増加しました。', undefined],
])('%s: of "%s", "%s" is %s', (lang, source, sentence, rule) => {
  expect(rulesOf(sentence, source, lang)).toEqual(rule === undefined ? [] : [rule]);
});

const PHONE = 'The redesigned Tern UI 7 runs on the Kestrel X40, which is IP68-rated and weighs 218 g.';

test.each<[string, number]>([
  ['Tern UI 8 was redesigned.', 1],
  ['Tern UI 7 was redesigned.', 0],
  ['The phone is IP67-rated.', 1],
  ['The phone is IP68-rated.', 0],
  ['The Kestrel X50 weighs 218 g.', 1],
  ['In its class the Kestrel X40 is light.', 0],
])('names that end with a number: "%s" has %i errors', (sentence, count) => {
  expect(errorsOf(sentence, PHONE, 'en')).toBe(count);
});

test.each<[string, string, string, number]>([
  ['en', 'The tax is 6 1/2% and the fee 2½%.', 'The tax comes to 6.5%, the fee to 2.5%.', 0],
  ['en', 'The tax is 6 1/2% and the fee 2½%.', 'The tax comes to 7.5%.', 1],
  ['es', 'Los pueblos cuentan 1’396.342 casas.', 'Son 1.396.342 casas.', 0],
  ['es', 'Los pueblos cuentan 1’396.342 casas.', 'Son 1.369.342 casas.', 1],
  ['ja', '全体に占める割合は86.3%だった。', '全体の86.3パーセントです。', 0],
  ['fr', 'Leur part a baissé de 23,1 % en 2018 à 10 % en 2019.', 'Leur part a reculé de 13,1 points.', 0],
  ['fr', 'Leur part a baissé de 23,1 % en 2018 à 10 % en 2019.', 'Leur part a reculé de 15,1 points.', 1],
  ['ko', '반대가 53.8%, 찬성이 35.2%였다.', '찬성도 반대도 아닌 응답은 11.0%였다.', 0],
  ['ko', '반대가 53.8%, 찬성이 35.2%였다.', '찬성도 반대도 아닌 응답은 16.0%였다.', 1],
  ['ko', '연간 이익은 3075억원이다. 4분기 이익은 760억원이다.', '1~3분기 이익을 합치면 2,315억 원인 셈이다.', 0],
  [
    'en',
    'Of the 383 makers (89 or 23%) are in the North. The next cluster (57 or 15%) is in the South.',
    'The North has 32 more makers than the South.',
    0,
  ],
  [
    'en',
    'Tolva, Ribe, 3,500. Tolva, Asker, 2,500. Tolva, Moss, 1,300. Other, Bodo, 900.',
    'The three Tolva plants employ 7,300 people.',
    0,
  ],
  [
    'en',
    'Tolva, Ribe, 3,500. Tolva, Asker, 2,500. Tolva, Moss, 1,300. Other, Bodo, 900.',
    'The three Tolva plants employ 7,900 people.',
    1,
  ],
])('%s: of "%s", "%s" has %i errors', (lang, source, sentence, count) => {
  expect(errorsOf(sentence, source, lang)).toBe(count);
});
