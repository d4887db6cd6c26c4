import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugOf, uniqueSlug } from '../../../src/stages/publish/render/slug.ts';
import { fuzzed } from '../../helpers/fuzz.ts';

test.each([
  ['The Harbour of Lee', 'the-harbour-of-lee'],
  ['  --- Hello,   World! --- ', 'hello-world'],
  ["It's 10 o’clock", 'its-10-oclock'],
  ['안녕하세요, 세계', '안녕하세요-세계'],
  ['한글 Cafe\u0301', '한글-café'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a'.repeat(121), 'a'.repeat(120)],
  [`${'word '.repeat(30)}`, `${'word-'.repeat(23)}word`],
  [`${'가'.repeat(50)}`, '가'.repeat(40)],
  ['!!!', 'post'],
  ['', 'post'],
  ['index', 'index-post'],
  ['README', 'readme-post'],
  ['feed', 'feed-post'],
  ['con', 'con-post'],
  ['com1', 'com1-post'],
  ['lpt9', 'lpt9-post'],
  ['icon', 'icon'],
  ['console', 'console'],
  ['com10', 'com10'],
  ['feeds', 'feeds'],
])('%s is the file name %s', async (title, slug) => {
  expect(await slugOf(title, 'unicode')).toBe(slug);
});

test('romanised, other scripts become letters', async () => {
  expect(await slugOf('서울 Ünïted', 'ascii')).toBe('seoul-united');
});

test('whatever the title: letters, digits and single hyphens, at most 120 bytes, the same when made again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('unicode' as const, 'ascii' as const),
      async (title, form) => {
        const slug = await slugOf(title, form);

        expect(slug).toMatch(
          form === 'ascii' ? /^[a-z0-9]+(-[a-z0-9]+)*$/ : /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u,
        );
        expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(125);
        expect(await slugOf(slug, form)).toBe(slug);
      },
    ),
    fuzzed(500),
  );
});

test('a taken slug gets the first free number from 2', () => {
  const taken = new Set(['a', 'a-2', 'a-3']);

  expect(uniqueSlug('b', (slug) => taken.has(slug))).toBe('b');
  expect(uniqueSlug('a', (slug) => taken.has(slug))).toBe('a-4');
});
