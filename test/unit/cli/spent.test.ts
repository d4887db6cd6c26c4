import { expect, test } from 'vitest';
import { spentText, spentUsd } from '../../../src/cli/report/spent.ts';

const row = { day: '2026-01-31', provider: 'openai', model: 'm', tier: 'standard', calls: 1 };

test.each([
  ['no call', [], '$0', 0],
  ['known costs', [{ costUsd: 0.02, unknown: 0, unpriced: 0 }], '$0.020', 0.02],
  ['a call without usage', [{ costUsd: 0.02, unknown: 1, unpriced: 0 }], 'at most $0.020', 0.02],
  ['a call without usage or price', [{ costUsd: 0, unknown: 1, unpriced: 1 }], 'unknown', undefined],
  [
    'one model with a price and one without',
    [
      { costUsd: 0.02, unknown: 0, unpriced: 0 },
      { costUsd: 0, unknown: 1, unpriced: 1 },
    ],
    'more than $0.020',
    undefined,
  ],
  ['a free local model', [{ costUsd: 0, unknown: 0, unpriced: 0 }], '$0', 0],
] as const)('%s', (_name, rows, text, usd) => {
  const spending = rows.map((one) => ({ ...row, ...one }));

  expect(spentText(spending)).toBe(text);
  expect(spentUsd(spending)).toBe(usd);
});
