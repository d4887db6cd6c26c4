/** Proper names of a text in Latin script: two or more capitalised words in a row. Pure. */

export interface NameFact {
  readonly words: readonly string[];
  readonly raw: string;
  readonly index: number;
}

const NAME = /(?<![\p{L}\d])(\p{Lu}[\p{Ll}’'-]+(?:\s(?:(?:of|de|van|von|da|der|the|and)\s)?\p{Lu}[\p{Ll}’'-]+)+)/gu;
/** Words that begin a sentence and are no name. */
const OPENERS =
  /^(?:The|A|An|In|On|At|For|From|With|By|As|But|And|Or|It|Its|This|That|These|Those|He|She|They|We|You|I|When|While|After|Before|Since|How|What|Why|Where|Who|According|Last|Next|New|Every|Each|Not|No|Only|One|Two|Three|Four|Five|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December)\s/;

export function findNames(text: string): NameFact[] {
  if (isTitle(text)) return [];
  return [...text.matchAll(NAME)].flatMap((match) => {
    const raw = (match[1] ?? '').replace(OPENERS, '');
    const words = raw
      .split(/\s+/)
      .filter((word) => /^\p{Lu}/u.test(word))
      .map((word) => word.replace(/[’']s$/, ''));
    return words.length < 2 ? [] : [{ words, raw, index: match.index }];
  });
}

/** Titles capitalise every word, so their capitals do not mark names. */
function isTitle(text: string): boolean {
  const words = text.split(/\s/);
  return words.length > 3 && words.every((word) => /\p{Lu}/u.test(word));
}
