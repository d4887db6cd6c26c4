/** Compares the speaker that a post names for a quotation with the speakers that the source names. Pure. */

const SAID =
  '(?:said|says|say|told|wrote|writes|added|adds|argued|argues|explained|explains|noted|notes|called|calls|put it|recalled|claimed|insisted|remarked|asked|according to|warned|stated)';
const PATTERNS = [
  new RegExp(
    `${SAID}\\s((?:the|a|an|its|their|one)\\s(?:[\\p{Ll}-]+\\s){0,2}[\\p{Ll}-]+|(?:the\\s[\\p{Ll}]+,?\\s)?(?:\\p{Lu}[\\p{L}’'-]+\\s?){1,3})`,
    'gu',
  ),
  new RegExp(
    `((?:[Tt]he|[Aa]n?|[Oo]ne)\\s(?:[\\p{Ll}-]+\\s){0,2}[\\p{Ll}-]+|(?:\\p{Lu}[\\p{L}’'-]+\\s?){1,3})\\s?${SAID}`,
    'gu',
  ),
] as const;
const LONGEST_SENTENCE = 4_000;
const PRONOUNS = /^(?:he|she|they|it|we|you|i|who|and|but|the|that|this|그|그녀|이|저)$/i;

/** Words that name the speaker around a quotation. */
export function speakersOf(text: string): readonly string[] {
  const outside = outsideQuotes(text).slice(0, LONGEST_SENTENCE);
  const english = PATTERNS.flatMap((pattern) => Array.from(outside.matchAll(pattern), ([, name = '']) => name.trim()));
  return [...english, ...koreanSpeakersOf(outside)].filter((name) => name !== '' && !PRONOUNS.test(name));
}

/** Subjects before a quotation of the same sentence: one or two words, the last with 은, 는, 이, 가 or 에 따르면. */
function koreanSpeakersOf(text: string): readonly string[] {
  return text.split('.').flatMap((sentence) => {
    const words = sentence.slice(0, Math.max(0, sentence.lastIndexOf('“'))).split(/\s+/);
    const stems = words.map((word, at) => stemOf(word, words[at + 1] ?? ''));
    return stems.flatMap((stem, at) => {
      if (stem === undefined) return [];
      const before =
        stems[at - 1] === undefined && /^[가-힣A-Za-z]{2,}$/.test(words[at - 1] ?? '') ? words[at - 1] : '';
      const name = stem === '씨' ? `${before}` : `${before} ${stem}`.trim();
      return name.length >= 2 ? [name] : [];
    });
  });
}

/** The word without its particle, where it is a subject or the source of a statement. */
function stemOf(word: string, next: string): string | undefined {
  const source = next.startsWith('따르면') ? /^([가-힣A-Za-z]+)에$/.exec(word) : null;
  return (/^([가-힣A-Za-z]+)(?:은|는|이|가),?$/.exec(word) ?? source)?.[1];
}

function outsideQuotes(text: string): string {
  return text.replace(/[“"][^“”"]{0,600}[”"]/g, ' “ ');
}

/** Whether none of the words that name the post's speaker stands near the quotation in the source. */
export function isOtherSpeaker(sentence: string, around: string): string | undefined {
  const named = speakersOf(sentence);
  if (named.length === 0) return undefined;
  const near = new Set(wordsOf(outsideQuotes(around)));
  const isNear = (name: string) => wordsOf(name).some((word) => near.has(word));
  return named.some(isNear) ? undefined : named[0];
}

function wordsOf(name: string): string[] {
  return (name.toLowerCase().match(/[\p{L}’'-]{2,}/gu) ?? [])
    .filter(
      (word) =>
        !/^(?:the|an?|its|their|his|her|one|said|says|mr|mrs|ms|dr|for|of|at|in|on|and|to|from|by|with|who|that|as)$/.test(
          word,
        ),
    )
    .map((word) => (/[가-힣]/.test(word) ? word.slice(0, 2) : word.replace(/[’']s$|s$/, '')));
}
