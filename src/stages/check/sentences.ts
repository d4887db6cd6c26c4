/** Sentences of a text with their places. A sentence ends at a mark and a space or at a line break; abbreviations do not end one. Pure. */

export interface Sentence {
  readonly text: string;
  readonly from: number;
  readonly end: number;
}

const LONGEST = 1500;
const END = /[.!?。！？]["”’)\]」』]*(?=\s|$)|[。！？]|\n+/gu;
const ABBREVIATION =
  /(?:^|[\s(–-])(?:\p{Lu}(?:\.\p{Lu}){0,4}|Dr|Mr|Mrs|Ms|Prof|St|No|Nr|vs?|approx|ca|Inc|Ltd|Co|Corp|Jr|Sr|Gen|Sen|Rep|Fig|Vol|Art|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|bzw|z\.B|d\.h|e\.g|i\.e|a\.m|p\.m)\.$/u;

/** The nearest place before this one where no word is cut. */
function wordEnd(text: string, at: number): number {
  for (let place = at; place > at - 200; place -= 1)
    if (!/[\p{L}\p{N}\p{M}]{2}/u.test(text.slice(place - 1, place + 1))) return place;
  return at;
}

export function sentencesOf(text: string): Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  const add = (end: number) => {
    for (let at = from; at < end; ) {
      const piece = text.slice(at, at + LONGEST < end ? wordEnd(text, at + LONGEST) : end);
      if (piece.trim() !== '') found.push({ text: piece, from: at, end: at + piece.length });
      at += piece.length;
    }
    from = end;
  };
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    const isMark = match[0] === '.';
    if (
      isMark &&
      ABBREVIATION.test(text.slice(Math.max(from, end - 14), end)) &&
      /^\s*[\p{L}\d(]/u.test(text.slice(end, end + 4))
    )
      continue;
    if (
      isMark &&
      /\d\.$/.test(text.slice(Math.max(from, end - 2), end)) &&
      /^\s?\d{1,2}\./.test(text.slice(end, end + 4))
    )
      continue; // 2024. 5. 9.
    if (isMark && /\d\.$/.test(text.slice(Math.max(from, end - 2), end)) && /^\s\p{Ll}/u.test(text.slice(end, end + 2)))
      continue; // am 21. und 22. Juli
    add(end);
  }
  add(text.length);
  return found;
}
