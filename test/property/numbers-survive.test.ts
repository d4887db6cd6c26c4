import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rendered } from '../helpers/rendered.ts';

const INLINE =
  'a abbr b bdi bdo cite code data del dfn em i ins kbd label mark q s samp small span strong sub sup time tt u var font ruby x-own'.split(
    ' ',
  );
const figure = fc.oneof(
  fc.integer({ min: 0, max: 9_999_999 }).map(String),
  fc.integer({ min: 1_000, max: 999_999 }).map((number) => number.toLocaleString('en-US')),
  fc
    .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 99 }))
    .map(([whole, rest]) => `${whole}.${rest}`),
);
const element = fc.constantFrom(...INLINE);
/** `font` is only a style of the text that it stands in. */
const touching = fc.constantFrom(...INLINE.filter((name) => name !== 'font'));
const marked = fc.tuple(figure, fc.array(element, { maxLength: 3 })).map(([number, tags]) => ({
  number,
  html: tags.reduce((inner, tag) => `<${tag}>${inner}</${tag}>`, number),
}));

/** The figures of a text; raised and lowered ones count as what they say. */
function figures(text: string): string[] {
  const plain = text
    .replace(/[⁰¹²³⁴-⁹]+/gu, (raised) => ` ${raised.normalize('NFKC')} `)
    .replace(/[₀-₉]+/gu, (low) => ` ${low.normalize('NFKC')} `);
  return plain.match(/\d[\d.,]*\d|\d/g) ?? [];
}

test('numbers between words come through every inline element', () => {
  fc.assert(
    fc.property(fc.array(marked, { minLength: 1, maxLength: 5 }), (all) => {
      const { text } = rendered(`<p>So ${all.map(({ html }) => html).join(' and ')} it was.</p>`);
      expect(figures(text)).toEqual(all.map(({ number }) => number));
    }),
    { numRuns: 400 },
  );
});

test('numbers in elements that touch are never glued to one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(figure, touching), { minLength: 2, maxLength: 5 }), (all) => {
      const { text } = rendered(`<p>${all.map(([number, tag]) => `<${tag}>${number}</${tag}>`).join('')}</p>`);
      expect(figures(text)).toEqual(all.map(([number]) => number));
    }),
    { numRuns: 400 },
  );
});

const list = fc.constantFrom(
  (items: string[]) => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`,
  (items: string[]) => `<ol>${items.map((item) => `<li>${item}`).join('')}</ol>`,
  (items: string[]) => `<ul><li>x</li><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul></ul>`,
  (items: string[]) => `<dl>${items.map((item) => `<dt>x</dt><dd>${item}</dd>`).join('')}</dl>`,
  (items: string[]) =>
    `<table><tr><th>x</th><th>y</th></tr>${items.map((item) => `<tr><td>x</td><td>${item}</td></tr>`).join('')}</table>`,
  (items: string[]) =>
    `<table><tr><th>x</th><th>y</th></tr><tr><td>x</td><td><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul></td></tr></table>`,
  (items: string[]) => items.map((item) => `<details><summary>x</summary>${item}</details>`).join(''),
  (items: string[]) => `<div>${items.map((item) => `<div>${item}</div>`).join('')}</div>`,
  (items: string[]) => `<pre>${items.join('\n')}</pre>`,
);

test('numbers come through every form of list', () => {
  fc.assert(
    fc.property(list, fc.array(marked, { minLength: 1, maxLength: 5 }), (write, all) => {
      const { text } = rendered(write(all.map(({ html }) => html)));
      expect(figures(text)).toEqual(all.map(({ number }) => number));
    }),
    { numRuns: 400 },
  );
});
