import { expect, test } from 'vitest';
import { languageOf, untranslated } from '../../../src/stages/plan/post-language.ts';

/** What is asked for, the source's language, and the language of the post by a writer that quotes and by one that translates. */
test.each([
  ['auto', 'en', 'en', 'en'],
  ['auto', 'ko', 'ko', 'ko'],
  ['auto', 'und', 'en', 'en'],
  ['ko', 'en', 'en', 'ko'],
  ['en', 'ko', 'ko', 'en'],
  ['ja', 'zh-Hant', 'zh-Hant', 'ja'],
  ['pt-BR', 'es', 'es', 'pt-BR'],
  ['de', 'fr-CA', 'fr-CA', 'de'],
  ['ko', 'ko', 'ko', 'ko'],
  ['ko', 'ko-KR', 'ko', 'ko'],
  ['pt-BR', 'pt', 'pt-BR', 'pt-BR'],
  ['EN-gb', 'en', 'EN-gb', 'EN-gb'],
  ['zh-TW', 'zh', 'zh-TW', 'zh-TW'],
  ['ko', 'und', 'ko', 'ko'],
])(
  'a post asked for in %s of a source in %s is in %s when quoted, in %s when translated',
  (lang, source, quoted, translated) => {
    expect(languageOf([{}], { lang: source }, { lang, translates: false })).toBe(quoted);
    expect(languageOf([{}], { lang: source }, { lang, translates: true })).toBe(translated);
  },
);

test('the language of a line goes before that of the settings', () => {
  const entries = [{}, { lang: 'ko' }, { lang: 'ja' }];

  expect(languageOf(entries, { lang: 'en' }, { lang: 'de', translates: true })).toBe('ko');
  expect(languageOf(entries, { lang: 'en' }, { lang: 'de', translates: false })).toBe('en');
});

test.each([
  ['the setting', [{}], 'ko', 'en', ['ko']],
  ['a line', [{ lang: 'ja' }], 'auto', 'en', ['ja']],
  ['a line of several languages', [{ languages: ['en', 'ko', 'de'] }], 'auto', 'en-US', ['ko', 'de']],
  ['the language of the source', [{ lang: 'en-GB' }], 'ko', 'en', []],
  ['no language', [{}], 'auto', 'en', []],
  ['a source of unknown language', [{ lang: 'ko' }], 'auto', 'und', []],
])('languages that a quoting writer leaves out, asked for by %s', (_name, entries, lang, source, left) => {
  expect(untranslated(entries, { lang: source }, { lang, translates: false })).toEqual(left);
  expect(untranslated(entries, { lang: source }, { lang, translates: true })).toEqual([]);
});
