/** What each of several gets, what is left of a whole, a share of a share, and one rate for another amount. Pure. */

import { isClose } from '../grounding/match-quantity.ts';
import type { SourceSentence } from '../grounding/source-sentences.ts';
import { stem } from '../quantities/nouns.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { figuresOf, type Reckoned } from './pairs.ts';
import { inUnitOf, percent, type Sum } from './sums.ts';

/** The noun of `한 사람 몫`, `1軒あたり`, `per person`. */
const OF_EACH: readonly RegExp[] = [
  /(?<![가-힣\d])(?:한|1)\s?(사람|명|개|곳|대|채|팀|가구|학급|층|그루|마리|호|척|권)/u,
  /(사람|명|개|곳|대|채|팀|가구|학급|층|그루|마리|호|척|권|인)당/u,
  /(\p{Script=Han})(?:あたり|当たり|につき|ごと)/u,
  /\b(?:per|each|every)\s([a-z]{3,})/i,
];
const PEOPLE = new Set(['person', 'head', 'capita', 'guest', 'people']);
const REST = /나머지|\b(?:rest|remainder|remaining)\b|残り|其余|übrig|\breste\b|\bresto\b/iu;

export function partsOfWholes(
  post: Quantity,
  sentence: string,
  about: readonly SourceSentence[],
  { sentences }: Reckoned,
  others: readonly Quantity[],
): Sum[] {
  if (post.kind !== 'plain') return [];
  const nearest = about.slice(0, MOST_ABOUT);
  return [
    ...ofEach(post, sentence, nearest, sentences),
    ...nearest.flatMap((source) => restOf(post, source)),
    ...nearest.flatMap((source) => shareOfOther(post, source, sentences)),
    ...nearest.flatMap((source) => others.flatMap((other) => atRate(post, other, source))),
  ];
}

const MOST_ABOUT = 4;

function ofEach(
  post: Quantity,
  sentence: string,
  about: readonly SourceSentence[],
  sentences: readonly SourceSentence[],
): Sum[] {
  const noun = OF_EACH.map((pattern) => pattern.exec(sentence)?.[1]).find((word) => word !== undefined);
  if (noun === undefined) return [];
  const key = stem(noun);
  const isCounted = ({ nouns }: Quantity) =>
    nouns.some((one) => one === key || (PEOPLE.has(key) && (PEOPLE.has(one) || one === 'serving')));
  const counts = sentences
    .flatMap(({ quantities }) => quantities)
    .filter(({ kind, dimension, value }) => kind === 'plain' && dimension === 'count' && value >= 2)
    .filter(isCounted)
    .slice(0, 4);
  return counts.flatMap((count) =>
    about.flatMap(figuresOf).flatMap((whole): Sum[] => {
      if (whole.dimension !== post.dimension || whole.index === count.index || whole.value <= count.value) return [];
      const value = whole.value / count.value;
      const text = () => `${whole.raw} ÷ ${count.raw} = ${inUnitOf(post, value)}`;
      return [{ value, dimension: post.dimension, from: whole, text }];
    }),
  );
}

/** `of the 940, 410 from the state, 220 from the county, the rest from farmers` */
function restOf(post: Quantity, source: SourceSentence): Sum[] {
  if (!REST.test(source.text)) return [];
  const like = source.quantities.filter(({ kind, dimension }) => kind === 'plain' && dimension === post.dimension);
  const [from] = [...like].sort((a, b) => b.value - a.value);
  if (from === undefined || like.length < 3) return [];
  const parts = like.filter((one) => one !== from);
  const value = from.value - parts.reduce((sum, part) => sum + part.value, 0);
  if (value <= 0) return [];
  const text = () => `${from.raw} − ${parts.map(({ raw }) => raw).join(' − ')} = ${inUnitOf(post, value)}`;
  return [{ value, dimension: post.dimension, isUnasked: true, from, text }];
}

/** `half of the base rate`, and another sentence says what the base rate is. */
function shareOfOther(post: Quantity, source: SourceSentence, sentences: readonly SourceSentence[]): Sum[] {
  if (post.dimension === 'count' || post.dimension === 'year') return [];
  const shares = source.quantities.filter(({ kind, step, value }) => kind === 'share' && step === 0 && value < 1);
  if (shares.length === 0) return [];
  const named = sentences.filter(
    (other) => other !== source && [...source.words].some((word) => other.words.has(word)),
  );
  return named.flatMap(({ quantities }) =>
    quantities
      .filter(({ kind, dimension }) => kind === 'plain' && dimension === post.dimension)
      .flatMap((from) =>
        shares.map((share): Sum => {
          const value = share.value * from.value;
          const shown = post.dimension === 'share' ? percent(value) : inUnitOf(post, value);
          const text = () => `${share.raw} × ${from.raw} = ${shown}`;
          return { value, dimension: post.dimension, isUnasked: true, from, text };
        }),
      ),
  );
}

/** Characters between the two figures of a rate. */
const NEAR = 60;

/** 968 g for 1 km are 96.8 kg for 100 km. */
function atRate(post: Quantity, other: Quantity, source: SourceSentence): Sum[] {
  if (other.kind !== 'plain' || other.dimension === post.dimension || isNoAmount(post) || isNoAmount(other)) return [];
  const like = ({ dimension }: Quantity) =>
    source.quantities.filter((one) => one.kind === 'plain' && one.dimension === dimension && one.value > 0);
  return like(post).flatMap((amount) =>
    like(other).flatMap((per): Sum[] => {
      const isApart = Math.abs(amount.index - per.index) > NEAR;
      if (isApart || amount === per || isClose(other.value, per.value)) return [];
      // Of two unrelated figures one is seldom a whole multiple of the other.
      const times = other.value > per.value ? other.value / per.value : per.value / other.value;
      if (Math.abs(times - Math.round(times)) > 1e-9) return [];
      const value = (amount.value * other.value) / per.value;
      const text = () => `${amount.raw} ÷ ${per.raw} × ${other.raw} = ${inUnitOf(post, value)}`;
      return [{ value, dimension: post.dimension, isUnasked: true, from: amount, text }];
    }),
  );
}

const isNoAmount = ({ dimension }: Quantity) =>
  ['year', 'share', 'points', 'ordinal', 'clock', 'age'].includes(dimension);
