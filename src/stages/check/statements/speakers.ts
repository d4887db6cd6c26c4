/** Who said it: the speaker that a post names beside a quotation against the ones that the source names there. Pure. */

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
  // input: at most 4000 characters
  /([가-힣A-Za-z]{2,}(?:\s[가-힣A-Za-z]+)?)(?:\s씨)?(?:은|는|이|가|에 따르면)(?=\s|,)(?=[^.]*["“])/gu,
] as const;
const LONGEST_SENTENCE = 4_000;
const PRONOUNS = /^(?:he|she|they|it|we|you|i|who|and|but|the|that|this|그|그녀|이|저)$/i;

/** Words that name the speaker around a quotation. */
export function speakersOf(text: string): readonly string[] {
  const outside = outsideQuotes(text).slice(0, LONGEST_SENTENCE);
  return PATTERNS.flatMap((pattern) => Array.from(outside.matchAll(pattern), ([, name = '']) => name.trim())).filter(
    (name) => name !== '' && !PRONOUNS.test(name),
  );
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
