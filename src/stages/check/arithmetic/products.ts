/** Products and quotients of two figures of one source sentence: a price for several, a share of what was before, an amount per day. Pure. */

import { type SourceSentence, sentenceAt } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { isChange, isTotal } from './asks.ts';
import { figuresOf } from './pairs.ts';
import { inUnitOf, type Sum } from './sums.ts';

/** Characters between two figures of one statement. */
const NEAR = 120;
/** A result whose last digit is this small a share of it rarely is another figure's by chance. */
const EXACT = 0.006;
/** What stands beside a figure that is for one of several. */
const DISTRIBUTES =
  /\b(?:each|every|apiece|per|jeweils|je|pro|chacune?|par|cada|por|ciascun[oa]?|elk|per stuk)\b|씩|마다|[명개곳회건대일]당|한 회|하루|ずつ|毎|いずれも|それぞれ|毎|每|各|[一1]泊|週/iu;

const SPANS: readonly (readonly [RegExp, number])[] = [
  [/^\s?(?:(?:an?|per|each|every|pro|par|por|al|am|im|à l[’'])\s?(?:second|sekunde|seconde|segundo)\b)/iu, 1],
  [/^\s?(?:an?|per|each|every|pro|par|por|al|a la|in der)\s(?:minute|minuto)\b/iu, 60],
  [/^\s?(?:an?|per|each|every|pro|par|por|a la|in der|die)\s(?:hour|stunde|heure|hora)\b/iu, 3600],
  [/^\s?(?:an?|per|each|every|pro|par|por|al|am)\s(?:day|tag|jour|día|dia)\b/iu, 86_400],
  [/^\s?(?:an?|per|each|every|pro|par|por|a la|die)\s(?:week|woche|semaine|semana)\b/iu, 604_800],
  [/^\s?(?:an?|per|each|every|pro|par|por|al|im)\s(?:month|monat|mois|mes)\b/iu, (365.25 * 86_400) / 12],
  [/^\s?(?:an?|per|each|every|pro|par|por|al|im)\s(?:year|jahr|an|année|año|ano)\b/iu, 365.25 * 86_400],
];

/** `하루 평균 9,000장`, `월 회비는 30만 원`, `the monthly fee is` */
const SPANS_BEFORE: readonly (readonly [string, number])[] = [
  ['하루|매일|일일|날마다|daily', 86_400],
  ['일주일|한 주|매주|주|weekly', 604_800],
  ['한 달|매달|매월|월|달|monthly', (365.25 * 86_400) / 12],
  ['한 해|1년|일 년|매년|연간|연|해|yearly|annual', 365.25 * 86_400],
];
const SPAN_OF = new Map(SPANS_BEFORE.flatMap(([words, size]) => words.split('|').map((word) => [word, size] as const)));
/** Characters from them to the amount. */
const SPAN_REACH = 32;
/** The words for a time; up to two others may stand between them and the amount. */
const SPAN_WORD =
  /(?<![\p{L}\d])(하루|매일|일일|날마다|일주일|한 주|매주|주|한 달|매달|매월|월|달|한 해|1년|일 년|매년|연간|연|해|daily|weekly|monthly|yearly|annual)(?:에|당|마다)?(?=\s)/giu;

/** The time that an amount is for, where the words after or before it say so. */
function spanAt(text: string, from: number, end: number): number | undefined {
  const after = text.slice(end, end + 16);
  const found = SPANS.find(([pattern]) => pattern.test(after));
  if (found !== undefined) return found[1];
  const before = text.slice(Math.max(0, from - SPAN_REACH), from).replace(/^.*[.,\d](?!년)/s, '');
  const word = [...before.matchAll(SPAN_WORD)].at(-1)?.[1];
  return word === undefined ? undefined : SPAN_OF.get(word.toLowerCase());
}

export function productsOf(
  post: Quantity,
  sentence: string,
  about: readonly SourceSentence[],
  others: readonly Quantity[],
  sentences: readonly SourceSentence[],
): Sum[] {
  if (['share', 'multiple', 'year', 'points', 'interval', 'age'].includes(post.dimension)) return [];
  const at = sentence.indexOf(post.raw);
  const span = at === -1 ? undefined : spanAt(sentence, at, at + post.raw.length);
  return about.flatMap((source) => {
    const next = sentenceAt(sentences, source.end);
    const following = next?.from === source.end ? figuresOf(next) : [];
    const figures = [...figuresOf(source), ...following];
    const found: Sum[] = [];
    for (const [place, a] of figures.entries())
      for (const b of figures.slice(place + 1))
        if (b.index - a.end < NEAR)
          found.push(
            ...timesOf(a, b, post, sentence, source),
            ...ratesOf(a, b, post, span),
            ...beforeOf(a, b, post, b.index >= source.end && next !== undefined ? next : source),
          );
    for (const figure of figures) {
      found.push(...perSpan(figure, post, span, source));
      for (const other of others) found.push(...timesOf(other, figure, post, sentence, source));
    }
    return found;
  });
}

const isAmount = ({ kind, dimension }: Quantity) =>
  kind === 'plain' &&
  !['share', 'points', 'year', 'ordinal', 'clock', 'multiple', 'interval', 'age'].includes(dimension);

/** Whether a result and the post agree nearly to the digit; needed where nothing in the words speaks of it. */
const isExact = (post: Quantity, value: number) =>
  Math.abs(post.value / value - 1) < EXACT && post.value / (post.unitSize || 1) >= 10;

/** Four at $450 million each; the area of two sides. */
function timesOf(a: Quantity, b: Quantity, post: Quantity, sentence: string, source: SourceSentence): Sum[] {
  if (post.dimension === 'area' && a.dimension === 'length' && b.dimension === 'length')
    return [sumOf(a, b, '×', a.value * b.value, post)];
  return [
    [a, b],
    [b, a],
  ].flatMap(([count, amount]) => {
    if (count === undefined || amount === undefined || !isAmount(count) || !isAmount(amount)) return [];
    if (count.dimension !== 'count' || amount.dimension !== post.dimension) return [];
    if (!Number.isInteger(count.value) || count.value < 2 || amount.value <= 1) return [];
    const value = count.value * amount.value;
    const around = source.text.slice(Math.max(0, amount.index - source.from - 24), amount.end - source.from + 24);
    const isSpoken = DISTRIBUTES.test(around) || (isTotal(sentence) && amount.dimension !== 'count');
    const isLarge = amount.dimension !== 'count' && post.dimension !== 'time' && isExact(post, value);
    return isSpoken || isLarge ? [sumOf(count, amount, '×', value, post)] : [];
  });
}

/** Miles in so many days are miles a day; a length in a time is a speed. */
function ratesOf(a: Quantity, b: Quantity, post: Quantity, span: number | undefined): Sum[] {
  const [amount, time] = a.dimension === 'time' ? [b, a] : [a, b];
  if (time.dimension !== 'time' || time.value <= 0 || amount.dimension === 'time') return [];
  if (post.dimension === 'speed' && amount.dimension === 'length')
    return [sumOf(amount, time, '÷', amount.value / time.value, post)];
  if (span === undefined || !isAmount(amount) || amount.dimension !== post.dimension) return [];
  return [sumOf(amount, time, '÷', (amount.value / time.value) * span, post)];
}

/** 1,200 euros a year are 100 a month. */
function perSpan(figure: Quantity, post: Quantity, span: number | undefined, source: SourceSentence): Sum[] {
  if (span === undefined || !isAmount(figure) || figure.dimension !== post.dimension) return [];
  const own = spanAt(source.text, figure.index - source.from, figure.end - source.from);
  if (own === undefined || own === span) return [];
  const value = (figure.value * span) / own;
  return [{ value, dimension: post.dimension, from: figure, text: () => `${figure.raw} → ${inUnitOf(post, value)}` }];
}

/** `shrank by 15 percent to 34 MB`: 40 before; `£310,000, three times the estimate`: the estimate. */
function beforeOf(a: Quantity, b: Quantity, post: Quantity, source: SourceSentence): Sum[] {
  const [by, amount] = a.dimension === 'share' || a.dimension === 'multiple' ? [a, b] : [b, a];
  if (!isAmount(amount) || amount.dimension !== post.dimension) return [];
  if (by.dimension === 'multiple' && by.value > 1) return [sumOf(amount, by, '÷', amount.value / by.value, post)];
  if (by.dimension !== 'share' || by.value >= 1 || !isChange(source.text)) return [];
  return [1 / (1 - by.value), 1 / (1 + by.value), 1 - by.value, 1 + by.value]
    .map((factor) => amount.value * factor)
    .filter((value) => isExact(post, value))
    .map((value) => ({
      value,
      dimension: post.dimension,
      isUnasked: true,
      from: amount,
      text: () => `${amount.raw} with ${by.raw} = ${inUnitOf(post, value)}`,
    }));
}

function sumOf(a: Quantity, b: Quantity, sign: '×' | '÷', value: number, post: Quantity): Sum {
  return {
    isUnasked: true,
    value,
    dimension: post.dimension,
    from: a,
    text: () => `${a.raw} ${sign} ${b.raw} = ${inUnitOf(post, value)}`,
  };
}
