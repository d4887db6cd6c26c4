import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

/** Whether a sentence about a page of 2024-05-14, a Tuesday, has an error. */
function isFlagged(lang: string, source: string, sentence: string): boolean {
  const article = { ...makeArticleOf(source, { lang }), publishedAt: '2024-05-14T09:00:00Z' };
  const facts = locateFacts(makeDraftOf(sentence, article));
  return checkGrounding(facts).some(({ severity }) => severity === 'error');
}

/** Language, source, the same fact in another notation, and a false one beside it. */
test.each<[string, string, string, string]>([
  // Names and sizes of units in other languages
  ['de', 'Der See misst 12 Quadratkilometer.', 'Der See misst 1.200 Hektar.', 'Der See misst 1.300 Hektar.'],
  ['de', 'Die Fahrt dauert 90 Minuten.', 'Die Fahrt dauert 1,5 Stunden.', 'Die Fahrt dauert 2,5 Stunden.'],
  ['fr', 'La route mesure 2,5 kilomètres.', 'La route mesure 2500 mètres.', 'La route mesure 3500 mètres.'],
  ['es', 'El trayecto dura 90 minutos.', 'El trayecto dura 1,5 horas.', 'El trayecto dura 2,5 horas.'],
  ['ja', '橋の長さは1200メートルだ。', '橋の長さは1.2キロだ。', '橋の長さは1.4キロだ。'],
  ['ja', '体長は約3.5センチだ。', '体長は35ミリほどだ。', '体長は45ミリほどだ。'],
  ['zh', '公园占地3平方公里。', '公园占地300公顷。', '公园占地400公顷。'],
  ['en', 'Add 1.2 litres of water.', 'Add 1,200 mL of water.', 'Add 1,400 mL of water.'],
  // Magnitudes and currencies
  [
    'fr',
    'Le pont a coûté 3,4 millions d’euros.',
    'Le pont a coûté 3 400 000 euros.',
    'Le pont a coûté 4 300 000 euros.',
  ],
  ['fr', 'Le pont a coûté 3,4 millions d’euros.', 'La facture : 3,4 M€.', 'La facture : 4,3 M€.'],
  ['de', 'Das Werk kostet 2,4 Milliarden Dollar.', 'Es kostet 2,4 Mrd. US-Dollar.', 'Es kostet 2,4 Mio. US-Dollar.'],
  ['de', 'Es kamen 900.000 Menschen.', 'Es kam fast eine Million Menschen.', 'Es kamen 9.000.000 Menschen.'],
  ['zh', '出口达到3.1万亿元。', '出口超过3万亿元。', '出口超过4万亿元。'],
  ['ko', '피해액은 1,300여만 원이다.', '피해액은 약 1300만 원이다.', '피해액은 약 1700만 원이다.'],
  [
    'en',
    'A ticket costs $12.40.',
    'A ticket costs 12 dollars and 40 cents.',
    'A ticket costs 12 dollars and 60 cents.',
  ],
  // Rounding
  ['ko', '매출은 3847억 원이다.', '매출은 약 3850억 원이다.', '매출은 약 3950억 원이다.'],
  ['ko', '매출은 3747억 원이다.', '매출은 3700억 원이 넘는다.', '매출은 3900억 원이 넘는다.'],
  ['en', 'It drew 139 million viewers.', 'It drew about 140 million viewers.', 'It drew about 160 million viewers.'],
  ['de', 'Der Turm ist 264 Meter hoch.', 'Der Turm ist über 260 Meter hoch.', 'Der Turm ist über 270 Meter hoch.'],
  ['es', 'La tasa fue de 6,2%.', 'La tasa superó el 6%.', 'La tasa superó el 7%.'],
  ['ja', '来場者は417万人だった。', '来場者は400万人を超えた。', '来場者は500万人を超えた。'],
  [
    'en',
    'The fair ran for 17 days.',
    'The fair ran for two and a half weeks.',
    'The fair ran for three and a half weeks.',
  ],
  // Shares
  ['ja', '客の3割は県外からだ。', '客の30％は県外からだ。', '客の40％は県外からだ。'],
  ['ja', '費用の25％を県が出す。', '費用の4分の1を県が出す。', '費用の3分の1を県が出す。'],
  ['en', 'Some 21% are men.', 'Just over a fifth are men.', 'Just over a third are men.'],
  ['ko', '응답자의 21.5%가 반대했다.', '다섯 명 중 한 명꼴로 반대했다.', '세 명 중 한 명꼴로 반대했다.'],
  // Times of the day
  ['en', 'The call came at 8:47 p.m.', 'The call came shortly before 9 p.m.', 'The call came shortly before 8 p.m.'],
  ['zh', '会议上午9时30分开始。', '会议于9:30开始。', '会议于9:50开始。'],
  ['ja', '式は午後2時半に始まる。', '式は14:30に始まる。', '式は15:30に始まる。'],
  ['ko', '불은 밤 10시 55분에 났다.', '불은 밤 11시 5분 전에 났다.', '불은 밤 11시 15분에 났다.'],
  // Days
  ['de', 'Ende April begann der Bau.', 'Im April 2024 begann der Bau.', 'Im März 2024 begann der Bau.'],
  ['fr', 'Le marché ouvre dès le mois d’avril.', 'Le marché ouvre en avril 2024.', 'Le marché ouvre en mai 2023.'],
  ['es', 'Ayer hubo acuerdo.', 'El 13 de mayo hubo acuerdo.', 'El 11 de mayo hubo acuerdo.'],
  ['ja', '来年4月に値上げする。', '2025年4月に値上げする。', '2027年4月に値上げする。'],
  ['ja', '8月の客は最多だった。', '2024年8月の客は最多だった。', '2022年8月の客は最多だった。'],
  ['ko', '대회는 10∼12일 열렸다.', '대회는 5월 10일부터 12일까지 열렸다.', '대회는 5월 8일부터 12일까지 열렸다.'],
  ['ko', '순찰은 사흘마다 한다.', '순찰은 3일에 한 번 한다.', '순찰은 5일에 한 번 한다.'],
  // Ages and counts
  ['en', 'Ann Lee, 61, runs the depot.', 'Ann Lee is sixty-one years old.', 'Ann Lee is sixty-seven years old.'],
  ['ko', '한지수(29·투수)가 이겼다.', '스물아홉 살 한지수가 이겼다.', '스물여섯 살 한지수가 이겼다.'],
  ['ko', '38살 박모씨가 다쳤다.', '30대 후반의 남성이 다쳤다.', '40대 후반의 남성이 다쳤다.'],
  ['ko', '여진이 모두 22차례 있었다.', '여진이 스물두 차례 있었다.', '여진이 스물세 차례 있었다.'],
  // Sides and versions
  [
    'en',
    'The picture is 2.4 by 3.6 metres.',
    'The picture is 240 by 360 centimetres.',
    'The picture is 280 by 360 centimetres.',
  ],
  [
    'en',
    'It follows version 17.2. Reads are faster.',
    'It follows version 17.2, they say.',
    'It follows version 17.4, they say.',
  ],
])('%s: of "%s" it is true that "%s" and false that "%s"', (lang, source, right, wrong) => {
  expect([isFlagged(lang, source, right), isFlagged(lang, source, wrong)]).toEqual([false, true]);
});
