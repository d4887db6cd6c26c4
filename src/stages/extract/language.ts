/** Which language a text is in: by what the page says, checked against its script. */

const SCRIPTS = [
  ['ko', /\p{Script=Hangul}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
] as const;

/** Letters of languages that share a script with the one that stands for it. */
const KIN: Readonly<Record<string, readonly string[]>> = {
  ru: ['uk', 'bg', 'sr', 'mk', 'be', 'kk', 'ky', 'mn', 'tg'],
  ar: ['fa', 'ur', 'ps', 'ku'],
  hi: ['mr', 'ne', 'sa'],
  he: ['yi'],
};

const STOP_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['the', 'and', 'of', 'to', 'that', 'with', 'was', 'for'],
  de: ['der', 'die', 'und', 'nicht', 'das', 'mit', 'von', 'ist'],
  fr: ['les', 'des', 'est', 'dans', 'une', 'pour', 'que', 'pas'],
  es: ['los', 'las', 'una', 'por', 'que', 'con', 'para', 'del'],
  it: ['gli', 'della', 'che', 'una', 'per', 'sono', 'nel', 'con'],
  pt: ['uma', 'não', 'dos', 'com', 'para', 'que', 'das', 'por'],
  nl: ['het', 'een', 'van', 'niet', 'zijn', 'met', 'voor', 'aan'],
};

/** BCP 47, `und` when nothing tells; a declared language is believed unless the script says otherwise. */
export function detectLanguage(text: string, declared: string | undefined): string {
  const sample = text.slice(0, 4000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const script = SCRIPTS.find(([, pattern]) => (sample.match(pattern)?.length ?? 0) > letters * 0.25)?.[0];
  const tag = canonicalTag(declared);
  const base = tag?.split('-')[0];
  if (script !== undefined)
    return tag !== undefined && (base === script || (KIN[script] ?? []).includes(base ?? '')) ? tag : script;
  const isForeign = base !== undefined && SCRIPTS.some(([lang]) => lang === base || (KIN[lang] ?? []).includes(base));
  if (tag !== undefined && !(isForeign && letters > 200)) return tag;
  return letters < 40 ? 'und' : byStopWords(sample);
}

function byStopWords(sample: string): string {
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  const scores = Object.entries(STOP_WORDS).map(
    ([lang, stops]) => [lang, words.filter((word) => stops.includes(word)).length / words.length] as const,
  );
  const [lang, share] = scores.reduce((best, next) => (next[1] > best[1] ? next : best), ['und', 0] as const);
  return share > 0.04 ? lang : 'und';
}

function canonicalTag(declared: string | undefined): string | undefined {
  if (declared === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(declared.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined; // pages declare `english`, `xx-yy-zz` and worse
  }
}
