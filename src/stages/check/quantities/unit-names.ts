/** Names of units in the languages that `units.ts` does not list, as the runtime's data of each language gives them. Pure. */

import { convert } from 'convert';

const DAY = 86_400;
/** Unit of `Intl`, its dimension, and its size in the dimension's base unit. */
const UNITS: readonly (readonly [string, string, number])[] = [
  ['second', 'time', 1],
  ['minute', 'time', 60],
  ['hour', 'time', 3600],
  ['day', 'time', DAY],
  ['week', 'time', 7 * DAY],
  ['month', 'time', (365.25 * DAY) / 12],
  ['year', 'time', 365.25 * DAY],
  ['millimeter', 'length', 0.001],
  ['centimeter', 'length', 0.01],
  ['meter', 'length', 1],
  ['kilometer', 'length', 1000],
  ['mile', 'length', convert(1, 'mile').to('m')],
  ['foot', 'length', convert(1, 'foot').to('m')],
  ['hectare', 'area', convert(1, 'hectare').to('square meter')],
  ['gram', 'mass', 1],
  ['kilogram', 'mass', 1000],
  ['milliliter', 'volume', 0.001],
  ['liter', 'volume', 1],
  ['megabyte', 'data', 1e6],
  ['gigabyte', 'data', 1e9],
  ['terabyte', 'data', 1e12],
];
/** What `Intl` has no names for, and short forms that are written out. */
const MORE: Readonly<Record<string, readonly (readonly [string, string, number])[]>> = {
  de: [
    ['Tonnen?', 'mass', 1e6],
    ['Quadratmetern?', 'area', 1],
    ['Quadratkilometern?', 'area', 1e6],
    ['Kubikmetern?', 'volume', 1000],
    ['Grad', 'degree', 1],
  ],
  fr: [
    ['tonnes?', 'mass', 1e6],
    ['mètres? carrés?', 'area', 1],
    ['kilomètres? carrés?', 'area', 1e6],
    ['mètres? cubes?', 'volume', 1000],
    ['degrés?', 'degree', 1],
    ['années?', 'time', 365.25 * DAY],
    ['journées?', 'time', DAY],
  ],
  es: [
    ['toneladas?', 'mass', 1e6],
    ['metros? cuadrados?', 'area', 1],
    ['kilómetros? cuadrados?', 'area', 1e6],
    ['metros? cúbicos?', 'volume', 1000],
    ['grados?', 'degree', 1],
  ],
  ja: [
    ['トン', 'mass', 1e6],
    ['キロ(?![ワヘバグメ])', 'length', 1000],
    ['センチ(?!メ)', 'length', 0.01],
    ['ミリ(?![リメグ秒])', 'length', 0.001],
    ['平方メートル', 'area', 1],
    ['平方キロ(?:メートル)?', 'area', 1e6],
    ['立方メートル', 'volume', 1000],
    ['度(?!目)', 'degree', 1],
  ],
  zh: [
    ['吨', 'mass', 1e6],
    ['公斤', 'mass', 1000],
    ['平方米', 'area', 1],
    ['平方公里', 'area', 1e6],
    ['立方米', 'volume', 1000],
    ['(?:摄氏)?度', 'degree', 1],
    ['个?小时', 'time', 3600],
  ],
};
/** A sign of Chinese or Japanese that may begin another word. */
const SHORT_SIGNS: Readonly<Record<string, string>> = {
  年: '年(?![代度生級级目])',
  日: '日(?=間|前|後|以|ぶり)',
  分: '分(?![のか之])',
  米: '米(?![国ド])',
};

export interface UnitName {
  /** Alternatives of a regular expression. */
  readonly words: string;
  readonly dimension: string;
  readonly size: number;
}

/** Of a language without names of its own in `units.ts`. */
export function unitNamesOf(language: string): readonly UnitName[] {
  const named = UNITS.map(([unit, dimension, size]) => ({ words: wordsOf(unit, language), dimension, size }));
  const more = (MORE[language] ?? []).map(([words, dimension, size]) => ({ words, dimension, size }));
  return [...named, ...more].filter(({ words }) => words !== '');
}

/** One and many, and the forms between them that Slavic languages have. */
function wordsOf(unit: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  const names = [1, 2, 5, 1.5].map((count) =>
    format
      .formatToParts(count)
      .filter(({ type }) => type === 'unit')
      .map(({ value }) => value),
  );
  const words = names.flatMap((parts) => (parts.length === 1 ? parts : [])).map((word) => SHORT_SIGNS[word] ?? word);
  // German adds an n after prepositions: `vor 11 Jahren`.
  return [...new Set(words)].map((word) => (language === 'de' ? `${word}n?` : word)).join('|');
}
