import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barLines, cardLines } from '../../../src/cli/report/text-charts.ts';

test('bars are as long as their figures, and what is not zero is to be seen', () => {
  const lines = barLines(
    [
      { label: 'a', value: 80 },
      { label: 'b', value: 40 },
      { label: 'c', value: 0.01 },
      { label: 'd', value: 0 },
    ],
    { width: 20, format: String },
  );

  expect(lines.map((line) => line.replace(/[^█▏▎▍▌▋▊▉]/g, ''))).toEqual(['█'.repeat(9), '████▌', '▏', '']);
});

test('nothing to compare, nothing drawn', () => {
  expect(barLines([], { width: 80, format: String })).toEqual([]);
  expect(barLines([{ label: 'a', value: 0 }], { width: 80, format: String })).toEqual([]);
});

test('cards and bars fit the window, and every line of a row is as long as the others', () => {
  const bar = fc.record({ label: fc.string({ minLength: 1, maxLength: 60 }), value: fc.nat() });
  fc.assert(
    fc.property(fc.array(bar, { minLength: 1, maxLength: 9 }), fc.integer({ min: 60, max: 200 }), (bars, width) => {
      const cards = cardLines(
        bars.map(({ value }) => ['name', String(value)] as const),
        width,
      );
      const lines = [...barLines(bars, { width, format: String }), ...cards];
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }),
  );
});
