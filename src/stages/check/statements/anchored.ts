/** Statements that a figure ties to one sentence of the source, however else they are worded: what that sentence says of the figure. Pure. */

import { isTotal } from '../arithmetic/asks.ts';
import { isClose } from '../grounding/match-quantity.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';
import { stem } from '../quantities/nouns.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { type Clause, clausesOf, cut, isShared } from './subjects.ts';
import { DOWN, has, negations, UP } from './words.ts';

export interface Anchored {
  readonly rule: 'trend' | 'subject';
  readonly message: string;
  readonly source: SourceSentence;
}

const FIGURES = new Set(['code', 'clock', 'ordinal', 'pair', 'range']);
/** Whole numbers up to this one stand in many places. */
const SMALL = 12;
/** Words that set one thing beside another: the figure of one may stand beside the name of the other. */
const COMPARES =
  /\bthan\b|\bcompared\b|\bagainst\b|\bversus\b|\bvs\b|보다|대비|비해|gegenüber|\bals\b|par rapport|\bque\b|より|比/iu;
/** The same where the sentence has a second figure: by how much. */
const MEASURES =
  /\b(?:above|below|beyond|exceed\w*|surpass\w*|short of|differ\w*)\b|(?<!\p{L})(?:über|unter) de[rmn](?!\p{L})/iu;
/** `1軒あたり`: the figure tells of what the other one is. */
const EACH_ONE = /^\s?\p{L}{0,2}(?:あたり|当たり|당(?=\s))/u;
/** `higher` and `lower` compare more often than they move. */
const STANDING = /\b(?:higher|lower)\b/gi;

/** Whether a sentence sets figures of several things beside each other. */
export function compares(post: string, figures: readonly Quantity[]): boolean {
  return figures.length > 1 && (COMPARES.test(post) || MEASURES.test(post));
}

export function findAnchored(
  post: string,
  figures: readonly Quantity[],
  sources: readonly SourceSentence[],
): Anchored | undefined {
  if (figures.length > 1 && MEASURES.test(post)) return undefined;
  for (const figure of figures) {
    if (EACH_ONE.test(post.slice(figure.end))) continue;
    if (FIGURES.has(figure.kind) || figure.dimension === 'year' || figure.value <= SMALL * figure.unitSize) {
      if (figure.dimension !== 'share' || FIGURES.has(figure.kind)) continue;
    }
    const place = onlyPlace(figure, sources);
    const at = place === undefined ? undefined : sources[place];
    if (place === undefined || at === undefined || (isTotal(post) && isSumOfOthers(figure, at))) continue;
    const beside = [sources[place - 1], sources[place + 1]].flatMap((one) => one ?? []);
    const found = judge(post, figure, at, beside);
    if (found !== undefined) return { ...found, source: at };
  }
  return undefined;
}

const isLike = (a: Quantity, b: Quantity) => a.dimension === b.dimension && isClose(a.value, b.value);

/** The whole that the other figures of the sentence add up to belongs to each of their names. */
export function isSumOfOthers(figure: Quantity, { quantities }: SourceSentence): boolean {
  const others = quantities.filter((one) => one.dimension === figure.dimension && !isLike(one, figure));
  return (
    others.length > 1 &&
    isClose(
      others.reduce((sum, { value }) => sum + value, 0),
      figure.value,
    )
  );
}

/** The place of the figure's sentence, where there is no second one. */
function onlyPlace(figure: Quantity, sources: readonly SourceSentence[]): number | undefined {
  let place: number | undefined;
  for (const [index, sentence] of sources.entries()) {
    if (!sentence.quantities.some((one) => isLike(one, figure))) continue;
    if (place !== undefined) return undefined;
    place = index;
  }
  return place;
}

function judge(
  post: string,
  figure: Quantity,
  source: SourceSentence,
  beside: readonly SourceSentence[],
): Omit<Anchored, 'source'> | undefined {
  const words = stemsOf(post);
  if (![...words].some((word) => source.words.has(word)) && !/[\u3040-\u30ff\u4e00-\u9fff]/.test(post))
    return undefined;
  const part = cut(post).find(({ from, end }) => figure.index >= from && figure.index < end);
  const clauses = clausesOf(source);
  const own = clauses.filter(({ figures }) => figures.some((one) => isLike(one, figure)));
  const [clause] = own;
  if (part === undefined || clause === undefined || own.length > 1) return undefined;
  const said = post.slice(part.from, part.end);
  if (turns(said, source.text.slice(clause.from, clause.end)))
    return { rule: 'trend', message: 'The sentence turns the direction round' };
  if (isOfOther(said, figure, clause, clauses) || isOfNext(said, figure, source, beside))
    return { rule: 'subject', message: `The sentence gives "${figure.raw}" to something else than the source does` };
  return undefined;
}

function turns(said: string, known: string): boolean {
  const [post, source] = [said.replace(STANDING, ''), known.replace(STANDING, '')];
  const [up, down] = [has(UP, post), has(DOWN, post)];
  const [wasUp, wasDown] = [has(UP, source), has(DOWN, source)];
  return up !== down && wasUp !== wasDown && up !== wasUp && negations(said) === negations(known);
}

/** The post names what the source gives another figure of this dimension to, and not what it gives this one to. */
function isOfOther(said: string, figure: Quantity, own: Clause, clauses: readonly Clause[]): boolean {
  const rivals = clauses.filter(
    (clause) => clause !== own && clause.figures.some(({ dimension }) => dimension === figure.dimension),
  );
  if (rivals.length === 0 || COMPARES.test(said)) return false;
  const words = new Set(stemsOf(said));
  const all = [own, ...rivals];
  const label = labelOf(own, figure.dimension, all);
  if (label === undefined || words.has(label)) return false;
  const score = (clause: Clause) => [...words].filter((word) => clause.words.has(word) && !isShared(word, all)).length;
  return rivals.some((rival) => {
    const theirs = labelOf(rival, figure.dimension, all);
    if (theirs === undefined || !words.has(theirs)) return false;
    return (
      score(own) <= score(rival) || haveOneSlot(said, { label, text: own.text }, { label: theirs, text: rival.text })
    );
  });
}

/** The post names who or what begins a sentence beside it, which has a figure of this kind too, and not what begins the figure's own. */
function isOfNext(said: string, figure: Quantity, source: SourceSentence, beside: readonly SourceSentence[]): boolean {
  if (COMPARES.test(said)) return false;
  const words = keysOf(said);
  const own = new Set(keysOf(source.text));
  const subject = keysOf(source.text).find((word) => word.length > 1);
  if (subject === undefined || words.includes(subject) || words.filter((word) => own.has(word)).length === 0)
    return false;
  return beside.some(({ text, quantities }) => {
    const first = keysOf(text).find((word) => word.length > 1);
    const isNamed = first !== undefined && !own.has(first) && words.indexOf(first) === 0;
    return isNamed && quantities.some(({ dimension, kind }) => dimension === figure.dimension && kind === figure.kind);
  });
}

/** `반대한다는 응답이`, `찬성한다는 응답이`: the same word follows both, and in the post it follows the other one's. */
function haveOneSlot(said: string, own: Labelled, rival: Labelled): boolean {
  const next = ({ label, text }: Labelled) => {
    const words = keysOf(text);
    return words[words.indexOf(label) + 1];
  };
  const slot = next(own);
  return slot !== undefined && slot === next(rival) && slot === next({ label: rival.label, text: said });
}

interface Labelled {
  readonly label: string;
  readonly text: string;
}

/** In Chinese and Japanese a run of one script is the nearest to a word. */
const WORD = /[\p{Script=Latin}’'-]{2,}|[\p{Script=Hangul}]{2,}|\p{Script=Han}{2,}|\p{Script=Katakana}{2,}/gu;

const keysOf = (text: string) =>
  Array.from(text.matchAll(WORD), ([word]) => (/[가-힣]/.test(word) ? word.slice(0, 2) : stem(word)));

/** The nearest word before the figure that no other clause has. */
function labelOf(clause: Clause, dimension: string, all: readonly Clause[]): string | undefined {
  const figure = clause.figures.find((one) => one.dimension === dimension);
  if (figure === undefined) return undefined;
  const before = clause.text.slice(0, Math.max(0, figure.index - clause.start));
  return keysOf(before)
    .filter((word) => clause.words.has(word) && !isShared(word, all))
    .at(-1);
}
