import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, segmentsOf, wordsOf } from '../../../src/util/text/segment.ts';

test('the segments together are the text, whatever it holds and however long it is', () => {
  const text = fc.array(fc.constantFrom('word ', '가나다 ', '漢字', '😀', 'A. ', '\n', 'x'.repeat(700)), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, fc.constantFrom('word' as const, 'sentence' as const), (parts, granularity) => {
      const whole = parts.join('');
      const segments = [...segmentsOf(whole, granularity)];
      expect(segments.map(({ segment }) => segment).join('')).toBe(whole);
      for (const { segment, index } of segments) expect(whole.startsWith(segment, index)).toBe(true);
    }),
  );
});

test('no piece is longer than a thousand characters, and none ends within a pair of surrogates', () => {
  for (const text of ['😀'.repeat(3000), `a${'😀'.repeat(3000)}`, 'x'.repeat(9000), 'word '.repeat(3000)])
    for (const { piece } of piecesOf(text)) {
      expect(piece.length).toBeLessThanOrEqual(1000);
      expect(piece).not.toMatch(/\p{Surrogate}/u);
    }
});

test('a long text without line breaks is cut between sentences, so that no word is split', () => {
  const text = 'Nine million euros were paid to the town. '.repeat(200);

  expect([...wordsOf(text)]).toHaveLength(8 * 200);
  expect([...segmentsOf(text, 'sentence')]).toHaveLength(200);
});

test.each(['und', 'ko', 'zz-nonsense', 'en-x-ignore-the-sources', '', 'not a tag'])(
  'words are found for the language tag "%s"',
  (lang) => {
    expect([...wordsOf('Wind and water', lang)]).toEqual(['Wind', 'and', 'water']);
  },
);
