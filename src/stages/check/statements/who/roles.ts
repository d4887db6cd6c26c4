/** Swapped roles: two names that change places around the same verb, or Korean nouns that swap particles. Pure. */

import { stem } from '../../quantities/nouns.ts';

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
    name: match[0].replace(/[’']s$/, '').replace(/^The\s(?=.)/, ''),
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

/** Words between two names that do not tell who acts. */
const LINKS = new Set(
  'and the with from for between than versus per via including such like but also both while when where who which that said say'.split(
    ' ',
  ),
);

type Role = 'subject' | 'object' | 'goal' | 'owner';

const PARTICLES: readonly (readonly [string, Role])[] = [
  ['에게|한테|께|에', 'goal'],
  ['은|는|이|가|께서|에서는|에는', 'subject'],
  ['을|를', 'object'],
  ['의', 'owner'],
];
const ENDING = new RegExp(`^([가-힣A-Za-z]{2,}?)(?:${PARTICLES.map(([words]) => `(${words})`).join('|')})[,.]?$`, 'u');

/** `A는 B에게 권했다` and `B는 A의 권유를 받았다` say the same. */
const KOREAN_PASSIVE = /받[았는은고아]|당[했하한]|에 의해|에게서/;

interface Noun {
  readonly role: Role;
  /** First syllables of the word after it. */
  readonly next: string;
}

/** Nouns of the post with swapped roles: both, or the object that became the subject. */
function swappedParticles(post: string, source: string): boolean {
  if (KOREAN_PASSIVE.test(post) !== KOREAN_PASSIVE.test(source)) return false;
  const [said, known] = [nounsOf(post), nounsOf(source)];
  const hasRole = (nouns: readonly Noun[] | undefined, ...roles: readonly Role[]) =>
    nouns?.some(({ role }) => roles.includes(role)) === true;
  const turned = (from: Role, to: readonly Role[]) =>
    [...said].filter(
      ([noun, own]) => hasRole(own, from) && !hasRole(known.get(noun), from) && hasRole(known.get(noun), ...to),
    );
  const acting = turned('subject', ['object', 'goal', 'owner']);
  const undergoing = [...said].filter(
    ([noun, own]) => hasRole(own, 'object', 'goal', 'owner') && hasRole(known.get(noun), 'subject'),
  );
  const isOwned = (noun: string, owner: string) => new RegExp(`${owner}의\\s(?:\\S+\\s){0,2}${noun}`).test(post);
  if (
    acting.some(([noun]) =>
      undergoing.some(([other]) => !other.includes(noun) && !noun.includes(other) && !isOwned(noun, other)),
    )
  )
    return true;
  return acting.some(([noun]) =>
    known.get(noun)?.some(({ role, next }) => role === 'object' && next.length === 2 && post.includes(next)),
  );
}

/** Nouns with their particles, and what stands before them as a part of their name: `대구 FC를`. */
function nounsOf(text: string): ReadonlyMap<string, readonly Noun[]> {
  const found = new Map<string, Noun[]>();
  const words = text.split(/\s+/);
  for (const [at, word] of words.entries()) {
    const match = ENDING.exec(word);
    if (match === null) continue;
    const role = PARTICLES[match.slice(2).findIndex((part) => part !== undefined)]?.[1] ?? 'subject';
    const noun = match[1] ?? '';
    const before = words[at - 1] ?? '';
    const isPart = /^[가-힣A-Za-z]{2,6}$/.test(before) && !ENDING.test(before) && !/[다고며서면한된인은]$/.test(before);
    const names = isPart ? [before, `${before} ${noun}`, noun] : [noun];
    for (const name of names)
      found.set(name, [...(found.get(name) ?? []), { role, next: (words[at + 1] ?? '').slice(0, 2) }]);
  }
  return found;
}

/** Who belongs to what, `A가 동점골을`, `B의 결승골`, exchanged. */
export function findExchangedOwners(post: string, source: string): boolean {
  const pairs = (text: string) => {
    const words = text
      .replace(/[,.]/g, ' ')
      .split(/\s+/)
      .map((word) => ENDING.exec(word)?.[1] ?? word);
    return words.slice(1).map((word, at) => [words[at] ?? '', word] as const);
  };
  const known = new Map(pairs(source).map(([one, other]) => [one, other]));
  const isWord = (word: string) => /^[가-힣]{2,}$/.test(word);
  const said = pairs(post).filter(([one, other]) => known.has(one) && isWord(one) && isWord(other));
  return said.some(([one, other]) => {
    const own = known.get(one);
    return (
      own !== other && said.some(([second, theirs]) => second !== one && theirs === own && known.get(second) === other)
    );
  });
}
