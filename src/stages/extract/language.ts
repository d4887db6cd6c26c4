/** Detects the language of a text by its script and letters, checked against the declared language. */

import { francAll } from 'franc';
import { languageTag } from './metadata/one-line.ts';

const SCRIPTS = [
  ['ko', /\p{Script=Hangul}+/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]+/gu],
  ['zh', /\p{Script=Han}+/gu],
  ['ru', /\p{Script=Cyrillic}+/gu],
  ['ar', /\p{Script=Arabic}+/gu],
  ['el', /\p{Script=Greek}+/gu],
  ['he', /\p{Script=Hebrew}+/gu],
  ['th', /\p{Script=Thai}+/gu],
  ['hi', /\p{Script=Devanagari}+/gu],
] as const;

/** Languages that letters can distinguish, by their common script. ISO 639-3. */
const BY_LETTERS: Readonly<Record<string, readonly string[]>> = {
  latin:
    'eng deu fra spa ita por nld swe dan nob nno fin pol ces slk hun ron tur vie ind zlm cat hrv slv lit lav est isl gle sqi eus glg afr swh tgl zul'.split(
      ' ',
    ),
  ru: 'rus ukr bul srp mkd bel kaz kir'.split(' '),
  ar: 'arb pes urd pbu'.split(' '),
  hi: 'hin mar npi'.split(' '),
};

/** Languages so similar that the declared language is trusted. */
const KIN: readonly (readonly string[])[] = [
  ['no', 'nb', 'nn', 'da'],
  ['hr', 'bs', 'sr', 'sh'],
  ['id', 'ms'],
  ['cs', 'sk'],
  ['gl', 'pt'],
  ['af', 'nl'],
  ['he', 'yi'],
  ['zh', 'yue', 'ja'],
  ['hi', 'mr', 'ne', 'sa'],
];

const NOT_LATIN = /[^\P{L}\p{Script=Latin}]/u;

const SAMPLE = 6_000;
/** If the start of the text is clearly in the declared language, the rest is not read. */
const BEGIN = 800;
/** Minimum text for doubting the declared language. */
const ENOUGH = 150;
const LEAST = 40;
/** How much less likely the declared language may be than the best one; in other scripts scores are closer. */
const TOLERANCE = { latin: 0.95, other: 0.975 };

/** BCP 47 with language, script and region; `und` when the language cannot be determined. `prose`: the text without its code. */
export function detectLanguage(prose: string, declared: string | undefined): string {
  const sample = prose.slice(0, SAMPLE);
  const letters = charsOf(sample, /\p{L}+/gu);
  const tag = languageTag(declared);
  const base = tag?.split('-')[0];
  const script = NOT_LATIN.test(sample)
    ? SCRIPTS.find(([, runs]) => charsOf(sample, runs) > letters * 0.25)?.[0]
    : undefined;
  if (letters < LEAST && script === undefined) return tag ?? 'und';
  if (tag !== undefined && likeliest(sample.slice(0, BEGIN), script)[0]?.lang === base) return tag;
  const likely = likeliest(sample, script);
  if (tag !== undefined && base !== undefined && letters < ENOUGH && script === undefined) return tag;
  if (
    tag !== undefined &&
    base !== undefined &&
    isBelieved(base, likely, script === undefined ? TOLERANCE.latin : TOLERANCE.other)
  )
    return tag;
  return likely[0]?.lang ?? tag ?? 'und';
}

/** Characters in runs of one kind. */
function charsOf(sample: string, runs: RegExp): number {
  let chars = 0;
  for (const run of sample.match(runs) ?? []) chars += run.length;
  return chars;
}

interface Likely {
  readonly lang: string;
  /** 1 for the likeliest. */
  readonly share: number;
}

function likeliest(sample: string, script: string | undefined): Likely[] {
  const only = BY_LETTERS[script ?? 'latin'];
  if (only === undefined) return script === undefined ? [] : [{ lang: script, share: 1 }];
  const found = francAll(sample, { only: [...only], minLength: 20 })
    .filter(([code]) => code !== 'und')
    .map(([code, share]) => ({ lang: CANONICAL.get(code) ?? code, share }))
    .filter(({ lang }) => hasLettersOf(lang, sample));
  return found.length === 0 && script !== undefined ? [{ lang: script, share: 1 }] : found;
}

/** Letters of other languages in the same script: a text with many of them is not in this one. */
const FOREIGN: Readonly<Record<string, RegExp>> = {
  ru: /[іїєґўјљњћђџ]/giu,
  uk: /[ыэъёўјљњћђџ]/giu,
  be: /[иъїєґјљњћђџ]/giu,
  bg: /[ыэёіїєґўјљњћђџ]/giu,
};
const MOST_FOREIGN = 0.02;

function hasLettersOf(lang: string, sample: string): boolean {
  const foreign = FOREIGN[lang];
  return foreign === undefined || (sample.match(foreign)?.length ?? 0) <= sample.length * MOST_FOREIGN;
}

const CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.values(BY_LETTERS)
    .flat()
    .map((code) => {
      const [lang = code] = Intl.getCanonicalLocales(code);
      return [code, lang === 'zlm' ? 'ms' : lang === 'pbu' ? 'ps' : lang];
    }),
);

function isBelieved(base: string, likely: readonly Likely[], tolerance: number): boolean {
  const [first] = likely;
  if (first === undefined) return true;
  if (first.lang === base) return true;
  if (KIN.some((kin) => kin.includes(base) && kin.includes(first.lang))) return true;
  return likely.some(({ lang, share }) => lang === base && share >= tolerance);
}
