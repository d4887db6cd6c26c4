/** Writes superscripts and subscripts so that no number changes: `10<sup>6</sup>` is 10⁶, never 106. */

import { trimTail } from '../../../../util/text/trim-edges.ts';
import type { Note } from './runs.ts';

export interface Script {
  readonly text: string;
  readonly isRaised: boolean;
  readonly note: Note;
  /** The text before and after it in its block. */
  readonly before: string;
  readonly after: string;
}

/** Replacement of the script. */
export function writeScript(script: Script): string {
  const text = script.text.replace(/\s+/g, ' ').trim();
  if (text === '') return script.text === '' ? '' : ' ';
  return script.isRaised ? raised(text, script) : lowered(text, script);
}

const DIGITS: Readonly<Record<string, string>> = {
  '0': '⁰₀',
  '1': '¹₁',
  '2': '²₂',
  '3': '³₃',
  '4': '⁴₄',
  '5': '⁵₅',
  '6': '⁶₆',
  '7': '⁷₇',
  '8': '⁸₈',
  '9': '⁹₉',
  '-': '⁻₋',
  '−': '⁻₋',
  '–': '⁻₋',
  '+': '⁺₊',
};

/** In Unicode superscript or subscript digits. */
function small(text: string, isRaised: boolean): string {
  return [...text].map((char) => DIGITS[char]?.[isRaised ? 0 : 1] ?? char).join('');
}

/** Longer than any word or number with a relevant superscript. */
const LONGEST_WORD = 200;
const NUMBER = /^[-+−–]?\d{1,4}$/;
const NOTE_SIGNS =
  /^(?:\[?(?:\d{1,3}|[a-z]|[ivx]{1,5}|(?:note|nb|n)\s?\d{1,3})\]?|[*†‡§¶#]+)(?:[,;\s–−-]+\[?\d{1,3}\]?)*$/i;
/** `1,2` and `3–5`. */
const SEVERAL_NOTES = /^\d{1,3}(?:\s?[,;–−-]\s?\d{1,3})+$/;
/** The charge of an ion. */
const CHARGE = /^\d{0,2}[+−–-]{1,2}$/;

function raised(text: string, script: Script): string {
  const { after, note } = script;
  const before = script.before.slice(-LONGEST_WORD);
  if (note !== 'unsaid' && NOTE_SIGNS.test(text)) return note === 'linked' ? '' : bracketed(text);
  if (/^[*†‡§¶®©™℠°ºª'’′″"]+$/.test(text) || /^[.,]\d+$/.test(text)) return text;
  if (/^\[[^\]]{1,12}\]$/.test(text)) return text;
  if (CHARGE.test(text) && /[\p{L}\p{N})\]]$/u.test(before)) return small(text, true);
  // input: at most 200 characters
  if (SEVERAL_NOTES.test(text) && !isVariable(/[\p{L}\p{M}]+$/u.exec(before)?.[0])) return bracketed(text);
  if (NUMBER.test(text)) return raisedNumber(text, before, after);
  if (/^\p{L}[\p{L}.]{0,5}$/u.test(text)) return raisedLetters(text, before, after);
  return apart(text, before, '^');
}

function bracketed(text: string): string {
  return text.startsWith('[') ? text : `[${text}]`;
}

const UNITS = new Set(
  'm cm mm km dm nm µm μm um ft in yd mi s sec h min px kg g l ha cd mol rad м см мм км дм с ч'.split(' '),
);
const FUNCTIONS = new Set('sin cos tan cot sec csc log ln lg exp sinh cosh tanh lim max min'.split(' '));
const CENTS = /(?:[$€£¥₩₹₽₺₫฿]|\b(?:USD|EUR|GBP|CHF|R|kr|Rs)\.?)\s?\d[\d.,' ]*$/u;
const MONEY_AFTER = /^\s?(?:[€$£₽₺]|kr\b|zł|Kč|Ft\b|lei\b|EUR\b|CHF\b|USD\b|円|元|원)/u;

function raisedNumber(text: string, before: string, after: string): string {
  // input: at most 200 characters
  const base = /\d[\d.,'’]*$/.exec(before)?.[0];
  if (base !== undefined) {
    if (/^\d{2}$/.test(text) && isWhole(base) && (CENTS.test(before) || MONEY_AFTER.test(after)))
      return decimalMark(base, before, after) + text;
    return isPower(base, text) ? small(text, true) : `[${text}]`;
  }
  // input: at most 200 characters
  const word = /[\p{L}\p{M}]+$/u.exec(before)?.[0];
  if (word !== undefined) {
    if (isVariable(word) || UNITS.has(word) || FUNCTIONS.has(word) || /^[-+−–]/.test(text)) return small(text, true);
    return `[${text}]`;
  }
  if (/[)\]|}′]$/.test(before)) return small(text, true);
  if (/[.,;:!?”"’'»%…。、！？]$/u.test(before)) return `[${text}]`;
  // The mass number of an isotope stands before its sign.
  return /^[A-Z][a-z]?(?![a-z])/.test(after) && NUMBER.test(text) ? small(text, true) : text;
}

function isVariable(word: string | undefined): boolean {
  return word !== undefined && [...word].length === 1 && /[A-Za-zα-ωΑ-Ω]/.test(word);
}

function isWhole(base: string): boolean {
  return !/[.,]\d{1,2}$/.test(base);
}

/** `1,299` has its cents behind a point, `1.299` behind a comma; else the currency tells. */
function decimalMark(base: string, before: string, after: string): string {
  if (/[.,]$/.test(base)) return '';
  if (/,\d{3}/.test(base)) return '.';
  if (/\.\d{3}/.test(base)) return ',';
  return /^\s?(?:[€₽₺]|kr\b|zł|Kč|Ft\b|lei\b)/.test(after) || /(?:€|kr)\s?\d[\d.,' ]*$/.test(before) ? ',' : '.';
}

/** Years and grouped numbers are not raised to a power: the digit behind them is the sign of a note. */
function isPower(base: string, exponent: string): boolean {
  if (/^[-+−–]/.test(exponent)) return true;
  const plain = trimTail(base, /[.,'’]/);
  if (/[,'’]\d{3}/.test(plain) || plain !== base) return false;
  return !/^(?:1[0-9]|20)\d\d$/.test(plain) || exponent.length > 2;
}

/** Endings of ordinal numbers and of abbreviations are written on the line; powers are not. */
function raisedLetters(text: string, before: string, after: string): string {
  if (/^(?:tm|sm)$/i.test(text)) return text.toLowerCase() === 'tm' ? '™' : '℠';
  const follows = /[\p{L}\p{N})\]]$/u.test(before);
  if (!follows) return text;
  const isAfterNumber = /\d$/.test(before);
  if (isAfterNumber && /^[oº]$/i.test(text) && /^\s?[CF]\b/.test(after)) return '°';
  if ([...text].length >= 2) return /^\p{Lu}+$/u.test(text) && [...text].length > 2 ? ` ${text}` : text;
  if (isAfterNumber) return /[aeorº]/.test(text) ? text : `^${text}`;
  // input: at most 200 characters
  const word = /\p{L}+$/u.exec(before)?.[0] ?? '';
  const isLetter = [...word].length === 1;
  if (isLetter && /^[a-df-np-qs-zA-Z]$/.test(text)) return `^${text}`;
  return isLetter || /^[IVXLC]+$/.test(word) ? text : `[${text}]`;
}

function lowered(text: string, { before, after }: Script): string {
  const last = before.at(-1) ?? ' ';
  if (/\s/.test(last)) return text;
  // The count in a formula of chemistry, the index of a name; but a base beside a number is none of its digits.
  if (/^\d+$/.test(text)) {
    const word = /[a-z]{2,4}$/.exec(before)?.[0] ?? '';
    return /\d/.test(last) || /^\d/.test(after) || FUNCTIONS.has(word) ? small(text, false) : text;
  }
  if (/^[-+−–]?\d+[-+−–]?$/.test(text)) return small(text, false);
  return apart(text, before, '_');
}

/** Short ones keep their place by a sign, words by a space. */
function apart(text: string, before: string, sign: '^' | '_'): string {
  if (!/[\p{L}\p{N})\]]$/u.test(before)) return text;
  if (/\s\S+\s/.test(text) || text.length > 16) return ` ${text}`;
  return /^[\p{L}\p{N}]+$/u.test(text) ? `${sign}${text}` : `${sign}(${text})`;
}

const FRACTIONS: Readonly<Record<string, string>> = {
  '1/2': '½',
  '1/3': '⅓',
  '2/3': '⅔',
  '1/4': '¼',
  '3/4': '¾',
  '1/5': '⅕',
  '2/5': '⅖',
  '3/5': '⅗',
  '4/5': '⅘',
  '1/6': '⅙',
  '5/6': '⅚',
  '1/8': '⅛',
  '3/8': '⅜',
  '5/8': '⅝',
  '7/8': '⅞',
};

/** `1<sup>1</sup>/<sub>2</sub>` is one and a half. */
export function writeFraction(numerator: string, denominator: string, before: string): string {
  const plain = `${numerator.trim()}/${denominator.trim()}`;
  return FRACTIONS[plain] ?? (/\d$/.test(before) ? ` ${plain}` : plain);
}
