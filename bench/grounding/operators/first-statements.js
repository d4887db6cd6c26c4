// Sentences made of true figures and names that are false as statements (S), and true paraphrases (P) that no rule may speak about.
import { swap } from './first-en.js';

const VERBS = [
  ['rose', 'fell'],
  ['fell', 'rose'],
  ['grew', 'shrank'],
  ['increased', 'decreased'],
  ['decreased', 'increased'],
  ['declined', 'climbed'],
  ['dropped', 'jumped'],
  ['climbed', 'declined'],
  ['gained', 'lost'],
  ['jumped', 'dropped'],
];
const NAME = "\\p{Lu}[\\p{L}’']+(?:\\s\\p{Lu}[\\p{L}’']+)?";

/** Exchanges the first two matches that say different things. */
const exchange = (pattern) => (sentence) => {
  const [a, b] = [...sentence.matchAll(pattern)];
  if (a === undefined || b === undefined || a[0] === b[0]) return undefined;
  return (
    sentence.slice(0, a.index) +
    b[0] +
    sentence.slice(a.index + a[0].length, b.index) +
    a[0] +
    sentence.slice(b.index + b[0].length)
  );
};

export const STATEMENTS = [
  {
    name: 'not put in',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/(?<=\s)(was|were|is|are|has|had|will|can)(?=\s\p{Ll}{4,}(?:ed|en|ing|e)\b)/u, ([all]) => `${all} not`),
  },
  {
    name: 'not taken out',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/\b(is|are|was|were|has|have|had|will|would|can|could|did|does|do) not\b(?! only)/, ([, verb]) =>
      /^d/.test(verb) ? undefined : verb,
    ),
  },
  {
    name: 'never put in',
    kind: 'polarity',
    truth: 'S',
    apply: swap(
      /(?<=\p{Ll}\s)(began|became|received|created|opened|moved|won|sold|built|joined|wrote|used|found|made)\b/u,
      ([all]) => `never ${all}`,
    ),
  },
  {
    name: 'trend turned by verb',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      new RegExp(`\\b(?:${VERBS.map(([a]) => a).join('|')})\\b`),
      ([all]) => VERBS.find(([a]) => a === all)[1],
    ),
  },
  {
    name: 'trend turned by noun',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      /\b(an? )?(increase|decrease|decline|growth|reduction) (?=in|of)/,
      ([, , noun]) =>
        ({
          increase: 'a decrease ',
          decrease: 'an increase ',
          decline: 'an increase ',
          growth: 'a decline ',
          reduction: 'an increase ',
        })[noun],
    ),
  },
  { name: 'will be to was', kind: 'plan', truth: 'S', apply: swap(/\bwill be(?=\s\p{Ll}+ed\b)/u, () => 'was') },
  {
    name: 'plans to to has begun to',
    kind: 'plan',
    truth: 'S',
    apply: swap(/\b(plans|intends|hopes|aims|is expected|is set|is scheduled) to\b/, () => 'has begun to'),
  },
  {
    name: 'may to does',
    kind: 'hedge',
    truth: 'S',
    apply: swap(/\b(?:may|might|could)( be)?(?=\s\p{Ll}{3,})/u, ([, be]) => (be === undefined ? 'does' : 'is')),
  },
  {
    name: 'likely dropped',
    kind: 'hedge',
    truth: 'S',
    apply: swap(
      /\b(?:is|are) (?:likely|believed|thought|said|reported) to\b|\b(?:reportedly|allegedly|possibly|perhaps|probably) /,
      ([all]) => (/ to$/.test(all) ? 'do' : ''),
    ),
  },
  {
    name: 'another speaker by role',
    kind: 'speaker',
    truth: 'S',
    apply: (sentence) =>
      /[“"][^”"]{25,}[”"]/.test(sentence)
        ? swap(
            new RegExp(`(?<=[”"],?\\s)(said|says|explains|adds)\\s${NAME}`, 'u'),
            ([, verb]) => `${verb} a neighbour`,
          )(sentence)
        : undefined,
  },
  {
    name: 'another speaker by name',
    kind: 'speaker',
    truth: 'S',
    apply: (sentence) =>
      /[“"][^”"]{25,}[”"]/.test(sentence)
        ? swap(
            new RegExp(
              `${NAME}(?=\\s(?:said|says|explained|told|added|explains))|(?<=(?:said|says|explains|adds)\\s)${NAME}`,
              'u',
            ),
            () => 'Gregor Holloway',
          )(sentence)
        : undefined,
  },
  {
    name: 'names exchanged',
    kind: 'roles',
    truth: 'S',
    apply: (sentence) =>
      new RegExp(
        `${NAME} (?:beat|acquired|bought|sued|hired|joined|defeated|signed|replaced|married|killed|owns|founded|led|directed|invited|asked|met|told|partnered with|succeeded|launched|released|introduced|created) ${NAME}`,
        'u',
      ).test(sentence)
        ? exchange(new RegExp(NAME, 'gu'))(
            new RegExp(`${NAME} (?:\\p{Ll}+ ){1,2}${NAME}.*`, 'u').exec(sentence)?.[0] ?? '',
          )
        : undefined,
  },
  { name: 'percents exchanged', kind: 'subject', truth: 'S', apply: exchange(/\d+(?:\.\d+)?(?:\s?%| percent)/g) },
  {
    name: 'counts exchanged',
    kind: 'subject',
    truth: 'S',
    apply: exchange(
      /(?<![\d.,$€£-])\d{1,3}(?:,\d{3})?(?=\s\p{Ll}{4,}s\b)(?!\s(?:years|months|days|hours|minutes|weeks|times))/gu,
    ),
  },
  {
    name: 'money exchanged',
    kind: 'subject',
    truth: 'S',
    apply: exchange(/[$€£]\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion))?/g),
  },

  {
    name: 'contracted',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(/\b(is|are|was|were|has|have|does|do|did|would|could|will) not\b/, ([, verb]) =>
      verb === 'will' ? 'won’t' : `${verb}n’t`,
    ),
  },
  {
    name: 'trend by another verb',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /\b(rose|fell|grew|increased|decreased|declined|dropped|climbed|jumped)\b/,
      ([all]) =>
        ({
          rose: 'went up',
          fell: 'dropped',
          grew: 'increased',
          increased: 'went up',
          decreased: 'fell',
          declined: 'fell',
          dropped: 'went down',
          climbed: 'rose',
          jumped: 'rose sharply',
        })[all],
    ),
  },
  {
    name: 'will to is going to',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(/(?<=[\p{Ll}]\s)will(?=\s\p{Ll})/u, () => 'is going to'),
  },
  { name: 'may to might', kind: 'paraphrase', truth: 'P', apply: swap(/\bmay(?=\s\p{Ll})/u, () => 'might') },
  {
    name: 'clauses turned',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const match =
        /^(When|While|After|Before|As|If|In|During|Since|Although|With) ([^,“"]{12,80}), ([^,“"]{20,160})[.]$/.exec(
          sentence.trim(),
        );
      return match === null
        ? undefined
        : `${match[3][0].toUpperCase()}${match[3].slice(1)} ${match[1].toLowerCase()} ${match[2]}.`;
    },
  },
  {
    name: 'last clause left out',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const match = /^([^“"]{50,}?), (?:which|who|and|including|with|making|according) [^“"]+[.]$/.exec(
        sentence.trim(),
      );
      return match === null ? undefined : `${match[1]}.`;
    },
  },
  { name: 'brackets left out', kind: 'paraphrase', truth: 'P', apply: swap(/\s\([^()]{3,80}\)/, () => '') },
  {
    name: 'words replaced',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const table = {
        also: 'too,',
        help: 'assist',
        helps: 'assists',
        show: 'demonstrate',
        shows: 'demonstrates',
        large: 'big',
        many: 'numerous',
        buy: 'purchase',
        begin: 'start',
        began: 'started',
        need: 'require',
        needs: 'requires',
        important: 'key',
        people: 'persons',
        often: 'frequently',
        including: 'among them',
        provides: 'offers',
        provide: 'offer',
        company: 'firm',
        make: 'produce',
        quickly: 'fast',
        allows: 'lets',
      };
      const isKnown = (word) => Object.hasOwn(table, word);
      const count = (sentence.match(/\b\p{Ll}+\b/gu) ?? []).filter(isKnown).length;
      const changed = sentence.replace(/\b\p{Ll}+\b/gu, (word) => (isKnown(word) ? table[word] : word));
      return count > 1 ? changed : undefined;
    },
  },
  {
    name: 'it was reported that',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) =>
      /^(?:The|This|It|In|For) /.test(sentence) && sentence.length < 160
        ? `As the source puts it, ${sentence[0].toLowerCase()}${sentence.slice(1)}`
        : undefined,
  },
  {
    name: 'speaker kept, part of the quotation',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const match = new RegExp(`^[“"]([^”"]{40,200})[”"],? (?:said|says) (${NAME})`, 'u').exec(sentence.trim());
      return match === null ? undefined : `According to ${match[2]}, “${match[1].replace(/[,.]$/, '')}”.`;
    },
  },
];

export const STATEMENTS_KO = [
  {
    name: 'ko trend turned',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      /증가|감소|늘었|줄었|상승|하락|올랐|내렸|높아졌|낮아졌|늘어났/,
      ([all]) =>
        ({
          증가: '감소',
          감소: '증가',
          늘었: '줄었',
          줄었: '늘었',
          상승: '하락',
          하락: '상승',
          올랐: '내렸',
          내렸: '올랐',
          높아졌: '낮아졌',
          낮아졌: '높아졌',
          늘어났: '줄어들었',
        })[all],
    ),
  },
  {
    name: 'ko trend turned by noun',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      /증가율|감소세|증가세|급등|급감|급증/,
      ([all]) =>
        ({ 증가율: '감소율', 감소세: '증가세', 증가세: '감소세', 급등: '급락', 급감: '급증', 급증: '급감' })[all],
    ),
  },
  {
    name: 'ko not put in',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/(했|였|됐|늘었|올랐|넘었|나타났|들었|썼)다\.$/, ([, verb]) => `${verb}던 것은 아니다.`),
  },
  {
    name: 'ko not at all',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/(달했|차지했|기록했|돌파했|시작했|여행했|개선됐)다\.$/, ([, verb]) =>
      `${verb.slice(0, -1)}하지 않았다.`.replace('됐하', '되'),
    ),
  },
  {
    name: 'ko plan as done',
    kind: 'plan',
    truth: 'S',
    apply: swap(
      /(?:할 예정이다|할 계획이다|할 방침이다|할 것으로 (?:예상|전망)된다|할 것으로 추정된다|한다고 내다봤다)\.?$/,
      () => '했다.',
    ),
  },
  {
    name: 'ko hedge lost',
    kind: 'hedge',
    truth: 'S',
    apply: swap(
      /(?:할 것으로 보인다|한 것으로 보인다|한 것으로 풀이된다|을 것으로 추정된다|할 수 있다)\.?$/,
      () => '했다.',
    ),
  },
  {
    name: 'ko another speaker',
    kind: 'speaker',
    truth: 'S',
    apply: (sentence) =>
      /["“]/.test(sentence)
        ? swap(/^(?:[가-힣]+ )?[가-힣]+(?:은|는)(?=\s["“])/, () => '이웃 주민은')(sentence)
        : undefined,
  },
  { name: 'ko figures exchanged', kind: 'subject', truth: 'S', apply: exchange(/\d[\d.]*(?:%|퍼센트)/g) },
  { name: 'ko won exchanged', kind: 'subject', truth: 'S', apply: exchange(/\d[\d,]*조?\d*억원/g) },

  {
    name: 'ko trend by another verb',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /증가했다|감소했다|늘었다|줄었다|상승했다|올랐다/,
      ([all]) =>
        ({
          증가했다: '늘었다',
          감소했다: '줄었다',
          늘었다: '증가했다',
          줄었다: '감소했다',
          상승했다: '올랐다',
          올랐다: '상승했다',
        })[all],
    ),
  },
  {
    name: 'ko formal',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(/(했|였|었|았|됐)다\.$/, ([, verb]) => `${verb}습니다.`),
  },
  {
    name: 'ko first clause only',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const match = /^([^"“]{15,}?)(?:으로|했고|였고|이며|하며|지만) /.exec(sentence);
      return match === null ? undefined : `${match[1]}이다.`;
    },
  },
  { name: 'ko brackets left out', kind: 'paraphrase', truth: 'P', apply: swap(/\([^()]{2,40}\)/, () => '') },
  {
    name: 'ko words replaced',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /지난해|조사됐다|매우|총|모두|회사/,
      ([all]) => ({ 지난해: '작년', 조사됐다: '나타났다', 매우: '아주', 총: '모두', 모두: '총', 회사: '기업' })[all],
    ),
  },
];
