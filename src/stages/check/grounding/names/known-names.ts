/** Whether a source has a name of a post, as it is or in another form: `U.S.` for `United States`, `Canada` for `Canadian`. Pure. */

export interface KnownNames {
  /** Words of one name; they may stand in different places: "Ann" here and "Mrs Lee" there. */
  has(words: readonly string[]): boolean;
  /** Whether the sources contain a word or what it was formed from. */
  mentions(word: string): boolean;
}

const ABBREVIATION = /(?<![\p{L}\d])(?:(?:\p{Lu}\.){2,6}|\p{Lu}{2,6}(?![\p{L}\d]))/gu;
/** Endings by which English forms a word from a name. */
const ENDING = /(?:['’]s|ian|ean|an|ese|ish|ic|ers|er|es|s|n|i)$/;
const LEAST = 4;

export function knownNames(text: string, lang: string): KnownNames {
  let lowered: string | undefined;
  let short: ReadonlyMap<string, boolean> | undefined;
  const lower = () => {
    lowered ??= text.toLowerCase();
    return lowered;
  };
  const isAbbreviated = (words: readonly string[]) => {
    short ??= new Map(Array.from(text.matchAll(ABBREVIATION), ([raw]) => [raw.replaceAll('.', ''), raw.includes('.')]));
    const initials = words.map((word) => word[0] ?? '').join('');
    const isDotted = short.get(initials);
    if (isDotted === undefined) return false;
    // Two letters without points are the first of many names: only those of a country are trusted.
    return isDotted || initials.length > 2 || regionOf(initials) === words.join(' ');
  };
  return {
    has: (words) => {
      const missing = words.filter((word) => !text.includes(word));
      return missing.length === 0 || isAbbreviated(words) || (isGerman(lang) && isNounPair(words, missing, text));
    },
    mentions(word) {
      if (/[\p{Script=Hangul}\p{Script=Han}]/u.test(word)) return text.includes(word);
      const plain = word.toLowerCase();
      if (lower().includes(plain)) return true;
      // Other languages change the ends of names.
      if (!/^en/.test(lang)) return lower().includes(plain.slice(0, Math.max(LEAST, plain.length - 2)));
      const base = plain.replace(ENDING, '');
      return base !== plain && base.length >= LEAST && lower().includes(base);
    },
  };
}

const isGerman = (lang: string) => /^(?:de|lb)\b/.test(lang);

/** `in Japan Schluss`: the noun after a name that the source never has as a first name. */
function isNounPair(words: readonly string[], missing: readonly string[], text: string): boolean {
  const [first = '', second] = words;
  return (
    words.length === 2 &&
    missing.length === 1 &&
    missing[0] === second &&
    !new RegExp(`${first}\\s\\p{Lu}`, 'u').test(text)
  );
}

function regionOf(code: string): string | undefined {
  try {
    return new Intl.DisplayNames(['en'], { type: 'region' }).of(code);
  } catch {
    return undefined; // no code of a region
  }
}
