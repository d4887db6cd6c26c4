/** Units by their words and symbols in English and Korean, with their dimension and their size in its base unit. Sizes come from `convert` where it has them. */

import { convert } from 'convert';
import { unitNamesOf } from './unit-names.ts';

export interface Unit {
  /** What can be compared and converted: `length`, `time`, `money:eur`, `share` … */
  readonly dimension: string;
  /** In the dimension's base unit. */
  readonly size: number;
}

const DAY = 86_400;
const YEAR = 365.25 * DAY;

/** `words` are alternatives of a regular expression; a Latin word must end where it ends, a symbol and a Korean word need not. */
interface Row extends Unit {
  readonly words: string;
}

const row = (dimension: string, size: number, words: string): Row => ({ dimension, size, words });

const LENGTHS = [
  row('length', convert(1, 'km').to('m'), 'km|kilomet(?:re|er)s?|킬로미터|킬로(?=[\\s가-힣])|㎞'),
  row('length', convert(1, 'cm').to('m'), 'cm|centimet(?:re|er)s?|센티미터|센티|㎝'),
  row('length', convert(1, 'mm').to('m'), 'mm|millimet(?:re|er)s?|밀리미터|㎜'),
  row('length', 1, 'm|met(?:re|er)s?|미터'),
  row('length', convert(1, 'nautical mile').to('m'), 'nautical miles?|해리'),
  row('length', convert(1, 'mile').to('m'), 'miles?|mi|마일'),
  row('length', convert(1, 'foot').to('m'), 'feet|foot|ft|피트'),
  row(
    'length',
    convert(1, 'inch').to('m'),
    'inch(?:es)?|인치|in(?=[.,;)]|$| of\\b| (?:long|wide|tall|high|deep|thick|across)\\b| (?:x|by)\\b)|″',
  ),
  row('length', convert(1, 'yard').to('m'), 'yards?|yd|야드'),
];

const AREAS_AND_VOLUMES = [
  row('area', 1, 'square met(?:re|er)s?|sq\\.? ?m|m²|m2|㎡|제곱미터|평방미터'),
  row('area', 1e6, 'square kilomet(?:re|er)s?|sq\\.? ?km|km²|km2|㎢|제곱킬로미터'),
  row('area', convert(1, 'square foot').to('square meter'), 'square f(?:ee|oo)t|sq\\.? ?ft|제곱피트'),
  row('area', convert(1, 'square mile').to('square meter'), 'square miles?|sq\\.? ?mi'),
  row('area', convert(1, 'hectare').to('square meter'), 'hectares?|ha|헥타르'),
  row('area', convert(1, 'acre').to('square meter'), 'acres?|에이커'),
  row('area', 400 / 121, '평(?=[\\s.,가-힣]|$)'),
  row('volume', 1, 'lit(?:re|er)s?|l|L|리터|ℓ'),
  row('volume', 0.001, 'ml|mL|millilit(?:re|er)s?|밀리리터|㎖'),
  row('volume', 0.01, 'cl|centilit(?:re|er)s?'),
  row('volume', 1000, 'cubic met(?:re|er)s?|m³|m3|㎥|세제곱미터|입방미터'),
  row('volume', convert(1, 'gallon').to('L'), 'gallons?|갤런'),
  row('volume', convert(1, 'pint').to('L'), 'pints?|파인트'),
  row('volume', 158.987294928, 'barrels?|배럴'),
];

const MASSES = [
  row('mass', 1000, 'kg|kilos?|kilograms?|kilogrammes?|킬로그램|㎏'),
  row('mass', 0.001, 'mg|milligrams?|밀리그램|㎎'),
  row('mass', 1, 'g|grams?|grammes?|그램'),
  row('mass', 1e6, 'tonnes?|tons?|metric tons?|metric tonnes?|t|톤'),
  row('mass', 1e9, 'kt|kilotons?|kilotonnes?|킬로톤'),
  row('mass', 1e12, 'Mt|megatons?|megatonnes?|메가톤'),
  row('mass', 1e15, 'Gt|gigatons?|gigatonnes?|기가톤'),
  row('mass', convert(1, 'pound').to('g'), 'lbs?'),
  row('mass', convert(1, 'ounce').to('g'), 'ounces?|oz|온스'),
];

const TIMES = [
  row('time', 1, 's|secs?|seconds?|초'),
  row('time', 0.001, 'ms|milliseconds?|밀리초'),
  row('time', 60, 'mins?|minutes?|분(?!의|기|야)'),
  row('time', 3600, 'h|hrs?|hours?|시간'),
  row('time', DAY, 'days?|일(?=\\s|간|$|[.,)~]|동안|에|의|부터|까지|이|만|째)'),
  row('time', 7 * DAY, 'weeks?|주(?=\\s|간|일|$|[.,)~]|동안|에|의|째|만|를)'),
  row('time', YEAR / 12, 'months?|개월|달(?!러)'),
  row(
    'time',
    YEAR,
    'years?(?: old)?|yrs?|년(?!대)|해(?=\\s|$|[.,]|동안|째|에)|살|세(?!기|계|대|트|금|입|력|관|무|종|상|월|탁|션|\\s?(?:개|명|번|가지|차례|달|곳|사람|마리|권|배|시)(?![가-힣]))',
  ),
  row('time', 10 * YEAR, 'decades?'),
  row('time', 100 * YEAR, 'centur(?:y|ies)'),
  row('time', 14 * DAY, 'fortnights?'),
];

const PHYSICS = [
  row('energy', 1, 'Wh|watt[- ]hours?|와트시'),
  row('energy', 1e3, 'kWh|kilowatt[- ]hours?|킬로와트시'),
  row('energy', 1e6, 'MWh|megawatt[- ]hours?|메가와트시'),
  row('energy', 1e9, 'GWh|gigawatt[- ]hours?|기가와트시'),
  row('energy', 1e12, 'TWh|terawatt[- ]hours?|테라와트시'),
  row('power', 1, 'W|watts?|와트'),
  row('power', 1e3, 'kW|kilowatts?|킬로와트'),
  row('power', 1e6, 'MW|megawatts?|메가와트'),
  row('power', 1e9, 'GW|gigawatts?|기가와트'),
  row('power', convert(1, 'horsepower').to('W'), 'hp|bhp|horsepower|마력'),
  row('calories', 1, 'kcal|calories|칼로리|킬로칼로리'),
  row('speed', 1 / 3.6, 'km/h|kmh|kph|(?:km|kilomet(?:re|er)s?) (?:per|an) hour'),
  row('speed', convert(1, 'mile').to('m') / 3600, 'mph|miles? (?:per|an) hour'),
  row('speed', 1, 'm/s|(?:m|met(?:re|er)s?) (?:per|a) second'),
  row('speed', 1852 / 3600, 'knots?|노트'),
  row('data', 1, 'bytes?|바이트'),
  row('data', 1e3, 'kB|KB|kilobytes?|킬로바이트'),
  row('data', 1e6, 'MB|megabytes?|메가바이트'),
  row('data', 1e9, 'GB|gigabytes?|기가바이트'),
  row('data', 1e12, 'TB|terabytes?|테라바이트'),
  row('bits', 1e3, 'kb|kbit|kilobits?|킬로비트'),
  row('bits', 1e6, 'Mb|Mbit|megabits?|메가비트'),
  row('bits', 1e9, 'Gb|Gbit|gigabits?|기가비트'),
  row('bits', 1e12, 'Tb|Tbit|terabits?|테라비트'),
  row('frequency', 1, 'Hz|hertz|헤르츠'),
  row('frequency', 1e3, 'kHz|kilohertz|킬로헤르츠'),
  row('frequency', 1e6, 'MHz|megahertz|메가헤르츠'),
  row('frequency', 1e9, 'GHz|gigahertz|기가헤르츠'),
  row('voltage', 1, 'V|volts?|볼트'),
  row('degree', 1, '° ?C|℃|degrees? (?:celsius|centigrade)|°|degrees?|도(?=[가-힣\\s.,)]|$)'),
  row('fahrenheit', 1, '° ?F|℉|degrees? fahrenheit'),
];

const SHARES = [
  row(
    'points',
    0.01,
    'percentage[- ]points?|percent points?|pp|%p|%포인트|퍼센트 ?포인트|퍼센티지 ?포인트|(?:%|パーセント)?ポイント|个?百分点|Prozentpunkte?n?|points? de pourcentage|puntos? porcentual(?:es)?|pontos? percentua(?:l|is)|punti percentuali|procentenheter|procentpoint|procentpunt(?:en)?|punkt(?:y|ów)? procentow\\w{1,3}',
  ),
  row(
    'share',
    0.01,
    '%|％|per ?cent(?:um)?|pct|퍼센트|パーセント|프로(?=[가를의는은에도로와인,.)\\s]|$)|Prozent|pour ?cent|por ciento|per cento|procent|procenta|prosent',
  ),
  row('share', 0.1, '할(?=[\\s.,]|[이을은의]\\s|$)|割|成(?=[\\p{L}，。]|$)'),
  row('share', 0.001, '‰|per mille'),
];

const MONEY = [
  row('money:eur', 1, '€|EUR|euros?|ユーロ|欧元|유로'),
  row(
    'money:usd',
    1,
    'US\\$|\\$|USD|US[ -]?dollars?|dollars?|d[óo]lar(?:es)?|ドル|美元|달러|불(?=[\\s.,을를이로에의은도]|밖에|$)',
  ),
  row('money:gbp', 1, '£|GBP|pounds?|Pfund|libras?|livres? sterling|ポンド|英镑|파운드'),
  row('money:krw', 1, '₩|KRW|won|ウォン|韩元|원(?!인(?:[은을이과의로]|\\s(?:분석|규명))|칙|자)'),
  row('money:jpy', 1, '¥|JPY|yen|엔(?=[\\s.,을를이으의에]|$)|円'),
  row('money:cny', 1, 'CNY|RMB|yuan|renminbi|위안|元'),
  row('money:inr', 1, '₹|INR|Rs\\.?|rupees?|루피'),
  row('money:chf', 1, 'CHF|francs?|프랑'),
  row('money:sek', 1, 'SEK|NOK|DKK|kron[aeor]+|crowns?|kroner|크로나|크로네'),
  row('money:pln', 1, 'PLN|zloty|złotych|zł|즈워티'),
  row('money:rub', 1, '₽|RUB|r(?:o)?ubles?|루블'),
  row('money:try', 1, '₺|TRY|lira|리라'),
  row('money:brl', 1, 'R\\$|BRL|rea(?:l|is)|헤알'),
  row('money:mxn', 1, 'MXN|pesos?|페소'),
  row('money:cent', 0.01, 'cents?|ct|pence|센트|펜스|p(?=[\\s.,)]|$)|¢'),
];

/** Words that the unit of one language leaves to its noun: counts of a kind, not of a dimension. */
const ROWS: readonly Row[] = [...SHARES, ...MONEY, ...AREAS_AND_VOLUMES, ...LENGTHS, ...MASSES, ...PHYSICS, ...TIMES];

/** `pounds` and `파운드` are money or mass, `dollars` of several countries one dimension. */
export const ALSO: Readonly<Record<string, readonly Unit[]>> = {
  'money:gbp': [{ dimension: 'mass', size: convert(1, 'pound').to('g') }],
  'money:cent': ['money:usd', 'money:eur', 'money:gbp'].map((dimension) => ({ dimension, size: 0.01 })),
};

const BY_LETTER = tableOf(ROWS);
const NONE: Table = new Map();
const LISTED = /^(?:en|ko|und)\b/;
const MAX_LANGUAGES = 100;
const byLanguage = new Map<string, Table>();

type Table = ReadonlyMap<string, readonly { readonly pattern: RegExp; readonly first: string; readonly unit: Unit }[]>;

function tableOf(rows: readonly Row[]): Table {
  return groupByFirst(
    rows.flatMap(({ words, dimension, size }) =>
      splitAlternatives(words).map((word) => ({
        pattern: patternOf(word),
        first: firstOf(word),
        unit: { dimension, size },
      })),
    ),
  );
}

/** The names of units in the text's own language. */
function ownNames(lang: string): Table {
  if (LISTED.test(lang)) return NONE;
  const language = lang.split('-')[0]?.toLowerCase() ?? '';
  const known = byLanguage.get(language);
  if (known !== undefined) return known;
  let names: Table = NONE;
  try {
    names = tableOf(unitNamesOf(language));
  } catch {
    // not a language tag
  }
  if (byLanguage.size < MAX_LANGUAGES) byLanguage.set(language, names);
  return names;
}

/** The unit that stands here, after at most one space or hyphen, and where it ends. */
export function unitAt(
  text: string,
  at: number,
  lang = 'en',
): { readonly unit: Unit; readonly end: number } | undefined {
  const gap = /[ \u00a0\u202f-]/.test(text[at] ?? '') ? 1 : 0;
  const from = at + gap;
  const first = (text[from] ?? '').toLowerCase();
  let best: { unit: Unit; end: number } | undefined;
  for (const table of [BY_LETTER, ownNames(lang)])
    for (const { pattern, unit } of table.get(first) ?? []) {
      pattern.lastIndex = from;
      const match = pattern.exec(text);
      if (match !== null && (best === undefined || match.index + match[0].length > best.end))
        best = { unit, end: from + match[0].length };
    }
  return best;
}

/** Korean says the time of a speed first: `시속 35~45km`. */
const SPEED_BEFORE = /([초분시])속\s?(?:약\s?|최대\s?)?(?:[\d.,]{1,8}\s?[~∼〜～–-]\s?)?$/;
const SPEED_TIMES: Readonly<Record<string, number>> = { 초: 1, 분: 60, 시: 3600 };

/** The length right after a figure as a speed, where a time stands before it. */
export function perTime(text: string, from: number, { dimension, size }: Unit): Unit | undefined {
  if (dimension !== 'length') return undefined;
  const time = SPEED_BEFORE.exec(text.slice(Math.max(0, from - 20), from))?.[1];
  return time === undefined ? undefined : { dimension: 'speed', size: size / (SPEED_TIMES[time] ?? 1) };
}

const CURRENCY_BEFORE = /(US\$|R\$|[$€£₩¥₹₽₺]|EUR|USD|GBP|CHF|KRW|JPY|CNY|INR|Rs\.?)[ \u00a0\u202f]?$/;

/** The currency whose sign or code ends right here, before a figure. */
export function currencyBefore(text: string, at: number): { readonly unit: Unit; readonly start: number } | undefined {
  const from = Math.max(0, at - 5);
  const match = CURRENCY_BEFORE.exec(text.slice(from, at));
  if (match === null) return undefined;
  const found = unitAt(match[1] ?? '', 0);
  return found === undefined ? undefined : { unit: found.unit, start: from + match.index };
}

/** Alternatives at the top level of a pattern. */
function splitAlternatives(words: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  let inClass = false;
  for (const char of words) {
    if (char === '[') inClass = true;
    if (char === ']') inClass = false;
    if (!inClass && char === '(') depth += 1;
    if (!inClass && char === ')') depth -= 1;
    if (char === '|' && depth === 0 && !inClass) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** Symbols of one or two letters keep their case: `m` is a metre and `M` a million, `W` a watt. */
function patternOf(word: string): RegExp {
  const isLatin = /^[a-z]/i.test(word);
  const isSymbol = /^[A-Za-z]{1,3}$/.test(word);
  return new RegExp(`(?:${word})${isLatin ? '(?![\\p{Script=Latin}\\d²³])' : ''}`, isSymbol ? 'uy' : 'iuy');
}

function firstOf(word: string): string {
  return (/[^\\(?:]/.exec(word)?.[0] ?? '').toLowerCase();
}

function groupByFirst<T extends { readonly first: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of rows) groups.set(entry.first, [...(groups.get(entry.first) ?? []), entry]);
  return groups;
}
