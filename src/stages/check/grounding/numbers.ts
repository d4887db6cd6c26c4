/** Numbers of a text with their units, in figures and in words, English and Korean. Pure. */

export interface NumberFact {
  readonly value: number;
  /** Canonical unit, such as `percent` or `km`; undefined where none is known. */
  readonly unit: string | undefined;
  readonly raw: string;
  readonly index: number;
  /** Spelled in words. */
  readonly spelled: boolean;
}

const MAGNITUDES: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  m: 1e6,
  bn: 1e9,
  k: 1e3,
  천: 1e3,
  만: 1e4,
  억: 1e8,
  조: 1e12,
  백만: 1e6,
  천만: 1e7,
};

const UNITS: readonly (readonly [string, RegExp])[] = [
  ['percent', /^(?:%|percent\b|per cent\b|percentage points?\b|퍼센트|프로|％)/i],
  ['euro', /^(?:euros?\b|€|유로)/i],
  ['dollar', /^(?:dollars?\b|usd\b|달러)/i],
  ['pound', /^(?:pounds?\b|파운드)/i],
  ['won', /^(?:won\b|원)/i],
  ['km', /^(?:km\b|kilomet(?:re|er)s?\b|킬로미터)/i],
  ['cm', /^(?:cm\b|centimet(?:re|er)s?\b|센티미터)/i],
  ['mm', /^(?:mm\b|millimet(?:re|er)s?\b|밀리미터)/i],
  ['mile', /^(?:miles?\b|마일)/i],
  ['meter', /^(?:m\b|met(?:re|er)s?\b|미터)/i],
  ['kg', /^(?:kg\b|kilograms?\b|kilos?\b|킬로그램)/i],
  ['gram', /^(?:g\b|grams?\b|그램)/i],
  ['ton', /^(?:t\b|tonnes?\b|tons?\b|톤)/i],
  ['mwh', /^(?:mwh\b|megawatt hours?\b|메가와트시)/i],
  ['kwh', /^(?:kwh\b|kilowatt hours?\b|킬로와트시)/i],
  ['mw', /^(?:mw\b|megawatts?\b|메가와트)/i],
  ['kw', /^(?:kw\b|kilowatts?\b|킬로와트)/i],
  ['watt', /^(?:w\b|watts?\b|와트)/i],
  ['degree', /^(?:°|degrees?\b|도(?=[가-힣\s.,]))/i],
  ['second', /^(?:s\b|secs?\b|seconds?\b|초)/i],
  ['minute', /^(?:mins?\b|minutes?\b|분)/i],
  ['hour', /^(?:h\b|hrs?\b|hours?\b|시간)/i],
  ['day', /^days?\b/i],
  ['일', /^일(?=\s|간|$|[.,]|동안|에|의|부터|까지)/],
  ['week', /^(?:weeks?\b|주(?=\s|간|일))/i],
  ['month', /^(?:months?\b|개월|달(?=\s|간))/i],
  ['year', /^(?:years?\b|년(?=\s|간|$|[.,]|동안|째))/i],
  ['person', /^(?:people\b|persons?\b|명|사람|인(?=\s|의|이))/i],
  ['times', /^(?:times\b|배|번|회)/i],
  ['vehicle', /^(?:대(?=\s|가|를|의|씩))/],
  ['ordinal', /^(?:st|nd|rd|th)\b/i],
];

const CURRENCY: Readonly<Record<string, string>> = { $: 'dollar', '€': 'euro', '£': 'pound', '₩': 'won', '¥': 'yen' };

const FIGURE = /(?<![\p{L}\d.,])([$€£₩¥]\s?)?(\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)/gu;
const MAGNITUDE = /^\s?(hundred|thousand|million|billion|trillion|bn|천만|백만|천|만|억|조)(?![a-z])/i;

export function findNumbers(text: string): NumberFact[] {
  return withUnitsOfRanges(
    [...findFigures(text), ...findSpelled(text)].sort((a, b) => a.index - b.index),
    text,
  );
}

const RANGE = /^\s?(?:[-–—~∼〜]|to|or|에서|내지)\s?$/;
const RANGE_AFTER_BETWEEN = /^ and $/;

/** `7–8 percent`, `7 to 8 percent` and `between 7 and 8 percent` say of the 7 what they say of the 8. */
function withUnitsOfRanges(facts: readonly NumberFact[], text: string): NumberFact[] {
  return facts.map((fact, place) => {
    const next = facts[place + 1];
    if (fact.unit !== undefined || next?.unit === undefined || isYear(fact.value)) return fact;
    const between = text.slice(fact.index + fact.raw.length, next.index);
    const isRange =
      RANGE.test(between) ||
      (RANGE_AFTER_BETWEEN.test(between) && /\bbetween $/i.test(text.slice(Math.max(0, fact.index - 10), fact.index)));
    return isRange ? { ...fact, unit: next.unit } : fact;
  });
}

export function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1500 && value <= 2199;
}

function findFigures(text: string): NumberFact[] {
  const facts: NumberFact[] = [];
  let end = 0;
  for (const match of text.matchAll(FIGURE)) {
    const { index } = match;
    if (index < end) continue;
    const first = readPart(text, index + (match[1]?.length ?? 0), match[2] ?? '');
    let { value } = first;
    let lowest = first.magnitude;
    end = first.end;
    // Korean writes `4억 1,200만 원` for one number.
    while (lowest >= 1e4) {
      const next = /^\s?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)/.exec(text.slice(end, end + 40));
      if (next === null || !/[천만억조]\s?$/.test(text.slice(Math.max(0, end - 2), end))) break;
      const part = readPart(text, end + next[0].length - (next[1]?.length ?? 0), next[1] ?? '');
      if (part.magnitude >= lowest) break;
      value += part.value;
      lowest = part.magnitude;
      end = part.end;
    }
    const unit = CURRENCY[match[1]?.trim() ?? ''] ?? unitAt(text, end);
    facts.push({ value, unit, raw: text.slice(index, end), index, spelled: false });
  }
  return facts;
}

function readPart(
  text: string,
  start: number,
  digits: string,
): { readonly value: number; readonly magnitude: number; readonly end: number } {
  const base = Number(digits.replace(/[,\u00a0\u202f]/g, ''));
  const end = start + digits.length;
  const word = MAGNITUDE.exec(text.slice(end, end + 12));
  if (word === null) return { value: base, magnitude: 1, end };
  const magnitude = MAGNITUDES[(word[1] ?? '').toLowerCase()] ?? 1;
  return { value: Math.round(base * magnitude * 1e6) / 1e6, magnitude, end: end + word[0].length };
}

function unitAt(text: string, at: number): string | undefined {
  const rest = text.slice(at, at + 30).replace(/^[\s\u00a0-]?/, '');
  return UNITS.find(([, pattern]) => pattern.test(rest))?.[0];
}

const SMALL: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const WORD_NUMBER = new RegExp(
  `\\b(${Object.keys(SMALL).join('|')})(?:[- ](${Object.keys(SMALL).slice(0, 9).join('|')}))?(?:\\s(hundred|thousand|million|billion))?\\b`,
  'gi',
);

const NATIVE: readonly (readonly [string, number])[] = [
  ['하나', 1],
  ['한', 1],
  ['둘', 2],
  ['두', 2],
  ['셋', 3],
  ['세', 3],
  ['넷', 4],
  ['네', 4],
  ['다섯', 5],
  ['여섯', 6],
  ['일곱', 7],
  ['여덟', 8],
  ['아홉', 9],
];
const NATIVE_TENS: readonly (readonly [string, number])[] = [
  ['열', 10],
  ['스물', 20],
  ['스무', 20],
  ['서른', 30],
  ['마흔', 40],
  ['쉰', 50],
  ['예순', 60],
  ['일흔', 70],
  ['여든', 80],
  ['아흔', 90],
];
const NATIVE_NUMBER = new RegExp(
  `(?<![가-힣])(?:(${NATIVE_TENS.map(([word]) => word).join('|')})(${NATIVE.map(([word]) => word).join('|')})?|(${NATIVE.map(([word]) => word).join('|')}))\\s?(?=명|개|대|번|곳|동|시|살|배|척|가지|차례|달|사람)`,
  'g',
);

function findSpelled(text: string): NumberFact[] {
  const facts: NumberFact[] = [];
  for (const match of text.matchAll(WORD_NUMBER)) {
    const tens = SMALL[(match[1] ?? '').toLowerCase()] ?? 0;
    const ones = match[2] === undefined ? 0 : tens >= 20 ? (SMALL[match[2].toLowerCase()] ?? 0) : 0;
    const magnitude = MAGNITUDES[(match[3] ?? '').toLowerCase()] ?? 1;
    facts.push({
      value: (tens + ones) * magnitude,
      unit: unitAt(text, match.index + match[0].length),
      raw: match[0],
      index: match.index,
      spelled: true,
    });
  }
  for (const match of text.matchAll(NATIVE_NUMBER)) {
    const tens = NATIVE_TENS.find(([word]) => word === match[1])?.[1] ?? 0;
    const ones = NATIVE.find(([word]) => word === (match[2] ?? match[3]))?.[1] ?? 0;
    facts.push({
      value: tens + ones,
      unit: unitAt(text, match.index + match[0].length),
      raw: match[0].trim(),
      index: match.index,
      spelled: true,
    });
  }
  return facts;
}
