/** Proper names of a text in Latin script: two or more capitalised words in a row. Pure. */

export interface NameFact {
  readonly words: readonly string[];
  readonly raw: string;
  readonly index: number;
}

const NAME =
  /(?<![\p{L}\d])(\p{Lu}[\p{Ll}’'-]+(?:\s(?:(?:of|de|van|von|da|der|the|and|\p{Lu}\.)\s)?\p{Lu}[\p{Ll}’'-]+)+)/gu;
/** Words that begin a sentence and are not a name. */
const OPENERS =
  /^(?:The|A|An|In|On|At|For|From|With|By|As|But|And|Or|It|Its|This|That|These|Those|He|She|They|We|You|I|When|While|After|Before|Since|How|What|Why|Where|Who|According|Last|Next|New|Every|Each|Not|No|Only|One|Two|Three|Four|Five|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December)\s/;

export function findNames(text: string, lang: string): NameFact[] {
  if (isTitle(text)) return [];
  return [...text.matchAll(NAME)].flatMap((match) => {
    const named = (match[1] ?? '').replace(OPENERS, '');
    // The first word of a German sentence is no part of a name where a noun follows it.
    const raw = hasCapitalNouns(lang) && beginsSentence(text, match.index) ? named.replace(/^\S+\s/, '') : named;
    const words = raw
      .split(/\s+/)
      .filter((word) => /^\p{Lu}[^.]/u.test(word))
      .map((word) => word.replace(/[’']s$/, ''));
    return words.length < 2 ? [] : [{ words, raw, index: match.index }];
  });
}

/** German writes every noun with a capital. */
function hasCapitalNouns(lang: string): boolean {
  return /^(?:de|lb)\b/.test(lang);
}

function beginsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:“„"»)])\s*$/.test(text.slice(Math.max(0, at - 3), at));
}

/** A single capitalised word inside a sentence. */
const ALONE = /\p{Lu}\p{Ll}{3,30}/gu;
const INSIDE = /[\p{Ll}\d,;)’]\s$/u;
const GOES_ON = /^(?:[\p{L}’'/-]|\s\p{Lu})/u;
const NO_NAMES = new Set(
  'Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September October November December English'.split(
    ' ',
  ),
);
/** Korean names of people: the family name and two syllables, before a title. */
const FAMILY =
  '김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국';
const TITLE =
  '의원|대표|교수|관장|청장|감독|회장|사장|장관|시장|군수|위원장|총장|원장|박사|선수|대변인|이사장|국장|팀장|본부장|연구원|작가|배우|기자|대통령|총리|판사|검사|변호사';
const KOREAN = new RegExp(
  `(?<![가-힣])([${FAMILY}][가-힣]{2})(?=\\s(?:[가-힣]{1,12}\\s){0,2}[가-힣]{0,12}(?:${TITLE})(?![가-힣]{2}))`,
  'gu',
);

/** Names of one word: Latin ones inside a sentence, Korean ones before a title. */
export function findLoneNames(text: string, lang: string): NameFact[] {
  if (isTitle(text) || hasCapitalNouns(lang)) return [];
  const latin = [...text.matchAll(ALONE)].filter(
    ({ 0: word, index }) =>
      !NO_NAMES.has(word) &&
      INSIDE.test(text.slice(Math.max(0, index - 2), index)) &&
      !GOES_ON.test(text.slice(index + word.length, index + word.length + 2)),
  );
  return [...latin, ...text.matchAll(KOREAN)].map((match) => ({
    words: [match[1] ?? match[0]],
    raw: match[0],
    index: match.index,
  }));
}

/** Titles capitalise every word, so their capitals do not mark names. */
function isTitle(text: string): boolean {
  const words = text.split(/\s/);
  return words.length > 3 && words.every((word) => /\p{Lu}/u.test(word));
}
