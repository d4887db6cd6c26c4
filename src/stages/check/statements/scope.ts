/** Changes of scope: "all" for "some", "only" for one of several, "done" for "begun". Pure. */

import { any, has, PLAN } from './words.ts';

const ALL = any(
  '(?<!\\b(?:in|at) )all|every(?! (?:year|month|week|day|hour|night|morning|evening|summer|winter|season|time|other)\\b)|everyone|everybody|everything|always|entirely|invariably',
  '모든|모두(?!\\s(?:\\d|[가-힣]{1,4}\\s(?:명|개|대|곳|마리|권|척|점|건|가지)))|전부|누구나|항상|언제나|전원',
);
/** At the beginning: who all do it. */
const SUBJECT_ALL =
  /^\s*(?:all|every|alle|sämtliche|tou(?:te)?s les|todos los|todas las|tutti|tutte|모든)(?!\p{L})(?! (?:of|in all)\b)/iu;
/** What a whole may be called without the word. */
const WHOLE = any('any|each|total|entire|across|overall|both|none|no', '전체|각|전국|총|어느|전체적|누구|어디');
const SOME = any(
  'some|sometimes|several|many|most|mostly|usually|often|typically|generally|mainly|largely|partly|majority|few|can|may|might|nearly|almost',
  '일부|대부분|대체로|보통|흔히|여러|다수|상당수|가끔|절반|과반|거의|주로',
);
const ONLY = any(
  'only(?! (?:\\d|about|slight|margin|partly|partial|just|barely|modest|a |an |one|two|three|four|five|six|seven|eight|nine|ten))|solely|exclusively',
  '(?<=[가-힣])(?<![지하동])만(?=\\s|이\\s|은\\s|을\\s)|뿐(?=이|만)|오직|유일',
);
const JUST_SOME = any('only (?:one|two|three|a few|some|half)|few(?! more)|hardly any', '일부만|소수만|한 명만|하나만');
const LIMITS = any(
  'the one|only|sole|solely|just|alone|exclusively|merely|except|limited|restricted|must be',
  '만(?=\\s|이|은|을)|뿐|오직|유일|제한|한정|한해|한하',
);
const ALREADY = any('already|has now|have now|bereits', '이미|벌써|(?<!\\p{L})déjà(?!\\p{L})|すでに|既に|已经');

export function findOtherScope(post: string, source: string, around: string, hasPart: boolean): string | undefined {
  if (hasPart && has(SUBJECT_ALL, post)) return 'The sentence says of all what the source says of a part';
  const isSaidOfAll = has(ALL, post) && !has(ALL, source);
  if (isSaidOfAll && has(SOME, source) && !has(SOME, post))
    return 'The sentence says of all what the source says of some';
  if (isSaidOfAll && !has(WHOLE, source)) return 'The sentence says of all what the source does not say of all';
  if (has(JUST_SOME, post) && has(ALL, source) && !has(ALL, post))
    return 'The sentence says of some what the source says of all';
  if (has(ONLY, post) && !has(LIMITS, around)) return 'The sentence says "only", which the source does not';
  return has(ALREADY, post) && has(PLAN, source) && !has(ALREADY, around)
    ? 'The sentence tells as done what the source only plans or expects'
    : undefined;
}

const EQUAL = any(
  'equal|equally|identical|no difference|same|tied|as (?:well|good|effective|much|many|high|low) as',
  '같은|똑같|동일|차이가 없|비슷',
);
const MORE_THAN = any(
  '(?:better|worse|more|less|\\w{2,9}er)(?: [a-z]+){0,4} than|outperform(?:s|ed)?',
  '보다\\s(?:더\\s)?[가-힣]{1,3}',
);

/** One above the other where the source calls them equal. */
export function findUnequal(post: string, source: string): string | undefined {
  return has(MORE_THAN, post) && has(EQUAL, source) && !has(MORE_THAN, source) && !has(EQUAL, post)
    ? 'The sentence puts one above the other where the source calls them equal'
    : undefined;
}
