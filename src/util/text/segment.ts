/**
 * Words and sentences of texts of any length. On Node 20, `Intl.Segmenter` is quadratic in the length of a string, so a text is
 * segmented in bounded pieces that end at a line break, otherwise at a sentence, otherwise at a space.
 */

const LONGEST_PIECE = 1000;
const segmenters = new Map<string, Intl.Segmenter>();

/** Word-like segments as written, including scripts without spaces. */
export function* wordsOf(text: string, lang = 'und'): Generator<string> {
  for (const { segment, isWordLike } of segmentsOf(text, 'word', lang)) if (isWordLike === true) yield segment;
}

/** All segments with their position. A sentence does not cross a line break. */
export function* segmentsOf(
  text: string,
  granularity: 'word' | 'sentence',
  lang = 'und',
): Generator<Omit<Intl.SegmentData, 'input'>> {
  const segmenter = segmenterFor(granularity, lang);
  for (const { from, piece } of piecesOf(text))
    for (const { segment, index, isWordLike } of segmenter.segment(piece))
      yield { segment, index: from + index, ...(isWordLike === undefined ? {} : { isWordLike }) };
}

function segmenterFor(granularity: 'word' | 'sentence', lang: string): Intl.Segmenter {
  const key = `${granularity} ${lang}`;
  const known = segmenters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(supported(lang), { granularity });
  if (segmenters.size < 100) segmenters.set(key, made);
  return made;
}

function supported(lang: string): string {
  try {
    return lang === 'und' ? 'en' : (Intl.Segmenter.supportedLocalesOf(lang)[0] ?? 'en');
  } catch {
    return 'en'; // not a language tag
  }
}

/** Pieces of at most `LONGEST_PIECE` characters that together are the text. */
export function* piecesOf(text: string): Generator<{ readonly from: number; readonly piece: string }> {
  let from = 0;
  while (from < text.length) {
    const to = endOfPiece(text, from);
    yield { from, piece: text.slice(from, to) };
    from = to;
  }
}

function endOfPiece(text: string, from: number): number {
  const window = text.slice(from, from + LONGEST_PIECE);
  if (window.length < LONGEST_PIECE) return text.length;
  const line = window.lastIndexOf('\n');
  if (line !== -1) return from + line + 1;
  for (const end of [/[.!?。！？]["”’)]?\s/gu, /\s/gu]) {
    const last = [...window.matchAll(end)].at(-1);
    if (last !== undefined && last.index > 0) return from + last.index + last[0].length;
  }
  const isSplitPair = (window.codePointAt(window.length - 1) ?? 0) >>> 10 === 0x36; // a leading surrogate
  return from + window.length - (isSplitPair ? 1 : 0);
}
