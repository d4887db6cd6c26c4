import { expect, test } from 'vitest';
import { checkStatements } from '../../../src/stages/check/statements/check-statements.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

function isWarned(lang: string, source: string, body: string): boolean {
  const draft = makeDraftOf(body, makeArticleOf(source, { lang }));
  return checkStatements(draft).length > 0;
}

/** Language, source, what is true of it in other words, and a false sentence that differs in little. */
test.each<[string, string, string, string]>([
  // `only` of a degree, or of the one that there is
  [
    'en',
    'The new tariff of the ferry is a slight improvement on the tariff of the winter.',
    'The new tariff of the ferry is only slightly better than the tariff of the winter.',
    'Only the new tariff of the ferry is an improvement on the tariff of the winter.',
  ],
  [
    'en',
    'The choir sang in twelve towns (the one cancelled concert was in Bergen, during the storm).',
    'The only cancelled concert of the choir was in Bergen, during the storm.',
    'The choir never sang in twelve towns (the one cancelled concert was in Bergen, during the storm).',
  ],
  // `every year` of what is annual
  [
    'en',
    'The lantern parade has been an annual event of the harbour since 1988 and draws visitors from the valley.',
    'Since 1988 the lantern parade of the harbour has been an event every year that draws visitors.',
    'Since 1988 the lantern parade has drawn every visitor of the harbour and the valley to the event.',
  ],
  // The rest of a share, told with the opposite verb
  [
    'en',
    'The survey found that 38% of the tenants don’t heat their kitchen.',
    'The survey found that 62% of the tenants do heat their kitchen.',
    'The survey found that 38% of the tenants do heat their kitchen.',
  ],
  // What was stopped did not happen
  [
    'en',
    'The sale of the lighthouse to the hotel group was halted when the county declared it a monument.',
    'The lighthouse could not be sold to the hotel group, for the county declared it a monument.',
    'The sale of the lighthouse to the hotel group was not halted when the county declared it a monument.',
  ],
  // What may be seen, said, or is so under a condition
  [
    'en',
    'The glow of the furnace is so strong that it can be seen from the far shore of the lake.',
    'The glow of the furnace is strong and is seen from the far shore of the lake.',
    'The glow of the furnace is not so strong that it can be seen from the far shore of the lake.',
  ],
  [
    'en',
    'However, the mill feeds every village of the upper valley. The miller of Graz is its owner.',
    'The mill near Graz feeds every village of the upper valley.',
    'The mill does not feed every village of the upper valley.',
  ],
  [
    'en',
    'From the tower you can see the whole harbour with its ferries.',
    'From the tower one sees the whole harbour with its ferries.',
    'From the tower you cannot see the whole harbour with its ferries.',
  ],
  [
    'en',
    'The council will open a library in the old mill next spring.',
    'Next spring a library opens in the old mill of the council.',
    'The council has opened a library in the old mill.',
  ],
  [
    'en',
    'If you prefer a darker glaze, add another spoon of iron oxide to the bucket of slip.',
    'Those who want a darker glaze add another spoon of iron oxide to the bucket of slip.',
    'For a darker glaze, do not add another spoon of iron oxide to the bucket of slip.',
  ],
  [
    'en',
    'The editor thought the pump might also work with older boilers, but the valve might not fit.',
    'The editor is not certain that the pump will work with older boilers.',
    'The editor is certain that the pump will work with older boilers.',
  ],
  [
    'ko',
    '조사단은 하천 30곳 가운데 12곳이 ‘심각’, 9곳이 ‘우려’ 등급을 받았다고 밝혔다.',
    '조사단이 밝힌 심각 등급 하천은 12곳이다.',
    '조사단은 하천 30곳 가운데 12곳이 심각 등급을 받지 않았다고 밝혔다.',
  ],
  // A future that the verb does not show
  [
    'ko',
    '연구소는 내년부터 어민 500명을 대상으로 새 조사를 시작할 예정이다.',
    '연구소는 내년에 어민 500명을 대상으로 새 조사를 시작한다.',
    '연구소는 어민 500명을 대상으로 새 조사를 시작했다.',
  ],
  // Sums and comparisons name what stands elsewhere
  [
    'ko',
    '여객선은 정원 310명으로, 일등실 40명과 이등실 270명으로 나뉜다.',
    '일등실과 이등실을 합치면 310명이다.',
    '일등실의 정원은 270명이다.',
  ],
  [
    'de',
    'Die Quote lag bei 21,6 Prozent (2016: 21,2 Prozent, 2015: 22,4 Prozent) und sank leicht.',
    'Die Quote von 2017 lag 0,8 Prozentpunkte unter der von 2015.',
    'Die Quote lag 2015 bei 21,2 Prozent.',
  ],
  [
    'en',
    'The old kiln holds 140 pots a day, but the potter hopes the new one will raise that to 600 pots.',
    'The goal of 600 pots is 460 above what the old kiln holds.',
    'The old kiln holds 600 pots a day, the potter hopes.',
  ],
  [
    'en',
    'The trust is covering two thirds of the price, while another private firm gives 3 million crowns and the friends of the museum 1 million.',
    'The public, the other firm and the friends of the museum give the rest of the price.',
    'The trust is covering two thirds of the price, while another public firm gives 3 million crowns and the friends of the museum 1 million.',
  ],
])('%s: of "%s" it is true that "%s" and false that "%s"', (lang, source, right, wrong) => {
  expect([isWarned(lang, source, right), isWarned(lang, source, wrong)]).toEqual([false, true]);
});
