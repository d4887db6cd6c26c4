/** Facts of one block's text, from a single pass over its characters. */

export interface Line {
  readonly chars: number;
  /** Characters; an ideograph or syllable block counts as two and a half, for about equal content. */
  readonly weight: number;
  readonly words: number;
  readonly sentenceEnds: number;
  readonly commas: number;
  readonly upper: number;
  readonly digits: number;
  readonly wide: number;
  readonly separators: number;
  readonly symbols: number;
  readonly start: number;
  readonly end: number;
}

const WIDE_WEIGHT = 2.5;

export function measureLine(text: string): Line {
  let [words, sentenceEnds, commas, upper, digits, wide, separators, symbols] = [0, 0, 0, 0, 0, 0, 0, 0];
  let inWord = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = kindOf(code);
    const isWord = kind <= WIDE;
    if (isWord && !inWord) words += 1;
    inWord = isWord;
    if (kind === UPPER) upper += 1;
    else if (kind === DIGIT) digits += 1;
    else if (kind === WIDE) wide += 1;
    else if (kind === SENTENCE_END) sentenceEnds += endsSentence(text, index) ? 1 : 0;
    else if (kind === COMMA) commas += 1;
    else if (kind === SEPARATOR) separators += 1;
    else if (kind === SYMBOL) symbols += 1;
  }
  return {
    chars: text.length,
    weight: text.length + wide * (WIDE_WEIGHT - 1),
    words,
    sentenceEnds,
    commas,
    upper,
    digits,
    wide,
    separators,
    symbols,
    start: kindOf(text.charCodeAt(0)),
    end: kindOf(text.charCodeAt(text.length - 1)),
  };
}

const LOWER = 0;
const UPPER = 1;
const DIGIT = 2;
const WIDE = 3;
const SPACE = 4;
const SENTENCE_END = 5;
const COMMA = 6;
const COLON = 7;
const SEPARATOR = 8;
const SYMBOL = 9;
const QUOTE = 10;
const OTHER = 11;

const KINDS = new Uint8Array(0x3100).fill(OTHER);
for (let code = 0; code < KINDS.length; code += 1) {
  const character = String.fromCharCode(code);
  if (/\p{Lu}/u.test(character)) KINDS[code] = UPPER;
  else if (/[\p{L}\p{M}_]/u.test(character)) KINDS[code] = LOWER;
  else if (/\p{N}/u.test(character)) KINDS[code] = DIGIT;
  else if (/\s/.test(character)) KINDS[code] = SPACE;
  else if ('.!?…。؟।۔'.includes(character)) KINDS[code] = SENTENCE_END;
  else if (',;،、؛'.includes(character)) KINDS[code] = COMMA;
  else if (character === ':') KINDS[code] = COLON;
  else if ('|·•/»›→←«‹>–—-'.includes(character)) KINDS[code] = SEPARATOR;
  else if ('©®™@#$€£¥%+=*'.includes(character)) KINDS[code] = SYMBOL;
  else if ('"\'“”„‘’()「」『』'.includes(character)) KINDS[code] = QUOTE;
}

function kindOf(code: number): number {
  if (code < 0x3041) return KINDS[code] ?? OTHER;
  if (code === 0xff0e || code === 0xff01 || code === 0xff1f || code === 0xff61) return SENTENCE_END;
  if (code === 0xff0c || code === 0xff1b) return COMMA;
  if (code === 0xff1a) return COLON;
  if (code >= 0xff00 && code < 0xff66) return OTHER;
  return code >= 0xd800 && code < 0xe000 ? OTHER : WIDE;
}

/** A full stop inside a number or an address does not end a sentence; an ideographic one always does. */
function endsSentence(text: string, index: number): boolean {
  if (text.charCodeAt(index) >= 0x3000 || index + 1 >= text.length) return true;
  const next = kindOf(text.charCodeAt(index + 1));
  return next === SPACE || next === QUOTE;
}
