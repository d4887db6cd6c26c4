/** Ranks and places in an order, in figures and words. Pure. */

import type { Quantity } from '../quantity.ts';

const WORDS: Readonly<Record<string, number>> = Object.fromEntries(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
    .split(' ')
    .map((word, index) => [word, index + 1]),
);
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const NATIVE: Readonly<Record<string, number>> = {
  첫: 1,
  두: 2,
  세: 3,
  네: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
  열: 10,
  열한: 11,
  열두: 12,
  열세: 13,
  열네: 14,
  열다섯: 15,
};
const SPELLED = new RegExp(
  `\\b(?:(${Object.keys(TENS).join('|')})-)?(${Object.keys(WORDS).join('|')})\\b(?!-class|s\\b)`,
  'gi',
);
const FIGURES = /(?<![\p{L}\d.,])(\d{1,4})(?:st|nd|rd|th)\b/giu;
const KOREAN = new RegExp(
  `(?<![가-힣])(${Object.keys(NATIVE)
    .sort((a, b) => b.length - a.length)
    .join(
      '|',
    )})\\s?번째|(?<![\\d.,])(\\d{1,4})(?:\\s?번째|위(?!원|안|험|치|해|로|의\\s?힘)|등(?=[급을이\\s,.]|$)|차\\s?(?=전|대|회))|제\\s?(\\d{1,4})(?=[조항장차회대호])`,
  'g',
);

export function findOrdinals(text: string): Quantity[] {
  const found = [
    ...[...text.matchAll(SPELLED)].map((match) => ({
      match,
      value: (TENS[(match[1] ?? '').toLowerCase()] ?? 0) + (WORDS[(match[2] ?? '').toLowerCase()] ?? 0),
      spelled: true,
    })),
    ...[...text.matchAll(FIGURES)].map((match) => ({ match, value: Number(match[1]), spelled: false })),
    ...[...text.matchAll(KOREAN)].map((match) => ({
      match,
      value: NATIVE[match[1] ?? ''] ?? Number(match[2] ?? match[3]),
      spelled: match[1] !== undefined,
    })),
  ];
  return found.map(({ match, value, spelled }) => ({
    kind: 'ordinal',
    dimension: 'ordinal',
    value,
    high: value,
    others: [],
    step: 0,
    unitSize: 1,
    bound: 'exact',
    nouns: [],
    raw: match[0],
    index: match.index,
    end: match.index + match[0].length,
    spelled,
  }));
}
