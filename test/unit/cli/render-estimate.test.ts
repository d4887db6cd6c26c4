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

test.each(['standard', 'flex', 'batch'])('says what posts of tier %s will likely cost and can cost at most', (tier) => {
  expect(renderEstimate({ ...ESTIMATE, tier, likelyUsd: 1, worstUsd: 3 })).toContain(
    `Cost: likely $1.00, at most $3.00 with every repair (openai m, tier ${tier})\n`,
  );
});

test('says that a price is unknown', () => {
  expect(renderEstimate({ ...ESTIMATE, tier: 'flex' })).toContain('Cost: an unknown amount (openai m, tier flex)\n');
});
