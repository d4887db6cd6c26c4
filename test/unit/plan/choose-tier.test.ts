import { expect, test } from 'vitest';
import { chooseTier } from '../../../src/stages/plan/choose-tier.ts';
import { parseDeadline } from '../../../src/stages/plan/deadline.ts';

const NOW = new Date(2026, 0, 15, 12, 0, 0).getTime();
const HOUR = 3_600_000;

test.each([
  ['2h', NOW + 2 * HOUR],
  ['90m', NOW + 1.5 * HOUR],
  ['3d', NOW + 72 * HOUR],
  ['today 18:30', new Date(2026, 0, 15, 18, 30).getTime()],
  ['tomorrow 07:00', new Date(2026, 0, 16, 7, 0).getTime()],
  ['2026-01-20T07:00:00Z', Date.UTC(2026, 0, 20, 7)],
])('the deadline %s', (text, at) => {
  expect(parseDeadline(text, NOW)).toBe(at);
});

test.each(['soon', '', '2 weeks', '25', 'yesterday 07:00'])('"%s" is no deadline', (text) => {
  expect(() => parseDeadline(text, NOW)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});

test.each([
  ['auto', undefined, 'flex'],
  ['auto', '3d', 'batch'],
  ['auto', '24h', 'batch'],
  ['auto', '5h', 'flex'],
  ['auto', '30m', 'standard'],
  ['standard', '3d', 'standard'],
  ['batch', undefined, 'batch'],
] as const)('%s with deadline %s writes at %s', (wished, deadline, tier) => {
  expect(chooseTier(wished, deadline, NOW)).toBe(tier);
});

test('a deadline that is over is refused', () => {
  expect(() => chooseTier('auto', '2026-01-01T00:00:00Z', NOW)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});
