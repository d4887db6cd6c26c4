/** The unit of a bare number of the source, where its sentence or its page says it. Pure. */

import type { Quantity } from '../quantities/quantity.ts';
import { unitAt } from '../quantities/units.ts';
import { type SourceSentence, sentenceAt } from './source-sentences.ts';

/** A bare number from here on is a price where the page has prices. */
const LEAST_PRICE = 1000;

/** Tells whether a sentence with a bare number names a unit of a dimension: "opening hours grew from 32 to 48". */
export function spokenDimensions(
  sentences: readonly SourceSentence[],
  quantities: readonly Quantity[],
): (quantity: Quantity, dimension: string) => boolean {
  const known = new Map<SourceSentence, ReadonlySet<string>>();
  let currencies: ReadonlySet<string> | undefined;
  return ({ index, value }, dimension) => {
    // `we paid 18,000` on a page with prices in dollars
    if (value >= LEAST_PRICE && dimension.startsWith('money:')) {
      currencies ??= new Set(quantities.map((quantity) => quantity.dimension));
      return currencies.has(dimension);
    }
    const sentence = sentenceAt(sentences, index);
    if (sentence === undefined) return false;
    let named = known.get(sentence);
    if (named === undefined) {
      const found = new Set<string>();
      for (const match of sentence.text.slice(0, 600).matchAll(/(?<![\p{L}\d])[\p{L}%€$£]+/gu)) {
        const unit = match[0].length > 1 || /[%€$£]/.test(match[0]) ? unitAt(sentence.text, match.index) : undefined;
        if (unit !== undefined) found.add(unit.unit.dimension);
      }
      named = found;
      known.set(sentence, named);
    }
    return named.has(dimension);
  };
}
