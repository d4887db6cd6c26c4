/** Names that end with a number, `One UI 7`, `IP68`, `안드로이드 9`: with another number they name something else. Pure. */

import { sentencesOf } from '../../sentences.ts';
import type { Rival } from '../elsewhere.ts';

export interface NumberedName {
  readonly raw: string;
  readonly index: number;
  /** Its words, lowered and without marks. */
  readonly name: string;
  readonly number: string;
}

const LATIN =
  /(?<![\p{L}\d.-])(\p{Lu}\p{L}{0,14})([ -]?)(\d{1,3})(?![\d%:/\p{Script=Latin}]|[.,]\d|\s?(?:percent|per cent|million|billion|thousand))/gu;
const KOREAN =
  /(?<![가-힣])([가-힣]{2,7}(?![은는이가을를에의와과도로])[가-힣]) ?(\d{1,3})(?=[은는이가을를에의와과도]?(?:[\s)]|[.,](?!\d)|$))/gu;
/** Words before numbers that name no product. */
const PLACES =
  /^(?:in|on|at|by|to|of|from|for|with|and|or|the|a|an|some|about|only|over|around|nearly|these|those|all|first|last|top|day|page|part|step|table|figure|chapter|section|item|no|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|q|h|fy)$/i;
/** More numbers than this after a name are a count of its parts: `Section 1` to `Section 10`. */
const MOST = 3;

export function findNumberedNames(text: string): NumberedName[] {
  const latin = Array.from(text.matchAll(LATIN), (match) => ({ match, word: match[1] ?? '', number: match[3] ?? '' }));
  const korean = Array.from(text.matchAll(KOREAN), (match) => ({
    match,
    word: match[1] ?? '',
    number: match[2] ?? '',
  }));
  return [...latin, ...korean].flatMap(({ match, word, number }) =>
    PLACES.test(word) || /^0/.test(number)
      ? []
      : [{ raw: match[0], index: match.index, name: word.toLowerCase(), number }],
  );
}

/** What the source calls with another number, where it never calls it with this one. */
export function numbersOf(text: string): (name: NumberedName) => Rival | undefined {
  let known: Map<string, NumberedName[]> | undefined;
  return ({ name, number }) => {
    if (known === undefined) {
      known = new Map();
      for (const one of findNumberedNames(text)) known.set(one.name, [...(known.get(one.name) ?? []), one]);
    }
    const own = known.get(name) ?? [];
    const [first] = own;
    const numbers = new Set(own.map((one) => one.number));
    if (first === undefined || numbers.has(number) || numbers.size > MOST) return undefined;
    const sentence = sentencesOf(text.slice(Math.max(0, first.index - 200), first.index + 200)).find(({ text: one }) =>
      one.includes(first.raw),
    );
    return { raw: first.raw, sentence: sentence?.text ?? first.raw };
  };
}
