/** Words of a sentence that state a calculation, and which one. Pure. */

const CHANGE =
  /\b(?:by|up|down|rose|risen|rises?|rising|gr[eo]w[ns]?|growing|growth|fell|fallen|falls?|los(?:t|es?|s|ses)|cut|shr[aiu]nk|(?:higher|lower|more|less|fewer|longer|shorter|later|earlier|older|younger|cheaper)(?! than (?:half|an?|one|two|three|nine)\b| than \d)|difference|gap|ahead|behind|apart|extra|saved?|another|left|took|lasted|for|within|after|stayed|since|short of|shy of|beyond|margin|elapsed|passed|discount|under)\b/i;
/** How words of change begin, and what stands between two times. */
const CHANGE_BEGINS =
  /\b(?:(?:lay|lies?) between\b|drop|exceed|surpass|outnumber|differ|separat|reduc|increas|decreas|declin|gain|climb|jump|remain)/i;
const CHANGE_KOREAN =
  /올랐|오른|올라|늘|줄|증가|감소|상승|하락|차이|더 |덜 |높|낮|많|적|내렸|내린|떨어|동안|걸|만에|앞|뒤|남|보다\s|대비|늦|이르|일찍|할인|깎|인하|인상|잃|사라|[가-힣](?:아|어|커|워|라|려|러|해|빨라)[졌지진]/;
/** The same in German, French, Spanish, Italian, Portuguese, Dutch: whole words, and how words begin. */
const CHANGE_WORDS = words(
  'um mehr weniger vor höher niedriger größer kleiner gestiegen gesunken differenz unterschied abstand vorsprung plus moins écart différence más menos diferencia più meno differenza mais diferença meer minder verschil',
  'recul augment progress diminu baiss aument dismin subi baj cresc',
);
const REST_WORDS = words(
  'autre autres reste otro otra otros otras resto altri outro outra outros outras',
  'übrig restlich andere',
);
/** And in Japanese and Chinese. */
const CHANGE_EAST = /より|差|増|減|以外|残り|比|遅|早|延|縮/u;
const REST_EAST = /以外|残り|其他|其余/u;

function words(whole: string, begin: string): (sentence: string) => boolean {
  const [exact, beginnings] = [new Set(whole.split(' ')), begin.split(' ')];
  return (sentence) =>
    (sentence.toLowerCase().match(/\p{L}+/gu) ?? []).some(
      (word) => exact.has(word) || beginnings.some((beginning) => word.startsWith(beginning)),
    );
}
/** `hotter than`, `above the average` */
const COMPARES = /\b(?:above|below|[a-z]{2,9}er than)\b/i;
const TOTAL =
  /\b(?:all|total\w*|together|altogether|combined|sum|overall|both|the two|in all|either)\b|모두|합|총|전체|통틀|더하/i;
const BETWEEN_THEM = /\bbetween them\b/i;
/** `두 팀은`, but not a counting word: `두 번`. */
const OF_BOTH = /(?<![가-힣])[두양세]\s(?!번|배|차례|달|명|개|점|살|시)/;
const TOTAL_WORDS = words(
  'zusammen insgesamt ensemble juntos junto juntas junta insieme samen totaal beide beiden ambos ambas',
  'total',
);
const TOTAL_EAST = /合わせ|合計|合计|总|總|共/u;
const REST =
  /\b(?:other|others|rest|remaining|remainder|else|without|not|did ?n[o’']t|never|neither|gave|quit|left)\b|나머지|다른|외|아닌|않|못|없/i;
export const AVERAGE = /\b(?:average[ds]?|mean|median|midpoint)\b|평균|중간/i;
/** `for every flat that was rejected, six were approved` */
export const FOR_EVERY =
  /\bfor (?:every|each|one)\b|마다|(?<=명|개|가구|건|채|곳|호|인|사람|시간|분|그루|마리)당(?=[\s,])/i;

/** `each of the two groups`, `한 곳당 평균` */
export const EACH =
  /あたり|当たり|につき|ごと|\b(?:each|apiece|per)\b|마다|씩|[곳명개대]당\b|당(?=[\s,])|(?:한|1)\s?(?:사람|명|개|곳|인)(?:에|당)|꼴/i;
/** A small count is a result, and not a counting word, where the sentence says so. */
const IS_RESULT =
  /\b(?:together|in total|combined|altogether|added up|in all)\b|합쳐|합하|합친|합계|차이|보다\s[^.]{0,16}(?:많|적|높|낮|길|짧|늘|줄)/i;

export function isResult(sentence: string): boolean {
  return IS_RESULT.test(sentence);
}

/** Whether a sentence speaks of a total. */
export function isTotal(sentence: string): boolean {
  return (
    TOTAL.test(sentence) ||
    BETWEEN_THEM.test(sentence) ||
    OF_BOTH.test(sentence) ||
    TOTAL_EAST.test(sentence) ||
    TOTAL_WORDS(sentence)
  );
}

/** Whether a sentence speaks of what is left over. */
export function isRest(sentence: string): boolean {
  return REST.test(sentence) || REST_EAST.test(sentence) || REST_WORDS(sentence);
}

/** Whether something is more or less, or has become so. */
export function isChange(sentence: string): boolean {
  return (
    CHANGE.test(sentence) ||
    CHANGE_BEGINS.test(sentence) ||
    CHANGE_KOREAN.test(sentence) ||
    CHANGE_EAST.test(sentence) ||
    CHANGE_WORDS(sentence)
  );
}

/** Whether the words of a sentence state a difference. */
export function asksForGap(sentence: string): boolean {
  return isChange(sentence) || COMPARES.test(sentence) || isRest(sentence);
}

/** Whether the words of a sentence state a calculation. */
export function asksForSum(sentence: string): boolean {
  return isChange(sentence) || isTotal(sentence) || [COMPARES, AVERAGE, EACH].some((pattern) => pattern.test(sentence));
}

/** How many times one amount fits into another. */
export const GOES_INTO = /\b(?:for|cover|buy|fund|enough|fits?|fill|times|each|at)\b|만큼|개분|명분|번/i;
