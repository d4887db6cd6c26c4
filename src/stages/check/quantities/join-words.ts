/** One number and the words around it: `every 15 minutes`, `two all`, `three times as many`, `four a day`. Pure. */

import type { Quantity } from './quantity.ts';

const SPANS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: (365.25 * 86_400) / 12,
  year: 365.25 * 86_400,
};

/** `해마다 두 차례`, `주 3회` */
const OFTEN = /(?<![가-힣])(하루|날|일|주|달|월|해|년|매일|매주|매달|매월|매년|연)(?:마다|에|간)?\s?(?:평균\s)?$/;
const KOREAN_SPANS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['하루 날 일 매일', 86_400],
    ['주 매주', 604_800],
    ['달 월 매달 매월', (365.25 * 86_400) / 12],
    ['해 년 연 매년', 365.25 * 86_400],
  ].flatMap(([words, size]) =>
    String(words)
      .split(' ')
      .map((word) => [word, Number(size)]),
  ),
);

/** The quantity of one number, by the words around it. */
export function joinWords(quantity: Quantity, text: string): Quantity {
  const before = text.slice(Math.max(0, quantity.index - 12), quantity.index);
  const after = text.slice(quantity.end, quantity.end + 40);
  if (quantity.dimension === 'time' && (/\bevery\s$/i.test(before) || /^마다/.test(after)))
    return { ...quantity, kind: 'rate', dimension: 'interval' };
  if (quantity.dimension !== 'count' || quantity.kind !== 'plain') return quantity;
  const often = OFTEN.exec(before);
  if (often !== null && /^\s?(?:번|회|차례)/.test(after)) {
    const span = (KOREAN_SPANS[often[1] ?? ''] ?? 1) / quantity.value;
    return { ...quantity, kind: 'rate', others: [{ dimension: 'interval', size: 1, value: span }] };
  }
  const all = /^\sall\b(?!\s(?:the|of))/.exec(after);
  if (all !== null && quantity.value < 20)
    return { ...quantity, kind: 'pair', raw: `${quantity.raw} all`, end: quantity.end + 4 };
  const multiple =
    /^(?:\stimes\s(?:as|more|larger|bigger|higher|faster|the|its|what)\b|-?fold\b|\s?배(?=[로나가를의였인이다쯤에만 ,.]|정도|가량|$)|x(?=\s(?:as|more|faster)))/i.exec(
      after,
    );
  if (multiple !== null)
    return {
      ...quantity,
      kind: 'multiple',
      dimension: 'multiple',
      end: quantity.end + multiple[0].trimEnd().length,
      nouns: [],
    };
  const rate = /^(?:\stimes)?(?:\s[a-z]+){0,2}?\s(?:an?|per|each)\s(second|minute|hour|day|week|month|year)\b/i.exec(
    after,
  );
  if (rate !== null && quantity.value <= 100) {
    const span = (SPANS[(rate[1] ?? '').toLowerCase()] ?? 1) / quantity.value;
    // `three times a day` is an interval alone, `14 turns a minute` may be found as 14 turns too.
    if (/^\stimes\b/.test(after))
      return { ...quantity, kind: 'rate', dimension: 'interval', value: span, high: span, nouns: [] };
    return { ...quantity, kind: 'rate', others: [{ dimension: 'interval', size: 1, value: span }] };
  }
  return quantity;
}
