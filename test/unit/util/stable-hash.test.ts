import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashText, stableHash, stableJson } from '../../../src/util/stable-hash.ts';
import { fuzzed } from '../../helpers/fuzz.ts';

test('SHA-256 in hex', () => {
  expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(stableHash('abc')).toBe(hashText('"abc"'));
});

test.each([
  [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
  [{ b: { d: 1, c: [3, { f: 1, e: 2 }] }, a: undefined }, '{"b":{"c":[3,{"e":2,"f":1}],"d":1}}'],
  [[1, undefined, null, 'x'], '[1,null,null,"x"]'],
  [undefined, 'null'],
  [null, 'null'],
  [true, 'true'],
  ['é"', '"é\\""'],
  [{}, '{}'],
  [[], '[]'],
])('%j is written as %s', (value, json) => {
  expect(stableJson(value)).toBe(json);
});

test('the same members in another order have the same hash, other values another', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 6 }), fc.jsonValue(), (value, other) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());

      expect(stableHash(turned)).toBe(stableHash(value));
      expect(JSON.parse(stableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(stableHash({ value, other: [other] })).not.toBe(stableHash({ value, other: [other, 1] }));
    }),
    fuzzed(300),
  );
});
