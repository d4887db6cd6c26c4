import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNearDuplicates, fingerprintOf } from '../../../src/stages/plan/near-duplicates.ts';
import { bitCount } from '../../../src/stages/plan/sim-hash.ts';
import { fuzzed } from '../../helpers/fuzz.ts';
import { makeArticle } from '../../helpers/make-articles.ts';

const textOf = (seed: number) => makeArticle(seed).replace(/<[^>]+>/g, ' ');

test('among a thousand texts the first near copy is found, wherever it stands, and no other text is one', () => {
  const known = createNearDuplicates<number>();
  for (let seed = 1; seed <= 1000; seed += 1) {
    const fingerprint = fingerprintOf(textOf(seed));
    expect(known.find(fingerprint)).toBeUndefined();
    known.add(fingerprint, seed);
  }
  known.add(fingerprintOf(textOf(512)), 1001);

  for (const seed of [1, 2, 511, 512, 513, 1000]) {
    const edited = textOf(seed)
      .split(' ')
      .map((word, at) => (at % 20 === 7 ? 'changed' : word))
      .join(' ');
    expect(known.find(fingerprintOf(edited))).toBe(seed);
  }
});

test('bits are counted as their binary digits are', () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(bitCount(value)).toBe([...(value >>> 0).toString(2)].filter((digit) => digit === '1').length);
    }),
    fuzzed(500),
  );
  expect([0, -1, 1 << 31].map(bitCount)).toEqual([0, 32, 1]);
});
