/** Words around a number that tell its precision. Pure. */

import type { Bound } from './quantity.ts';

const BEFORE: readonly (readonly [Bound, RegExp])[] = [
  [
    'below',
    /(?:nearly|almost|close to|just under|just below|under|below|less than|fewer than|up to|at most|no more than|not quite|거의|최대|(?:shortly |just )before|knapp|fast|weniger als|unter|höchstens|bis zu|kurz vor|près de|presque|moins de|au plus|jusqu[’']à|casi|cerca de|menos de|hasta|quasi|meno di|fino a|quase|menos de|até|bijna|minder dan|tot|近|接近|不到|最多)\s?(?:(?:an?|the|les?|las?|los|el|den|die|das|de)\s)?$/i,
  ],
  [
    'above',
    /(?:more than|over|above|at least|just over|no fewer than|no less than|upwards? of|exceed(?:s|ed|ing)?|well over|(?:shortly |just )after|최소|über|mehr als|mindestens|gut|kurz nach|plus de|au moins|dépass(?:e|é|ent)|más de|al menos|super[aó]n?|superó|più di|oltre|almeno|mais de|pelo menos|meer dan|ruim|minstens|超过|超過|逾|突破|至少)\s?(?:(?:an?|the|les?|las?|los|el|den|die|das)\s)?$/i,
  ],
  [
    'about',
    /(?:about|around|some|roughly|approximately|approx\.?|circa|c\.|ca\.|an estimated|something like|약|대략|어림잡아|~|rund|etwa|ungefähr|zirka|schätzungsweise|environ|quelque|à peu près|autour de|unos|unas|alrededor de|aproximadamente|en torno a|circa|all[’']incirca|cerca de|aproximadamente|ongeveer|zo[’']n|約|约|およそ|大约|大約|ほぼ)\s?(?:(?:an?|the|les?|las?|los|el|den|die|das)\s)?$/i,
  ],
];
const AFTER: readonly (readonly [Bound, RegExp])[] = [
  [
    'above',
    /^(?:을|를|이|가)?\s?(?:넘|이상|초과|웃도|웃돌|상회)|^ or more|^ or over|^\+|^\p{Script=Han}{0,2}(?:を超え|を上回|以上|あまり|余り|超|강)/u,
  ],
  [
    'below',
    /^(?:을|를|이|가|에)?\s?(?:가까이|가까운|육박|이하|미만|못 미|밑돌|조금 안)|^ or (?:less|fewer)|^\p{Script=Han}{0,2}(?:近く|に迫|弱|未満|以下|以内)/u,
  ],
  [
    'about',
    /^\s?(?:쯤|정도|가량|안팎|꼴|남짓)|^(?:께|여(?=\s|명|개|곳|년|대))|^ or so|^\p{Script=Han}{0,2}(?:ほど|程度|前後|左右|くらい|ぐらい)/u,
  ],
];

/** `unitEnd`: where the number's unit or counter ends. */
export function boundAt(text: string, from: number, unitEnd: number): Bound {
  const before = text.slice(Math.max(0, from - 30), from);
  const after = text.slice(unitEnd, unitEnd + 12);
  for (const [bound, pattern] of BEFORE) if (pattern.test(before)) return bound;
  for (const [bound, pattern] of AFTER) if (pattern.test(after)) return bound;
  return 'exact';
}
