/** Words around a number that say how exact it is. Pure. */

import type { Bound } from './quantity.ts';

const BEFORE: readonly (readonly [Bound, RegExp])[] = [
  [
    'below',
    /(?:nearly|almost|close to|just under|just below|under|below|less than|fewer than|up to|at most|no more than|not quite|거의|최대)\s(?:(?:a|an|the)\s)?$/i,
  ],
  [
    'above',
    /(?:more than|over|above|at least|just over|no fewer than|no less than|upwards? of|exceed(?:s|ed|ing)?|well over|최소)\s(?:(?:a|an|the)\s)?$/i,
  ],
  [
    'about',
    /(?:about|around|some|roughly|approximately|approx\.?|circa|c\.|ca\.|an estimated|something like|약|대략|어림잡아|~)\s?(?:(?:a|an|the)\s)?$/i,
  ],
];
const AFTER: readonly (readonly [Bound, RegExp])[] = [
  ['above', /^(?:을|를|이|가)?\s?(?:넘|이상|초과|웃도|웃돌|상회)|^ or more|^ or over|^\+/],
  ['below', /^(?:을|를|이|가|에)?\s?(?:가까이|가까운|육박|이하|미만|못 미|밑돌|조금 안)|^ or (?:less|fewer)/],
  ['about', /^(?:쯤|정도|가량|안팎|여(?=\s|명|개|곳|년|대)|남짓)|^ or so/],
];

/** `unitEnd`: where the number's unit or counter ends. */
export function boundAt(text: string, from: number, unitEnd: number): Bound {
  const before = text.slice(Math.max(0, from - 30), from);
  const after = text.slice(unitEnd, unitEnd + 12);
  for (const [bound, pattern] of BEFORE) if (pattern.test(before)) return bound;
  for (const [bound, pattern] of AFTER) if (pattern.test(after)) return bound;
  return 'exact';
}
