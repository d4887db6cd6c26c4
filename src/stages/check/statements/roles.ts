/** Who did it to whom: two names that change places around the same verb, or Korean nouns that change particles. Pure. */

import { stem } from '../quantities/nouns.ts';

const NAME = /(?<![\p{L}])\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)*/gu;

export function findSwappedRoles(post: string, source: string): boolean {
  return isKorean(post) ? swappedParticles(post, source) : swappedNames(post, source);
}

function isKorean(text: string): boolean {
  return /[가-힣]/.test(text);
}

function swappedNames(post: string, source: string): boolean {
  const [said, known] = [pairsOf(post), pairsOf(source)];
  const isPassive = (text: string) => /\b(?:was|were|been|is|are|be)\s\w+(?:ed|en|n|t)\sby\b|\bby\s\p{Lu}/u.test(text);
  if (isPassive(post) !== isPassive(source)) return false;
  return said.some(
    ({ first, second, between }) =>
      known.some(
        (other) =>
          other.first === second && other.second === first && between.some((word) => other.between.includes(word)),
      ) && !known.some((other) => other.first === first && other.second === second),
  );
}

/** Neighbouring names with the stems of the words between them. */
function pairsOf(
  text: string,
): { readonly first: string; readonly second: string; readonly between: readonly string[] }[] {
  const names = [...text.matchAll(NAME)].map((match) => ({
    name: match[0].replace(/[’']s$/, ''),
    from: match.index,
    end: match.index + match[0].length,
  }));
  return names.flatMap((one, index) => {
    const next = names[index + 1];
    if (next === undefined || next.from - one.end > 60) return [];
    const between = Array.from(text.slice(one.end, next.from).matchAll(/\p{L}{3,}/gu), ([word]) => stem(word)).filter(
      (word) => !LINKS.has(word),
    );
    return between.length === 0 ? [] : [{ first: one.name, second: next.name, between }];
  });
}

/** Words between two names that say nothing of who acts. */
const LINKS = new Set(
  'and the with from for between than versus per via including such like but also both while when where who which that said say'.split(
    ' ',
  ),
);

const PARTICLE = /(?<![가-힣A-Za-z])([가-힣A-Za-z]{2,}?)(이|가|은|는|을|를|에게|한테)(?=[\s,.])/gu;

/** `A는 B에게 권했다` and `B는 A의 권유를 받았다` say the same. */
const KOREAN_PASSIVE = /받[았는은고아]|당[했하한]|에 의해|에게서/;

function swappedParticles(post: string, source: string): boolean {
  if (KOREAN_PASSIVE.test(post) !== KOREAN_PASSIVE.test(source)) return false;
  const [said, known] = [particlesOf(post), particlesOf(source)];
  const turned = [...said].filter(([noun, role]) => known.has(noun) && known.get(noun) !== role);
  return turned.some(([, role]) => role === 'subject') && turned.some(([, role]) => role === 'object');
}

function particlesOf(text: string): ReadonlyMap<string, 'subject' | 'object'> {
  return new Map(
    [...text.matchAll(PARTICLE)].map(([, noun = '', particle = '']) => [
      noun,
      /[이가은는]/.test(particle) ? ('subject' as const) : ('object' as const),
    ]),
  );
}
