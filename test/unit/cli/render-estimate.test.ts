import { expect, test } from 'vitest';
import { renderEstimate } from '../../../src/cli/reporters/render-estimate.ts';

const ESTIMATE = {
  provider: 'openai',
  model: 'm',
  posts: 2,
  unchanged: 0,
  inputTokens: 1000,
  maxOutputTokens: 500,
  titles: ['One', 'Two'],
};

test.each([
  ['standard', 'at most $3.00 at openai m, tier standard'],
  ['flex', 'at most $3.00 ($1.50 where flex is served) at openai m, tier flex'],
  ['batch', 'at most $3.00 at openai m, tier batch'],
])('tells the most that posts of tier %s can cost', (tier, words) => {
  expect(renderEstimate({ ...ESTIMATE, tier, worstUsd: 3 })).toContain(`Cost: ${words}\n`);
});

test('tells of a price that is not known', () => {
  expect(renderEstimate({ ...ESTIMATE, tier: 'flex' })).toContain('Cost: an unknown amount at openai m, tier flex\n');
});
