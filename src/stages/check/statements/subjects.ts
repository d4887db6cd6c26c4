/** Source figures that a post assigns to a different subject. Pure. */

import { figuresOf } from '../arithmetic/pairs.ts';
import { isClose } from '../grounding/match-quantity.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';
import { stem } from '../quantities/nouns.ts';
import type { Quantity } from '../quantities/quantity.ts';

/** A figure that belongs to another subject in the source's sentence. */
export function findMisbound(post: string, source: SourceSentence, figures: readonly Quantity[]): string | undefined {
  const clauses = clausesOf(source);
  if (clauses.length < 2) return undefined;
  const said = clauseWordsOf(post);
  for (const quantity of figures) {
    if (quantity.kind === 'ordinal') continue;
    const own = clauses.find(({ figures }) =>
      figures.some((figure) => figure.dimension === quantity.dimension && isClose(figure.value, quantity.value)),
    );
    if (
      own === undefined ||
      clauses.filter(({ figures }) => figures.some((figure) => isClose(figure.value, quantity.value))).length > 1
    )
      continue;
    const words =
      said.length === 1
        ? (said[0]?.words ?? [])
        : (said.find(({ from, end }) => quantity.index >= from && quantity.index < end)?.words ?? []);
    const others = clauses.filter(
      (clause) => clause !== own && clause.figures.some(({ dimension }) => dimension === quantity.dimension),
    );
    const score = (clause: Clause) => words.filter((word) => clause.words.has(word) && !isShared(word, clauses)).length;
    const best = others.map((clause) => score(clause)).sort((a, b) => b - a)[0] ?? 0;
    if (best > 0 && score(own) === 0)
      return `The sentence gives "${quantity.raw}" to something else than the source does`;
  }
  return undefined;
}

export interface Clause {
  readonly from: number;
  readonly end: number;
  readonly text: string;
  /** Where it begins in the whole source. */
  readonly start: number;
  readonly words: ReadonlySet<string>;
  readonly figures: readonly Quantity[];
}

export const isShared = (word: string, clauses: readonly Clause[]) =>
  clauses.filter(({ words }) => words.has(word)).length > 1;
const BREAK =
  /[,;:—–]\s|[、，；]|\s(?:and|while|but|whereas|or|compared with|compared to|against|und|aber|während|sowie|et|tandis que|mais|pero|mientras que|y)\s|(?<=[고며나데만])\s|(?<=[가-힣])와\s|(?<=[가-힣])과\s/gu;

export function cut(text: string): { readonly from: number; readonly end: number }[] {
  const parts: { from: number; end: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(BREAK)) {
    parts.push({ from, end: match.index + match[0].length });
    from = match.index + match[0].length;
  }
  parts.push({ from, end: text.length });
  return parts;
}

export function clausesOf({ text, from: start, quantities }: SourceSentence): Clause[] {
  return cut(text).flatMap(({ from, end }) => {
    const figures = quantities.filter(({ index }) => index >= start + from && index < start + end);
    return figures.length === 0
      ? []
      : [
          {
            from,
            end,
            text: text.slice(from, end),
            start: start + from,
            words: stemsOf(text.slice(from, end)),
            figures,
          },
        ];
  });
}

function clauseWordsOf(
  post: string,
): { readonly from: number; readonly end: number; readonly words: readonly string[] }[] {
  return cut(post).map(({ from, end }) => ({ from, end, words: [...stemsOf(post.slice(from, end))] }));
}

/** How much better two figures must fit each other's places than their own. */
const FITS_BETTER = 2;

/** Two figures of one sentence that have changed places: each now stands among the words of the other. */
export function findExchanged(post: string, source: SourceSentence, figures: readonly Quantity[]): string | undefined {
  const known = figuresOf(source).map((figure) => ({ figure, near: nearby(source.text, figure, source.from) }));
  const said = figures.map((figure) => ({ figure, near: nearby(post, figure, 0) }));
  const isAlone = (list: readonly { readonly figure: Quantity }[], { value, dimension }: Quantity) =>
    list.filter(({ figure }) => figure.dimension === dimension && isClose(figure.value, value)).length === 1;
  for (const one of said)
    for (const other of said) {
      if (one.figure.index >= other.figure.index || one.figure.dimension !== other.figure.dimension) continue;
      if (![one, other].every(({ figure }) => isAlone(said, figure) && isAlone(known, figure))) continue;
      const [own, others] = [one, other].map(({ figure: { value, dimension } }) =>
        known.find(({ figure }) => figure.dimension === dimension && isClose(figure.value, value)),
      );
      if (own === undefined || others === undefined || own === others) continue;
      const kept = likeness(one.near, own.near) + likeness(other.near, others.near);
      const turned = likeness(one.near, others.near) + likeness(other.near, own.near);
      if (turned >= kept + FITS_BETTER && likeness(one.near, others.near) > likeness(one.near, own.near))
        return `The sentence gives "${one.figure.raw}" to something else than the source does`;
    }
  return undefined;
}

/** The two words before and after a figure, the nearest first. */
interface Nearby {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function nearby(text: string, { index, end, raw }: Quantity, start: number): Nearby {
  const words = (part: string) => Array.from(part.matchAll(/[\p{L}%]+/gu), ([word]) => stem(word));
  const from = index - start;
  const unit = words(raw.replace(/^[^\p{L}%]+/u, ''));
  return {
    before: words(text.slice(Math.max(0, from - 40), from))
      .slice(-2)
      .reverse(),
    after: [...unit, ...words(text.slice(end - start, end - start + 40))].slice(0, 2),
  };
}

function likeness(a: Nearby, b: Nearby): number {
  const at = (side: 'before' | 'after', place: number) =>
    Number(a[side][place] !== undefined && a[side][place] === b[side][place]);
  return 2 * at('after', 0) + at('after', 1) + 1.5 * at('before', 0) + 0.5 * at('before', 1);
}
