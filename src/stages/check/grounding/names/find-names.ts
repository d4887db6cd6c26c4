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
  /^(?:The|A|An|In|On|At|For|From|With|By|As|But|And|Or|Nor|So|Yet|It|Its|This|That|These|Those|His|Her|Their|Our|My|Your|He|She|They|We|You|I|If|Unless|Until|Till|Whether|Once|When|Whenever|While|Whereas|Although|Though|Because|After|Before|Since|How|What|Which|Why|Where|Who|Whoever|According|About|Above|Across|Against|Along|Alongside|Amid|Among|Around|Behind|Below|Beneath|Beside|Besides|Between|Beyond|Despite|Down|During|Except|Following|Inside|Into|Like|Near|Off|Onto|Opposite|Outside|Over|Past|Per|Regarding|Than|Through|Throughout|To|Toward|Towards|Under|Underneath|Unlike|Up|Upon|Via|Within|Without|Both|Either|Neither|All|Any|Some|Most|Many|Much|Several|Few|Other|Another|Such|Also|Even|Just|Still|Then|There|Here|Today|Yesterday|Tomorrow|Later|Earlier|Now|Perhaps|Meanwhile|However|Instead|Thus|Hence|Of|Last|Next|New|Every|Each|Not|No|Only|One|Two|Three|Four|Five|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December)\s/;

export function findNames(text: string, lang: string): NameFact[] {
  if (isTitle(text)) return [];
  return [...text.matchAll(NAME)].flatMap((match) => {
    const named = withoutOpeners(match[1] ?? '');
    // The first word of a German sentence is no part of a name where a noun follows it.
    const raw = hasCapitalNouns(lang) && beginsSentence(text, match.index) ? named.replace(/^\S+\s/, '') : named;
    const words = raw
      .split(/\s+/)
      .filter((word) => /^\p{Lu}[^.]/u.test(word))
      .map((word) => word.replace(/[’']s$/, ''));
    return words.length < 2 ? [] : [{ words, raw, index: match.index }];
  });
}

/** `Because the Louvre`, `After That Monday` */
function withoutOpeners(named: string): string {
  const rest = named.replace(OPENERS, '').replace(/^(?:the|and|of|de|van|von|da|der)\s/, '');
  return rest === named ? named : withoutOpeners(rest);
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
  '의원|대표|단장|과장|부장|실장|소장|차장|처장|센터장|서장|반장|점장|조합장|코치|변리사|교수|관장|청장|감독|회장|사장|장관|시장|군수|위원장|총장|원장|박사|선수|대변인|이사장|국장|팀장|본부장|연구원|작가|배우|기자|대통령|총리|판사|검사|변호사';
/** A noun with its particle is no name: `진화에`, and `도움이` unless its title follows. */
const NO_PARTICLE = '(?<![에을를는로와과께])';
const KOREAN: readonly RegExp[] = [
  new RegExp(
    `(?<![가-힣])([${FAMILY}][가-힣]{2})${NO_PARTICLE}(?:\\(\\d{1,2}[^)]{0,12}\\))?(?=\\s(?:(?<![이은가도만]\\s)(?:[가-힣]{1,12}\\s){1,2})?[가-힣]{0,12}(?:${TITLE})(?![가-힣]{2}))`,
    'gu',
  ),
  new RegExp(
    `(?<![가-힣])([${FAMILY}][가-힣]{2})${NO_PARTICLE}(?:\\(\\d{1,2}[^)]{0,12}\\))?(?=\\s?씨(?:[는가의와도를에,\\s]|$))`,
    'gu',
  ),
  new RegExp(`(?<=(?:${TITLE})[은는]\\s)([${FAMILY}][가-힣]{2})(?=(?:이다|입니다|이었다|였다)(?:[.\\s]|$))`, 'gu'),
  // Japanese
  /(?<!\p{Script=Han})(\p{Script=Han}{2,5})(?=氏|さん)/gu,
];

/** Names of one word: Latin ones inside a sentence, Korean and Japanese ones beside a title. */
export function findLoneNames(text: string, lang: string): NameFact[] {
  if (isTitle(text) || hasCapitalNouns(lang)) return [];
  const latin = [...text.matchAll(ALONE)].filter(
    ({ 0: word, index }) =>
      !NO_NAMES.has(word) &&
      INSIDE.test(text.slice(Math.max(0, index - 2), index)) &&
      !GOES_ON.test(text.slice(index + word.length, index + word.length + 2)),
  );
  const eastern = /[가-힣氏]|さん/.test(text) ? KOREAN.flatMap((pattern) => [...text.matchAll(pattern)]) : [];
  return [...latin, ...eastern].map((match) => ({
    words: [match[1] ?? match[0]],
    raw: match[1] ?? match[0],
    index: match.index,
  }));
}

/** Titles capitalise every word, so their capitals do not mark names. */
function isTitle(text: string): boolean {
  const words = text.split(/\s/);
  return words.length > 3 && words.every((word) => /\p{Lu}/u.test(word));
}
