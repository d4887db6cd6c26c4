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
  ['2026-01-20', Date.UTC(2026, 0, 20)],
  [' 1.25 H ', NOW + 1.25 * HOUR],
  ['  Tomorrow   7:05 ', new Date(2026, 0, 16, 7, 5).getTime()],
  [' 2026-01-20T07:00:00Z ', Date.UTC(2026, 0, 20, 7)],
])('the deadline %s', (text, at) => {
  expect(parseDeadline(text, NOW)).toBe(at);
});

test.each([
  'soon',
  '',
  '2 weeks',
  '25',
  'yesterday 07:00',
  'in 2h',
  '2h or so',
  'today 18:305',
  'not today 18:30',
  'on 2026-01-20',
  '2026-1-2',
])('"%s" is no deadline', (text) => {
  const words = {
    code: 'CONFIG_INVALID',
    message: expect.stringContaining(`got "${text}"`) as string,
    hint: expect.stringContaining('Write 2h') as string,
  };
  expect(() => parseDeadline(text, NOW)).toThrow(expect.objectContaining(words));
});

test('a deadline of today is today, also late in the day', () => {
  expect(parseDeadline('today 00:00', NOW)).toBe(new Date(2026, 0, 15).getTime());
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
  expect(() => chooseTier('auto', '2026-01-01T00:00:00Z', NOW)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID' }),
  );
});
