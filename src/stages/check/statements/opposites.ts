/** Words whose opposite the source has in the same place. Pure. */

import { remember } from '../../../util/remember.ts';
import { stemsOf } from '../grounding/source-sentences.ts';

/** The sides of a pair are alternatives of regular expressions. `isRelation`: `A is larger than B` and `B is smaller than A` agree. */
interface Opposite {
  readonly sides: readonly [RegExp, RegExp];
  readonly isRelation: boolean;
}

const english = (pairs: string, isRelation: boolean): Opposite[] =>
  pairs.split(' ').map((pair) => {
    const [a = '', b = ''] = pair.split(/(?<!\(\?):/);
    return { sides: [new RegExp(`\\b(?:${a})\\b`, 'i'), new RegExp(`\\b(?:${b})\\b`, 'i')], isRelation };
  });
const korean = (pairs: string, isRelation: boolean): Opposite[] =>
  pairs.split(' ').map((pair) => {
    const [a = '', b = ''] = pair.split(/(?<!\(\?):/);
    return { sides: [new RegExp(a), new RegExp(b)], isRelation };
  });

const OPPOSITES: readonly Opposite[] = [
  ...english(
    'more:less|fewer larger|bigger|greater:smaller higher:lower faster|quicker:slower longer:shorter better:worse older:younger earlier|sooner:later stronger:weaker richer:poorer cheaper:costlier warmer|hotter:cooler|colder before:after public:private above:below ahead:behind inside:outside au-dessus:au-dessous',
    true,
  ),
  ...english(
    'largest|biggest|greatest:smallest highest:lowest fastest:slowest longest:shortest best:worst oldest:youngest|newest strongest:weakest most:fewest|least first:last warmest|hottest:coldest|coolest cheapest:dearest maximum:minimum majority:minority',
    false,
  ),
  ...english(
    'with:without accept(?:s|ed)?|approv(?:e|es|ed):reject(?:s|ed)?|refus(?:e|es|ed)|den(?:y|ies|ied) allow(?:s|ed)?|permit(?:s|ted)?:ban(?:s|ned)?|prohibit(?:s|ed)?|forbid(?:s|den)? succe(?:ed|eds|eded|ss|ssful|ssfully):fail(?:s|ed|ure)? win(?:s|ning)?|won:los(?:e|es|ing)|lost support(?:s|ed)?|back(?:s|ed):oppos(?:e|es|ed) agree(?:s|d)?:disagree(?:s|d)?|refus(?:e|es|ed) open(?:s|ed)?:clos(?:e|es|ed) beg(?:in|ins|an|un)|start(?:s|ed)?:end(?:s|ed)?|stop(?:s|ped)?|finish(?:es|ed)? buy(?:s|ing)?|bought:sell(?:s|ing)?|sold add(?:s|ed)?:remov(?:e|es|ed) include(?:s|d)?:exclude(?:s|d)? join(?:s|ed)?:le(?:ave|aves|ft) always:never everyone|everybody:nobody profit(?:s|able)?:loss(?:es)? surplus:deficit import(?:s|ed)?:export(?:s|ed)? increas(?:e|es|ed|ing):decreas(?:e|es|ed|ing) strengthen(?:s|ed|ing)?:weaken(?:s|ed|ing)? widen(?:s|ed|ing)?:narrow(?:s|ed|ing)? improv(?:e|es|ed|ing):worsen(?:s|ed|ing)? expand(?:s|ed|ing)?:shr[aiu]nk|shrinking|contract(?:s|ed|ing) possible:impossible legal:illegal able:unable safe:unsafe|dangerous successful:unsuccessful guilty:innocent|acquitted true:false early:late rare|rarely:common|commonly|often',
    false,
  ),
  ...korean(
    '더\\s많:더\\s적 더\\s높:더\\s낮 더\\s[큰크]:더\\s작 보다\\s높:보다\\s낮 보다\\s많:보다\\s적 보다\\s[크큰]:보다\\s작 보다\\s빠[르른]:보다\\s느 이전:이후 전에:후에 이상:이하 초과:미만',
    true,
  ),
  ...korean(
    '가장\\s많:가장\\s적 가장\\s[큰크]:가장\\s작 가장\\s높:가장\\s낮 가장\\s빠[르른]:가장\\s[느늦] 최대:최소 최고:최저 최초:최후|마지막 처음:마지막 성공:실패 찬성:반대 승인|가결:거부|기각|불허|부결 허용:금지 허가:금지|불허 가능:불가 승리|이[겼긴]:패배|[졌]다 합법:불법 유죄:무죄 흑자:적자 수입:수출 매수:매도 가입:탈퇴 취임:퇴임|사임 입학:졸업 개장|개점:폐장|폐점 시작:종료|중단 강화:약화|완화 확대:축소 성장:위축|쇠퇴 긍정:부정 찬반:반찬 증가:감소 상승:하락 늘[어었]:줄[어었] 높아:낮아 포함:제외 공개:비공개 모두(?!\\s(?:\\d|[가-힣]{1,4}\\s[명개대곳])):일부 다수:소수 과반:미달 동의:반대 지지:반대 공격:수비|방어 북:남 동쪽:서쪽 안전:위험 잠정|추정:확정|확인 무선:유선 켜[야고면서진]|켜는|켠:꺼[야지진]|끄[고는면]|끈 같[아은고]:다[르른]|달라 거의\\s없:대부분|대다수 최종:잠정 합격:불합격 정규:비정규',
    false,
  ),
];

export interface FoundOpposite {
  readonly said: string;
  readonly known: string;
}

export function findOpposite(post: string, source: string): FoundOpposite | undefined {
  for (const { sides, isRelation } of OPPOSITES)
    for (const [a, b] of [sides, [sides[1], sides[0]]] as const) {
      const said = a.exec(post);
      const known = said === null ? null : b.exec(source);
      if (said === null || known === null) continue;
      // The post has one side more often, the source the other: `the more …, the less …` for `the more …, the more …`.
      if (count(a, post) <= count(a, source) || count(b, source) <= count(b, post)) continue;
      const isAlone = !a.test(source) && !b.test(post);
      if (isRelation && isAlone && !goesOnAlike(post, said, source, known)) continue;
      if (isDenied(post, said) !== isDenied(source, known)) continue;
      return { said: said[0], known: known[0] };
    }
  return undefined;
}

function count(pattern: RegExp, text: string): number {
  return text.split(pattern).length - 1;
}

/** Whether a word is one side of a pair: it says how, and not of what. */
export const isTurning = remember(
  (word) => OPPOSITES.some(({ sides }) => sides.some((side) => side.exec(word)?.[0].length === word.length)),
  20_000,
);

/** `not legal` for `illegal`, `승인하지 않` for `거부`. */
function isDenied(text: string, { index: at, 0: word }: RegExpExecArray): boolean {
  if (/[없못]/.test(word)) return false; // says no by itself
  return (
    /(?:\b(?:not|never|no|hardly|without)|n[’']t)\s(?:\S+\s)?$/i.test(text.slice(Math.max(0, at - 24), at)) ||
    /^[가-힣]{1,5}지\s?(?:않|못)|^[가-힣]{1,5}\s(?:아니|없)/.test(text.slice(at, at + 14))
  );
}

/** Whether the same words follow, in Korean precede: those compared have not changed places. */
function goesOnAlike(post: string, said: RegExpExecArray, source: string, known: RegExpExecArray): boolean {
  const isKorean = /[가-힣]/.test(said[0]);
  const near = (text: string, { index, 0: word }: RegExpExecArray) =>
    isKorean
      ? [...stemsOf(text.slice(Math.max(0, index - 24), index))].slice(-1)
      : [...stemsOf(text.slice(index + word.length, index + word.length + 48))].slice(0, 3);
  const [one, other] = [near(post, said), near(source, known)];
  if (one.length === 0 || other.length === 0) return one.length === other.length;
  return one.filter((word) => other.includes(word)).length >= Math.min(2, one.length, other.length);
}
