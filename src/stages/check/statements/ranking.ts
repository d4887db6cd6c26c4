/** Comparisons in Korean, `A는 B보다 많다`, against the figures and years that the source gives to both. Pure. */

import type { SourceSentence } from '../grounding/source-sentences.ts';
import { countOther } from '../quantities/counters.ts';
import type { Quantity } from '../quantities/quantity.ts';

const STANDARD = /^([가-힣A-Za-z]{2,12})보다$/u;
const TOPIC = /^([가-힣A-Za-z]{2,12}?)(?:에는|에서는|은|는|이|가)$/u;
const MEASURE = /^(?:많|적|높|낮|크|큰|작|길|짧|빠르|빨리|느리|먼저|일찍|늦|나중)/;
/** Words between what is compared and the word that compares. */
const BETWEEN = 3;
const LESS = /^(?:적|낮|작|짧|느리)/;
const EARLIER = /^(?:먼저|일찍|빨리)/;
const LATER = /^(?:늦|나중)/;

export function findWrongRank(post: string, sentences: readonly SourceSentence[]): string | undefined {
  const { one, other, word } = comparisonOf(post) ?? { one: '', other: '', word: '' };
  if (one === '' || one === other) return undefined;
  if (EARLIER.test(word) || LATER.test(word)) {
    const [a, b] = [yearOf(one, other, sentences), yearOf(other, one, sentences)];
    if (a === undefined || b === undefined || a === b) return undefined;
    return a < b === EARLIER.test(word) ? undefined : `The source dates "${one}" to ${a} and "${other}" to ${b}`;
  }
  for (const { text, from, quantities } of sentences) {
    const [a, b] = [figureOf(one, text, from, quantities), figureOf(other, text, from, quantities)];
    if (a === undefined || b === undefined || a === b || a.dimension !== b.dimension || a.value === b.value) continue;
    if (countOther(a.nouns, b.nouns)) continue;
    return a.value < b.value === LESS.test(word)
      ? undefined
      : `The source gives "${one}" ${a.raw} and "${other}" ${b.raw}`;
  }
  return undefined;
}

/** `A는 B보다 더 많은`: who is compared with whom, and in what. */
function comparisonOf(
  post: string,
): { readonly one: string; readonly other: string; readonly word: string } | undefined {
  const words = post.split(/\s+/);
  const at = words.findIndex((word) => STANDARD.test(word));
  if (at < 1) return undefined;
  const topic = words.slice(Math.max(0, at - BETWEEN), at).findLast((word) => TOPIC.test(word));
  const word = words.slice(at + 1, at + 1 + BETWEEN).find((one) => MEASURE.test(one));
  const [one, other] = [TOPIC.exec(topic ?? '')?.[1], STANDARD.exec(words[at] ?? '')?.[1]];
  return one === undefined || other === undefined || word === undefined ? undefined : { one, other, word };
}

/** The figure right behind a name: `북한산(715만 명)`, `서울 18도`. */
function figureOf(name: string, text: string, from: number, quantities: readonly Quantity[]): Quantity | undefined {
  const at = text.indexOf(name);
  if (at === -1) return undefined;
  const end = at + name.length;
  return quantities.find(({ index, kind }) => kind === 'plain' && index - from >= end && index - from - end <= 3);
}

/** The only year of the first sentence that speaks of one and not of the other. */
function yearOf(name: string, other: string, sentences: readonly SourceSentence[]): number | undefined {
  for (const { text, dates } of sentences) {
    if (!text.includes(name) || text.includes(other)) continue;
    const years = new Set(
      dates.flatMap(({ year, until }) => (year === undefined || until !== undefined ? [] : [year])),
    );
    if (years.size === 1) return [...years][0];
  }
  return undefined;
}
