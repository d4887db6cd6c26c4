import { expect, test } from 'vitest';
import { renderEstimate } from '../../../src/cli/reporters/render-estimate.ts';

const ESTIMATE = {
  provider: 'openai',
  model: 'm',
  posts: 2,
  unchanged: 0,
  kept: 0,
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

test('counts the posts that a person edited apart from those that are as they were', () => {
  expect(renderEstimate({ ...ESTIMATE, tier: 'flex' })).not.toContain('Kept');
  expect(renderEstimate({ ...ESTIMATE, unchanged: 3, kept: 2, tier: 'flex' })).toContain(
    '3 unchanged; nothing was written or paid\nKept as a person left them: 2\n',
  );
});
