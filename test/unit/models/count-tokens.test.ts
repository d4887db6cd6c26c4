import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { estimateTokens } from '../../../src/services/models/client/count-tokens.ts';

const ENGLISH =
  'The council of Port Selby voted on 4 May 2025 to extend the harbour by 120 metres, at a cost of $3.4 million. "We waited nine years for this," said the harbour master, Ann Lee. The work begins in October and is expected to take fourteen months; two berths stay open throughout.\n\n';
const KOREAN =
  '포트셀비 시의회는 2025년 5월 4일 항구를 120미터 확장하기로 의결했다. 사업비는 34억 원이다. 항만장 이안나는 “9년을 기다렸다”고 말했다. 공사는 10월에 시작해 14개월 동안 이어지며, 선석 두 곳은 계속 운영된다.\n\n';

test.each([
  ['English prose', ENGLISH.repeat(20)],
  ['Korean prose', KOREAN.repeat(20)],
  ['both', (ENGLISH + KOREAN).repeat(10)],
  ['Markdown', `## Heading\n\n${ENGLISH}\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`.repeat(10)],
])('%s: never less than the real vocabulary, at most 60 %% more', (_name, text) => {
  const real = encode(text).length;
  const estimated = estimateTokens(text);

  expect(estimated).toBeGreaterThanOrEqual(real);
  expect(estimated).toBeLessThanOrEqual(real * 1.6);
});
