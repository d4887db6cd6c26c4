import { expect, test } from 'vitest';
import { languageProblem } from '../../../src/util/text/language-tag.ts';

test.each([
  'en',
  'ko',
  'pt-BR',
  'zh-Hant-TW',
  'ar',
  'sv',
  'uk',
  'br',
  'et',
  'sl',
  'ca',
  'kor',
  'EN-us',
  'eu',
  'haw',
  'cop',
])('%s is a language', (tag) => {
  expect(languageProblem(tag)).toBeUndefined();
});

test.each([
  ['kr', 'South Korea, whose language is ko'],
  ['jp', 'Japan, whose language is ja'],
  ['cn', 'China, whose language is zh'],
  ['gr', 'Greece, whose language is el'],
  ['cz', 'whose language is cs'],
  ['dk', 'Denmark, whose language is da'],
  ['ua', 'Ukraine, whose language is uk'],
  ['korean', 'a language tag'],
  ['en_US', 'a language tag'],
  ['', 'a language tag'],
  ['qq', 'a known language'],
  ['xyz', 'a known language'],
])('%s is none', (tag, expected) => {
  expect(languageProblem(tag)).toContain(expected);
});
