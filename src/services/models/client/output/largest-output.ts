/** The least that a post needs; smaller numbers in a refusal are no limit of the output. */
export const MIN_OUTPUT = 256;

/** The limit of the answer under the names that servers give it. */
const ABOUT_OUTPUT =
  /max(?:imum)?[_ ]?(?:\w{1,12}[_ ])?tokens|max_?(?:output|new|completion)_?tokens|(?:completion|output) tokens|tokens to generate/;
/** With separators (`32,768`) or without; the first number of a range (`[1,512]`) is one of its own. */
const NUMBER = /(?<![\w.-])((?<!\[)\d{1,3}(?:,\d{3})+|\d{3,9})(?![\w.]*\w)( \(exclusive\))?/g;

/** The limit that a refusal of a too large output names; a refusal about the whole context names no limit of the output. */
export function largestOutput(message: string, asked: number): number | undefined {
  const words = message.toLowerCase();
  if (!ABOUT_OUTPUT.test(words)) return undefined;
  // A limit of answers that are not streamed is none of the model.
  if (/context length|\bstream\b/.test(words)) return undefined;
  const numbers = [...message.matchAll(NUMBER)].map(
    ([, digits = '', isOpen]) => Number(digits.replaceAll(',', '')) - (isOpen === undefined ? 0 : 1),
  );
  return numbers.filter((number) => number >= MIN_OUTPUT && number < asked).sort((a, b) => b - a)[0];
}
