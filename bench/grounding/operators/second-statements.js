// Statements made of true figures and names that are false (S), and paraphrases (P) that no rule may speak about; second batch.
import { swap } from './words.js';

const NAME = "\\p{Lu}[\\p{L}’']+(?:\\s\\p{Lu}[\\p{L}’']+)?";
const table = (pairs) => {
  const map = Object.fromEntries(pairs);
  return [new RegExp(`\\b(${Object.keys(map).join('|')})\\b`), ([all]) => map[all]];
};
const korean = (pairs, tail = '') => {
  const map = Object.fromEntries(pairs);
  return [new RegExp(`(${Object.keys(map).join('|')})${tail}`), ([, all]) => map[all]];
};
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
    name: '2 without for with',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/(?<=\p{Ll}\s)with(?=\s(?:the|a|an|its|his|her|their)\s)/u, () => 'without'),
  },
  {
    name: '2 does not',
    kind: 'polarity',
    truth: 'S',
    apply: swap(
      /(?<=\s)(includes|provides|requires|offers|allows|supports|uses|contains|works|needs|gives|makes)\b/,
      ([all]) => `does not ${all.replace(/s$/, '')}`,
    ),
  },
  {
    name: '2 did not',
    kind: 'polarity',
    truth: 'S',
    apply: swap(
      /(?<=\p{Ll}\s)(announced|reported|found|showed|increased|agreed|launched|released|reached|decided|published|opened|received)\b/u,
      ([all]) =>
        `did not ${{ found: 'find', showed: 'show', increased: 'increase', announced: 'announce', reported: 'report', agreed: 'agree', launched: 'launch', released: 'release', reached: 'reach', decided: 'decide', published: 'publish', opened: 'open', received: 'receive' }[all]}`,
    ),
  },
  {
    name: '2 no longer',
    kind: 'polarity',
    truth: 'S',
    apply: swap(
      /(?<=\p{Ll}\s)(is|are)(?=\s(?:available|able|required|allowed|used|known|considered|responsible|possible)\b)/u,
      ([all]) => `${all} no longer`,
    ),
  },
  {
    name: '2 possible to impossible',
    kind: 'polarity',
    truth: 'S',
    apply: swap(
      ...table([
        ['possible', 'impossible'],
        ['legal', 'illegal'],
        ['able', 'unable'],
        ['successful', 'unsuccessful'],
        ['safe', 'unsafe'],
        ['approved', 'rejected'],
        ['accepted', 'refused'],
        ['allowed', 'banned'],
        ['agreed', 'refused'],
        ['succeeded', 'failed'],
      ]),
    ),
  },
  {
    name: '2 more to less',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      /\b(more|higher|larger|faster|longer|better|bigger|greater) than\b(?! (?:a|one|\d))/,
      ([, all]) =>
        `${{ more: 'less', higher: 'lower', larger: 'smaller', faster: 'slower', longer: 'shorter', better: 'worse', bigger: 'smaller', greater: 'smaller' }[all]} than`,
    ),
  },
  {
    name: '2 trend verbs',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      ...table([
        ['rising', 'falling'],
        ['falling', 'rising'],
        ['growing', 'shrinking'],
        ['soared', 'plunged'],
        ['surged', 'slumped'],
        ['plunged', 'soared'],
        ['expanded', 'shrank'],
        ['improved', 'worsened'],
        ['increasing', 'decreasing'],
        ['decreasing', 'increasing'],
        ['widened', 'narrowed'],
        ['strengthened', 'weakened'],
      ]),
    ),
  },
  {
    name: '2 most to fewest',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      /\b(?:the )?(largest|highest|biggest|fastest|lowest|smallest|best|worst|oldest|youngest|longest|cheapest|first)\b(?= \p{Ll})/u,
      ([, all]) =>
        `the ${{ largest: 'smallest', highest: 'lowest', biggest: 'smallest', fastest: 'slowest', lowest: 'highest', smallest: 'largest', best: 'worst', worst: 'best', oldest: 'youngest', youngest: 'oldest', longest: 'shortest', cheapest: 'most expensive', first: 'last' }[all]}`,
    ),
  },
  {
    name: '2 before to after',
    kind: 'order',
    truth: 'S',
    apply: swap(/(?<=\p{Ll}\s)(before|after)(?=\s(?:the|a|he|she|they|it|being|its|his|her)\b)/u, ([all]) =>
      all === 'before' ? 'after' : 'before',
    ),
  },
  {
    name: '2 is to be',
    kind: 'plan',
    truth: 'S',
    apply: swap(
      /\b(?:is|are) (?:planned|scheduled|expected|due|set|slated) to (\p{Ll}+)\b/u,
      ([, verb]) => `has already managed to ${verb}`,
    ),
  },
  {
    name: '2 will to has',
    kind: 'plan',
    truth: 'S',
    apply: swap(
      /\bwill (begin|start|open|launch|release|publish|receive|move|add|provide|offer|introduce|replace|include|host|continue)\b/,
      ([, verb]) =>
        ({
          begin: 'began',
          start: 'started',
          open: 'opened',
          launch: 'launched',
          release: 'released',
          publish: 'published',
          receive: 'received',
          move: 'moved',
          add: 'added',
          provide: 'provided',
          offer: 'offered',
          introduce: 'introduced',
          replace: 'replaced',
          include: 'included',
          host: 'hosted',
          continue: 'continued',
        })[verb],
    ),
  },
  {
    name: '2 proposed to adopted',
    kind: 'plan',
    truth: 'S',
    apply: swap(
      /\b(proposed|considering|plans for|hopes to|wants to|seeks to|aims to)\b/,
      ([all]) =>
        ({
          proposed: 'completed',
          considering: 'carrying out',
          'plans for': 'completion of',
          'hopes to': 'managed to',
          'wants to': 'managed to',
          'seeks to': 'managed to',
          'aims to': 'managed to',
        })[all],
    ),
  },
  {
    name: '2 hedge verb',
    kind: 'hedge',
    truth: 'S',
    apply: swap(
      /\b(appears to|seems to|is thought to|are thought to|is believed to|may have|might have|could have)\b/,
      ([all]) => (/have$/.test(all) ? 'has certainly' : 'certainly does'),
    ),
  },
  {
    name: '2 could to will',
    kind: 'hedge',
    truth: 'S',
    apply: swap(/\b(could|might|may) (?=\p{Ll}{3,})(?!have|be )/u, () => 'certainly does '),
  },
  {
    name: '2 suggests to proves',
    kind: 'hedge',
    truth: 'S',
    apply: swap(
      /\b(suggests?|suggested|indicates?|indicated) that\b/,
      ([, all]) => `${all.startsWith('s') ? 'proved' : 'proved'} that`,
    ),
  },
  {
    name: '2 some to all',
    kind: 'scope',
    truth: 'S',
    apply: swap(/\b(some|many|most|several|a few|few) (?:of (?:the|these) )?(?=\p{Ll}{4,}s\b)/iu, ([all]) =>
      /^\p{Lu}/u.test(all) ? 'All ' : 'all ',
    ),
  },
  {
    name: '2 speaker replaced',
    kind: 'speaker',
    truth: 'S',
    apply: (sentence) =>
      /[“"][^”"]{25,}[”"]/.test(sentence)
        ? swap(
            new RegExp(
              `${NAME}(?=,?\\s(?:said|says|explained|told|added|explains|wrote))|(?<=(?:said|says|explains|adds|wrote)\\s)${NAME}`,
              'u',
            ),
            () => 'a spokeswoman for the ministry',
          )(sentence)
        : undefined,
  },
  {
    name: '2 two speakers',
    kind: 'speaker',
    truth: 'S',
    apply: (sentence) =>
      /[“"][^”"]{25,}[”"]/.test(sentence)
        ? swap(/\b(?:he|she|they)(?=\s(?:said|says|explained|added|told))/, () => 'Marta Lindqvist')(sentence)
        : undefined,
  },
  {
    name: '2 passive turned',
    kind: 'roles',
    truth: 'S',
    apply: (sentence) => {
      const m = new RegExp(`(${NAME}) (was|were) (\\p{Ll}+ed) by (${NAME})`, 'u').exec(sentence);
      return m === null ? undefined : sentence.replace(m[0], `${m[4]} ${m[2]} ${m[3]} by ${m[1]}`);
    },
  },
  {
    name: '2 verb between names',
    kind: 'roles',
    truth: 'S',
    apply: (sentence) => {
      const m = new RegExp(`(${NAME}) (\\p{Ll}+(?:ed|s)) (${NAME})(?! \\p{Lu})`, 'u').exec(sentence);
      return m === null || /^(?:is|was|has|as|its|us|said|says)$/.test(m[2])
        ? undefined
        : sentence.replace(m[0], `${m[3]} ${m[2]} ${m[1]}`);
    },
  },
  {
    name: '2 years exchanged',
    kind: 'subject',
    truth: 'S',
    apply: exchange(/(?<![\d.,$–-])(?:19|20)\d\d\b(?!s|[–-])/g),
  },
  {
    name: '2 measures exchanged',
    kind: 'subject',
    truth: 'S',
    apply: exchange(
      /(?<![\d.,$€£–-])\d[\d,.]*\d?(?=\s(?:years|days|hours|minutes|miles|feet|inches|points|degrees|pounds)\b)/g,
    ),
  },
  {
    name: '2 cause added',
    kind: 'cause',
    truth: 'S',
    apply: (sentence) => {
      const m = /^([^,“"]{30,120}), (?:and|while) ([^,“"]{25,140})\.$/.exec(sentence.trim());
      return m === null || /because|due|cause|led|result|since|so /.test(sentence)
        ? undefined
        : `${m[1]} because ${m[2]}.`;
    },
  },

  { name: '2 sentence joined with and', kind: 'paraphrase', truth: 'P', apply: swap(/, while /, () => ', and ') },
  {
    name: '2 not to failed',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(/\bdid not (\p{Ll}+)\b/u, ([, verb]) => `failed to ${verb}`),
  },
  { name: '2 cannot', kind: 'paraphrase', truth: 'P', apply: swap(/\bcan(?:not|’t|'t)\b/, () => 'is unable to') },
  {
    name: '2 trend noun',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      ...table([
        ['rising', 'growing'],
        ['growing', 'increasing'],
        ['soared', 'rose'],
        ['surged', 'jumped'],
        ['plunged', 'fell'],
        ['expanded', 'grew'],
        ['increased', 'rose'],
        ['decline', 'drop'],
        ['growth', 'increase'],
      ]),
    ),
  },
  {
    name: '2 plan in other words',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /\b(plans to|intends to|aims to|hopes to|is expected to|is set to)\b/,
      ([all]) =>
        ({
          'plans to': 'intends to',
          'intends to': 'plans to',
          'aims to': 'wants to',
          'hopes to': 'wants to',
          'is expected to': 'is due to',
          'is set to': 'will',
        })[all],
    ),
  },
  {
    name: '2 hedge in other words',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /\b(could|might|may|possibly|probably|appears to|seems to|suggests)\b(?! \d)/,
      ([all]) =>
        ({
          could: 'might',
          might: 'may',
          may: 'could',
          possibly: 'perhaps',
          probably: 'likely',
          'appears to': 'seems to',
          'seems to': 'appears to',
          suggests: 'indicates',
        })[all],
    ),
  },
  {
    name: '2 cause in other words',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /\b(because of|due to|thanks to|as a result of|led to)\b/,
      ([all]) =>
        ({
          'because of': 'due to',
          'due to': 'because of',
          'thanks to': 'because of',
          'as a result of': 'because of',
          'led to': 'resulted in',
        })[all],
    ),
  },
  {
    name: '2 first half only',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const m = /^([^“"]{40,160}?),? (?:but|while|although|because|so that|and then) [^“"]+\.$/.exec(sentence.trim());
      return m === null ? undefined : `${m[1]}.`;
    },
  },
  {
    name: '2 second half only',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const m =
        /^[^“"]{20,160}?, (?:but|while|although|and) ((?:the|a|he|she|it|they|this|some|most|many) [^“"]{30,})\.$/.exec(
          sentence.trim(),
        );
      return m === null ? undefined : `${m[1][0].toUpperCase()}${m[1].slice(1)}.`;
    },
  },
  {
    name: '2 reported speech',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const m = new RegExp(`^[“"]([^”"]{30,200})[,.][”"] (${NAME}) (?:said|says)`, 'u').exec(sentence.trim());
      return m === null ? undefined : `${m[2]} said that ${m[1][0].toLowerCase()}${m[1].slice(1)}.`;
    },
  },
  {
    name: '2 adverb moved to front',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const m = /^([A-Z][^,“"]{30,160}) (in (?:19|20)\d\d|last year|this year|in recent years|at the time)\.$/.exec(
        sentence.trim(),
      );
      return m === null
        ? undefined
        : `${m[2][0].toUpperCase()}${m[2].slice(1)}, ${m[1][0].toLowerCase()}${m[1].slice(1)}.`;
    },
  },
  {
    name: '2 relative clause left out',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(/, (?:which|who|whose|where) [^,“"]{10,120},/, () => ''),
  },
];

export const STATEMENTS_KO = [
  {
    name: 'ko2 not in the end',
    kind: 'polarity',
    truth: 'S',
    apply: swap(
      /(하|되|지|리|오르|보이|이루어지|나타나)(?:였다|었다|ㅆ다|ㄴ다)\.$|(했|됐|졌|렸|왔|났)다\.$/,
      ([, , verb]) =>
        verb === undefined
          ? undefined
          : `${{ 했: '하', 됐: '되', 졌: '지', 렸: '리', 왔: '오', 났: '나' }[verb]}지 않았다.`,
    ),
  },
  {
    name: 'ko2 present not',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/(한|된|진)다\.$/, ([, verb]) => `${{ 한: '하', 된: '되', 진: '지' }[verb]}지 않는다.`),
  },
  { name: 'ko2 can to cannot', kind: 'polarity', truth: 'S', apply: swap(/수 있(?=다|는|고|으며|었)/, () => '수 없') },
  {
    name: 'ko2 is to is not',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/(?<=[가-힣])(이다|였다|이었다)\.$/, ([, end]) => (end === '이다' ? '이 아니다.' : '이 아니었다.')),
  },
  {
    name: 'ko2 not removed',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/(하|되)지 (?:않았|못했)다/, ([, verb]) => (verb === '하' ? '했다' : '됐다')),
  },
  {
    name: 'ko2 exists to lacks',
    kind: 'polarity',
    truth: 'S',
    apply: swap(/(?<=[이가은는도])\s(있|없)다\.$/, ([, all]) => ` ${all === '있' ? '없' : '있'}다.`),
  },
  {
    name: 'ko2 antonym',
    kind: 'polarity',
    truth: 'S',
    apply: swap(
      ...korean(
        [
          ['성공', '실패'],
          ['실패', '성공'],
          ['찬성', '반대'],
          ['반대', '찬성'],
          ['승인', '거부'],
          ['허용', '금지'],
          ['금지', '허용'],
          ['가능', '불가능'],
          ['승리', '패배'],
          ['패배', '승리'],
        ],
        '(?=[하했한을를이가됐되])',
      ),
    ),
  },
  {
    name: 'ko2 trend',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      ...korean(
        [
          ['증가', '감소'],
          ['감소', '증가'],
          ['상승', '하락'],
          ['하락', '상승'],
          ['확대', '축소'],
          ['축소', '확대'],
          ['늘어', '줄어'],
          ['줄어', '늘어'],
          ['높아', '낮아'],
          ['낮아', '높아'],
          ['강화', '약화'],
          ['성장', '위축'],
        ],
        '(?=[하했한할되됐된나났졌들])',
      ),
    ),
  },
  {
    name: 'ko2 more and less',
    kind: 'trend',
    truth: 'S',
    apply: swap(
      ...korean([
        ['보다 높', '보다 낮'],
        ['보다 많', '보다 적'],
        ['보다 크', '보다 작'],
        ['보다 빠르', '보다 느리'],
        ['더 높', '더 낮'],
        ['더 많', '더 적'],
        ['더 큰', '더 작은'],
        ['가장 많', '가장 적'],
        ['가장 큰', '가장 작은'],
        ['가장 높', '가장 낮'],
      ]),
    ),
  },
  {
    name: 'ko2 before and after',
    kind: 'order',
    truth: 'S',
    apply: swap(/(?<=[가-힣\d] ?)(이전|이후)(?=[에의 ])/, ([all]) => (all === '이전' ? '이후' : '이전')),
  },
  {
    name: 'ko2 plan as done',
    kind: 'plan',
    truth: 'S',
    apply: swap(
      /([가-힣]+)할 (?:예정|계획|방침|전망)(?:이다|이라고 [가-힣]+다|이었다)\.?$/,
      ([, noun]) => `${noun}했다.`,
    ),
  },
  {
    name: 'ko2 decided as done',
    kind: 'plan',
    truth: 'S',
    apply: swap(/하기로 (?:했|하였|결정했|합의했)다\.?$/, () => '했다.'),
  },
  {
    name: 'ko2 will as done',
    kind: 'plan',
    truth: 'S',
    apply: swap(/([가-힣]+)할 것(?:이다|이라고 (?:말|밝|설명)[가-힣]+다)\.?$/, ([, noun]) => `${noun}했다.`),
  },
  {
    name: 'ko2 guess as fact',
    kind: 'hedge',
    truth: 'S',
    apply: swap(
      /([한된은던]|인) 것으로 (?:보인다|추정된다|여겨진다|생각된다|알려져 있다|전해진다|알려졌다|추측된다)\.?$/,
      ([, end]) => ({ 한: '했다.', 된: '됐다.', 은: '었다.', 던: '었다.', 인: '이다.' })[end],
    ),
  },
  {
    name: 'ko2 possible as fact',
    kind: 'hedge',
    truth: 'S',
    apply: swap(
      /할 (?:수 있다|가능성이 있다|가능성이 높다|수도 있다|것으로 보인다|것으로 예상된다)\.?$/,
      () => '한다.',
    ),
  },
  {
    name: 'ko2 guess left out',
    kind: 'hedge',
    truth: 'S',
    apply: swap(/(?<![가-힣])(?:아마도|아마|어쩌면|추정컨대)\s/, () => ''),
  },
  {
    name: 'ko2 some to all',
    kind: 'scope',
    truth: 'S',
    apply: swap(/(?<![가-힣])(일부|대부분의|많은|여러|대부분)(?=\s[가-힣])/, () => '모든'),
  },
  {
    name: 'ko2 subject and object',
    kind: 'roles',
    truth: 'S',
    apply: swap(
      /(?<![가-힣])([가-힣]{2,6})(은|는|이|가) ([가-힣]{2,6})(을|를) (?=[가-힣]+(?:했|하였|었|았|렸|켰)다)/,
      ([, a, , b]) => `${b}${hasFinal(b) ? '이' : '가'} ${a}${hasFinal(a) ? '을' : '를'} `,
    ),
  },
  {
    name: 'ko2 from and to',
    kind: 'roles',
    truth: 'S',
    apply: swap(/(?<![가-힣])([가-힣]{2,8})에서 ([가-힣]{2,8})(으로|로) /, ([, a, b]) =>
      /[가-힣]$/.test(a) ? `${b}에서 ${a}${hasFinal(a) ? '으로' : '로'} ` : undefined,
    ),
  },
  {
    name: 'ko2 other speaker',
    kind: 'speaker',
    truth: 'S',
    apply: (sentence) =>
      /["“][^"”]{8,}["”]/.test(sentence)
        ? swap(/(?:[가-힣]{2,4}\s)?[가-힣]{2,6}(?:은|는)(?=\s["“])/, () => '외교부 대변인은')(sentence)
        : undefined,
  },
  {
    name: 'ko2 figures exchanged',
    kind: 'subject',
    truth: 'S',
    apply: exchange(/(?<![\d.,])\d[\d,.]*(?=(?:명|개|%|퍼센트|점|원|km|m|톤|대)[^\d])/g),
  },
  { name: 'ko2 years exchanged', kind: 'subject', truth: 'S', apply: exchange(/(?<!\d)(?:1[5-9]|20)\d\d(?=년)/g) },
  {
    name: 'ko2 cause added',
    kind: 'cause',
    truth: 'S',
    apply: swap(/([가-힣]+)(?:하였으며|했으며|하였고|했고),? (?=[가-힣])/, ([, verb]) => `${verb}했기 때문에 `),
  },

  {
    name: 'ko2 polite',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /(한|된|했|됐|였|었|았|있|이)다\.$/,
      ([, verb]) =>
        ({
          한: '합니다.',
          된: '됩니다.',
          했: '했습니다.',
          됐: '됐습니다.',
          였: '였습니다.',
          었: '었습니다.',
          았: '았습니다.',
          있: '있습니다.',
          이: '입니다.',
        })[verb],
    ),
  },
  {
    name: 'ko2 not short',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(/하지 (않|못)/, ([, not]) => (not === '않' ? '하지는 않' : '하지를 못')),
  },
  {
    name: 'ko2 trend in other words',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      ...korean([
        ['증가했', '늘었'],
        ['감소했', '줄었'],
        ['상승했', '올랐'],
        ['하락했', '떨어졌'],
        ['증가하였', '늘어났'],
        ['감소하였', '줄어들었'],
        ['확대했', '넓혔'],
        ['늘어났', '증가했'],
        ['줄어들었', '감소했'],
        ['높아졌', '상승했'],
      ]),
    ),
  },
  {
    name: 'ko2 plan in other words',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /할 (예정|계획|방침)이다/,
      ([, all]) => ({ 예정: '할 계획이다', 계획: '하기로 했다', 방침: '할 예정이다' })[all],
    ),
  },
  {
    name: 'ko2 guess in other words',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /것으로 (보인다|추정된다|여겨진다|알려져 있다|전해진다|알려졌다)/,
      ([, all]) =>
        ({
          보인다: '것 같다',
          추정된다: '것으로 보인다',
          여겨진다: '것으로 생각된다',
          '알려져 있다': '것으로 전해진다',
          전해진다: '것으로 알려졌다',
          알려졌다: '것으로 전해졌다',
        })[all],
    ),
  },
  {
    name: 'ko2 cause in other words',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /(때문에|덕분에|으로 인해|로 인하여)/,
      ([, all]) =>
        ({ 때문에: '까닭에', 덕분에: '덕에', '으로 인해': '으로 말미암아', '로 인하여': '로 말미암아' })[all],
    ),
  },
  {
    name: 'ko2 passive',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(/(하였|되었)다\.$/, ([, all]) => (all === '하였' ? '했다.' : '됐다.')),
  },
  {
    name: 'ko2 first half',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const m = /^([^"“]{15,}?)(했|하였|되었|됐)(?:으며|고|지만),? [^"“]{10,}$/.exec(sentence.trim());
      return m === null ? undefined : `${m[1]}${m[2]}다.`;
    },
  },
  {
    name: 'ko2 second half',
    kind: 'paraphrase',
    truth: 'P',
    apply: (sentence) => {
      const m = /^[^"“]{15,}?(?:했|하였|되었|됐)(?:으며|고),? ([^"“]{15,})$/.exec(sentence.trim());
      return m === null ? undefined : m[1];
    },
  },
  {
    name: 'ko2 word for word but one',
    kind: 'paraphrase',
    truth: 'P',
    apply: swap(
      /(?<![가-힣])(또한|그러나|하지만|특히|당시|이후|현재)\s/,
      ([, all]) =>
        ({
          또한: '아울러 ',
          그러나: '그렇지만 ',
          하지만: '그러나 ',
          특히: '',
          당시: '그때 ',
          이후: '그 뒤 ',
          현재: '지금 ',
        })[all],
    ),
  },
];

function hasFinal(word) {
  return ((word.codePointAt(word.length - 1) ?? 0) - 0xac00) % 28 > 0;
}
