/** Korean words for a number of days: `사흘`, `열흘`, `보름`. Pure. */

import { base } from '../figure-names.ts';
import type { Quantity } from '../quantity.ts';

const DAY = 86_400;
const DAYS: Readonly<Record<string, number>> = {
  이틀: 2,
  사흘: 3,
  나흘: 4,
  닷새: 5,
  엿새: 6,
  이레: 7,
  여드레: 8,
  아흐레: 9,
  열흘: 10,
  보름: 15,
};
const WORD = new RegExp(`(?<![가-힣])(${Object.keys(DAYS).join('|')})(?=간|동안|마다|에|만|째|\\s|[,.을이])`, 'g');

export function findDayWords(text: string): Quantity[] {
  return [...text.matchAll(WORD)].map((match) => {
    const value = (DAYS[match[0]] ?? 0) * DAY;
    return {
      ...base(match.index, match[0]),
      kind: 'plain' as const,
      dimension: 'time',
      value,
      high: value,
      unitSize: DAY,
      spelled: true,
    };
  });
}
