import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/types.ts';
import { checkStatements } from '../../../src/stages/check/statements/check-statements.ts';
import { makeArticleOf, makeBrief, POST } from '../../helpers/make-brief.ts';

const ENGLISH =
  'Rents in the harbour district rose by 7.5 percent last year, while wages grew by 3.1 percent. The council approved the new ferry line in March. Aldbrook beat Kesterton after extra time on Saturday. The company plans to open a second depot in the north of the town. The new engine may reduce the noise in the harbour. “We never cancelled a sailing for want of crew,” said Maria Holt, who runs the depot. Visitors came in great numbers after the museum opened its garden.';
const KOREAN =
  '항구 지역의 월세는 지난해 7.5퍼센트 올랐고 임금은 3.1퍼센트 올랐다. 의회는 3월에 새로운 여객선 노선을 승인했다. 올드브룩이 결승에서 케스터턴을 연장 끝에 이겼다. 회사는 마을 북쪽에 두 번째 차고를 열 계획이다. 한마리 씨는 “사람이 없어서 배를 멈춘 적은 한 번도 없습니다”라고 말했다.';

function rules(body: string, text: string, lang = 'en'): string[] {
  const draft: Draft = {
    brief: makeBrief({ articles: [{ ...makeArticleOf(text), lang }], lang }),
    digest: false,
    content: { ...POST, body },
    provenance: {
      provider: 'x',
      model: 'x',
      promptVersion: '1',
      tier: 'standard',
      usage: { input: 0, cachedInput: 0, output: 0 },
      costUsd: 0,
      reused: false,
      repairs: 0,
    },
  };
  return checkStatements(draft).map(({ rule, severity }) => `${rule} ${severity}`);
}

test.each([
  ['statement-trend', 'Rents in the harbour district fell by 7.5 percent last year.'],
  ['statement-trend', 'Wages shrank by 3.1 percent, and rents in the harbour district dropped.'],
  ['statement-polarity', 'The council did not approve the new ferry line in March.'],
  ['statement-polarity', 'The council never approved the new ferry line in March.'],
  ['statement-roles', 'Kesterton beat Aldbrook after extra time on Saturday.'],
  ['statement-plan', 'The company opened a second depot in the north of the town.'],
  ['statement-hedge', 'The new engine does reduce the noise in the harbour.'],
  ['statement-speaker', '“We never cancelled a sailing for want of crew,” said a passenger.'],
  ['statement-speaker', '“We never cancelled a sailing for want of crew,” said Gregor Lynch.'],
  ['statement-subject', 'Wages grew by 7.5 percent.'],
  ['statement-cause', 'Visitors came in great numbers because the museum opened its garden.'],
])('%s: %s', (rule, body) => {
  expect(rules(body, ENGLISH)).toEqual([`${rule} warning`]);
});

test.each([
  ['statement-trend', '항구 지역의 월세는 지난해 7.5퍼센트 내렸다.'],
  ['statement-polarity', '의회는 3월에 새로운 여객선 노선을 승인하지 않았다.'],
  ['statement-roles', '케스터턴이 결승에서 올드브룩을 연장 끝에 이겼다.'],
  ['statement-plan', '회사는 마을 북쪽에 두 번째 차고를 열었다.'],
  ['statement-speaker', '승객 한 사람은 “사람이 없어서 배를 멈춘 적은 한 번도 없습니다”라고 말했다.'],
])('%s: %s', (rule, body) => {
  expect(rules(body, KOREAN, 'ko')).toEqual([`${rule} warning`]);
});

test.each([
  ...ENGLISH.split(/(?<=\.)\s/),
  'Last year rents in the harbour district went up by 7.5 percent.',
  'In the district wages increased by 3.1 percent last year.',
  'In March the new ferry line was approved by the council.',
  'On Saturday Aldbrook defeated Kesterton, after extra time.',
  'Kesterton was beaten by Aldbrook after extra time.',
  'The company wants to open a second depot in the north of the town.',
  'The new engine might reduce the noise in the harbour.',
  'Maria Holt says: “We never cancelled a sailing for want of crew.”',
  'She said: “We never cancelled a sailing for want of crew.”',
  'An unrelated sentence about the weather says nothing of rents.',
])('true: %s', (body) => {
  expect(rules(body, ENGLISH)).toEqual([]);
});

test.each([
  ...KOREAN.split(/(?<=\.)\s/),
  '월세는 항구 지역에서 지난해 7.5퍼센트 상승했다.',
  '3월에 의회가 새로운 여객선 노선을 승인했다.',
  '한마리 씨에 따르면 “사람이 없어서 배를 멈춘 적은 한 번도 없습니다”.',
])('true: %s', (body) => {
  expect(rules(body, KOREAN, 'ko')).toEqual([]);
});
