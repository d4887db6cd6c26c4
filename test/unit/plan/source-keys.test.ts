import { expect, test } from 'vitest';
import type { Entry } from '../../../src/core/types.ts';
import { baseKeyOf, countVariants, type KnownVariant, sourceKeyOf } from '../../../src/stages/plan/source-keys.ts';

const URL = 'https://a.example/x';

function entry(members: Partial<Entry> = {}): Entry {
  return {
    index: 0,
    url: URL,
    original: URL,
    priority: 'medium',
    keywords: [],
    position: { file: 'l', line: 1 },
    ...members,
  };
}

/** Plans lists one after the other, as runs do, and gives the key of each entry. */
function project(saved: readonly KnownVariant[] = []) {
  let known = [...saved];
  const store = {
    of: () => known,
    remember(_base: string, variant: KnownVariant, replaced?: string) {
      known = [...known.filter((one) => one.variant !== replaced && one.variant !== variant.variant), variant];
    },
  };
  return (...entries: readonly Entry[]) => {
    const wanted = countVariants(entries, new Map());
    return entries.map(({ url, lang, length }) => {
      const variant = [lang && `lang=${lang}`, length && `length=${length}`].filter(Boolean).join(' ');
      return sourceKeyOf(baseKeyOf([url]), variant, wanted, store);
    });
  };
}

const [plain, en, ko, long] = [entry(), entry({ lang: 'en' }), entry({ lang: 'ko' }), entry({ length: 9000 })];

test('a page without options has the plain key of its sources', () => {
  expect(project()(plain)).toEqual([baseKeyOf([URL])]);
});

test('the key does not depend on tracking parameters, order of parameters or order of sources', () => {
  expect(baseKeyOf([`${URL}?b=1&a=2&utm_source=y`, 'https://b.example/'])).toBe(
    baseKeyOf(['https://b.example/', `${URL}?a=2&b=1`]),
  );
});

test('posts of one page in other options have keys of their own, which later runs keep in any order', () => {
  const run = project();
  const keys = run(plain, en, ko, long);

  expect(new Set(keys).size).toBe(4);
  expect(run(long, ko, en, plain)).toEqual([...keys].reverse());
});

test('a line that is added or removed changes no other post', () => {
  const run = project();
  const [first] = run(en);
  const [again, second] = run(en, ko);

  expect(again).toBe(first);
  expect(second).not.toBe(first);
  expect(run(ko)).toEqual([second]);
  expect(run(en, ko, plain).slice(0, 2)).toEqual([first, second]);
});

test('an edited line keeps its file: the new option takes over the key', () => {
  const run = project();
  const [before] = run(en);

  expect(run(ko)).toEqual([before]);
  expect(run(plain)).toEqual([before]);
});

test('a key that was taken over is not given to a second post', () => {
  const run = project();
  run(en);
  run(ko);
  const [second, first] = run(en, ko);

  expect(first).not.toBe(second);
});

test('a post that was saved before options were recorded keeps its file', () => {
  const base = baseKeyOf([URL]);

  expect(project([{ variant: '?', key: base }])(ko)).toEqual([base]);
});
