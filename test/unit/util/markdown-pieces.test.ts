import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownPieces, parseBounded } from '../../../src/util/text/markdown.ts';

const BLOCKS = [
  '# A heading',
  'A paragraph of words.',
  '- one\n- two\n\n  more of two',
  '> a quotation\n> of two lines',
  '```js\nlet a;\n\nlet b;\n\n# no heading\n```',
  '~~~\nopen\n\nlines\n~~~',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '1. one\n\n   ```\n   code\n\n   of one\n   ```',
  '    indented code\n\n    goes on',
  '---',
];

test('the pieces together are the text, and their blocks are the blocks of the text', () => {
  const blocks = fc.array(fc.constantFrom(...BLOCKS), { minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(blocks, fc.integer({ min: 0, max: 4000 }), (chosen, filler) => {
      const text = ['x'.repeat(filler), ...chosen].join('\n\n');
      const pieces = [...markdownPieces(text)];
      const typesOf = (markdown: string) => parseBounded(markdown).children.map(({ type }) => type);

      expect(pieces.join('\n')).toBe(text);
      const [whole, apart] = [typesOf(text), pieces.flatMap(typesOf)];
      // A list that goes on behind an empty line may be parted in two lists.
      const joined = (types: readonly string[]) =>
        types.filter((type, index) => type !== 'list' || types[index - 1] !== 'list');
      expect(joined(apart)).toEqual(joined(whole));
    }),
    { numRuns: 60 },
  );
});

test('a long text has many pieces, a short one is one', () => {
  expect([...markdownPieces('a\n\nb')]).toEqual(['a\n\nb']);
  expect([...markdownPieces('word '.repeat(100).concat('\n\n').repeat(100))].length).toBeGreaterThan(8);
});
