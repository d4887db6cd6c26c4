import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, planTimes, timeOf } from '../../../src/targets/plan-times.ts';

const at = (time: string) => Date.parse(time);
const iso = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(0, 16));
const NOW = at('2026-11-29T00:00:00Z');
const base = { now: NOW, taken: [], count: 4, timeZone: 'UTC' };

test.each([
  [
    'so many a day, spread over the hours',
    { perDay: 3, between: '08:00-20:00' },
    ['29T08:00', '29T12:00', '29T16:00', '30T08:00'],
  ],
  ['without hours, those of a day', { perDay: 2 }, ['29T08:00', '29T14:00', '30T08:00', '30T14:00']],
  ['hours alone: one a day', { between: '06:30-07:00', count: 2 }, ['29T06:30', '30T06:30']],
  ['hours over midnight', { perDay: 2, between: '22:00-02:00', count: 3 }, ['29T22:00', '30T00:00', '30T22:00']],
  ['a later start with its time', { publishAt: '2026-11-29T17:45', count: 2 }, ['29T17:45', '30T17:45']],
  ['a day as start', { publishAt: '2026-11-30', perDay: 2, count: 2 }, ['30T08:00', '30T14:00']],
  [
    'a start within the hours',
    { publishAt: '2026-11-29T09:00', perDay: 3, between: '08:00-20:00', count: 2 },
    ['29T12:00', '29T16:00'],
  ],
  ['a start in the past is now', { publishAt: '2020-01-01T09:00', count: 2 }, ['29T09:00', '30T09:00']],
])('%s', (_, rhythm, expected) => {
  expect(iso(planTimes({ ...base, ...rhythm })).map((time) => time.slice(8))).toEqual(expected);
});

test('times are those of the zone, on both sides of a change of the clocks', () => {
  const times = planTimes({
    now: at('2026-10-23T12:00:00Z'),
    taken: [],
    count: 3,
    perDay: 1,
    between: '08:00-20:00',
    timeZone: 'Europe/Berlin',
  });
  expect(iso(times)).toEqual(['2026-10-24T06:00', '2026-10-25T07:00', '2026-10-26T07:00']);
});

test('those of earlier runs are kept free of, a gap that a failure left is filled, and no day has more than its share', () => {
  const rhythm = { perDay: 2, between: '08:00-20:00' };
  const first = planTimes({ ...base, ...rhythm, count: 4 });
  const taken = first.filter((_, index) => index !== 1);

  expect(iso(planTimes({ ...base, ...rhythm, taken, count: 2 }))).toEqual(['2026-11-29T14:00', '2026-12-01T08:00']);
});

test('a moment that is over is not given', () => {
  expect(iso(planTimes({ ...base, now: at('2026-11-29T13:59:30Z'), perDay: 2, count: 1 }))).toEqual([
    '2026-11-30T08:00',
  ]);
});

test.each([
  ['2026-12-01', 'Asia/Seoul', '2026-11-30T15:00'],
  ['2026-12-01T09:00', 'Asia/Seoul', '2026-12-01T00:00'],
  ['2026-12-01 09:00', 'America/New_York', '2026-12-01T14:00'],
  ['2026-12-01T09:00Z', 'Asia/Seoul', '2026-12-01T09:00'],
  ['2026-12-01T09:00+09:00', 'UTC', '2026-12-01T00:00'],
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30'],
])('%s in %s is %s', (written, zone, expected) => {
  expect(iso([timeOf(written, zone) ?? 0])).toEqual([expected]);
});

test('whatever came before: as many as wanted, in order, later than now, apart, and never too many a day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 40 }),
      fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { maxLength: 30 }),
      fc.constantFrom('UTC', 'Asia/Seoul', 'America/New_York', 'Asia/Kathmandu'),
      fc.constantFrom('08:00-20:00', '20:00-08:00', '00:00-24:00', '09:00-09:30'),
      (perDay, count, minutes, timeZone, between) => {
        const taken = minutes.map((minute) => NOW + minute * 60_000);
        const times = planTimes({ now: NOW, taken, count, perDay, between, timeZone });
        expect(times).toHaveLength(count);
        expect([...times].sort((a, b) => a - b)).toEqual(times);
        expect(times.every((time) => time > NOW)).toBe(true);
        expect(new Set(times).size).toBe(count);
        if (between === '20:00-08:00') return; // such a day has two dates
        const days = new Map<string, number>();
        for (const time of times) days.set(dayOf(time, timeZone), (days.get(dayOf(time, timeZone)) ?? 0) + 1);
        expect([...days.values()].every((one) => one <= perDay)).toBe(true);
      },
    ),
  );
});
