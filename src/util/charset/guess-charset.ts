/** Guesses the charset of bytes without a (correct) declaration: decodes them in each candidate and takes the most plausible text. */

const SAMPLE_BYTES = 16_384;

/**
 * Weights of a candidate: for each character beyond ASCII, the logarithm of how much likelier it is in text of that charset than in bytes of
 * another charset. Each character of a small charset is weak evidence, each of a charset with thousands of characters is strong evidence.
 */
interface Candidate {
  readonly charset: string;
  /** The characters that most text in this charset consists of. */
  readonly common: RegExp;
  /** All characters of such text. */
  readonly script: RegExp;
  readonly weights: { readonly common: number; readonly rare: number; readonly alien: number };
}

const BROKEN = -4;
/** Punctuation of any script; has no weight. */
const SIGNS = '\\u00a0-\\u00bf\\u2013\\u2014\\u2018-\\u201e\\u2022\\u2026\\u20ac\\u2122\\u2039\\u203a';
const WIDE_SIGNS = '\\u3000-\\u301f\\uff01-\\uff0f\\uff1a-\\uff20';

const SYLLABLES = { common: 2.5, rare: -0.2, alien: -1.5 };
const KANA = { common: 2, rare: -0.2, alien: -1.5 };
const IDEOGRAPHS = { common: 2.2, rare: -0.4, alien: -1.5 };
const LETTERS = { common: 0.6, rare: -0.9, alien: -2 };

/** In order of preference on a tie. */
const CANDIDATES: readonly Candidate[] = [
  {
    charset: 'utf-8',
    common: /[\u0080-\u{10ffff}]/gu,
    script: /[\u0080-\u{10ffff}]/gu,
    weights: { common: 2, rare: 0, alien: 0 },
  },
  wide(
    'euc-kr',
    '\\uac00-\\ud7a3',
    SYLLABLES,
    /[이다는의에을고가를은로하한지기도사인대서어자시리해일정그있스수나과보제아부라조것주만전상원들장성구적관국여선면으게며된]/g,
  ),
  wide('shift_jis', '\\u3041-\\u30fe\\u4e00-\\u9fff', KANA, /[\u3041-\u30fe]/g),
  wide('euc-jp', '\\u3041-\\u30fe\\u4e00-\\u9fff', KANA, /[\u3041-\u30fe]/g),
  wide(
    'gb18030',
    '\\u4e00-\\u9fff',
    IDEOGRAPHS,
    /[的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切古]/g,
  ),
  wide(
    'big5',
    '\\u4e00-\\u9fff',
    IDEOGRAPHS,
    /[的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新]/g,
  ),
  latin('windows-1252', /[\u00df-\u00f6\u00f8-\u00ff\u0153]/),
  letters('windows-1251', '\\u0400-\\u045f', /[оеаинтсрвлкмдпуяыьз]/g),
  letters('koi8-r', '\\u0400-\\u045f', /[оеаинтсрвлкмдпуяыьз]/g),
  letters('windows-1253', '\\u0386-\\u03ce', /[αοιετσνηυρπκμλωςγάέίόύήώ]/g),
  letters('windows-1255', '\\u05b0-\\u05f4', /[יוהלאתרמבשנםד]/g),
  letters('windows-1256', '\\u060c-\\u0652', /[اليمنوترةبعدسفهك]/g),
  letters(
    'windows-874',
    '\\u0e01-\\u0e5b',
    /[\u0e32\u0e19\u0e23\u0e2d\u0e01\u0e40\u0e07\u0e21\u0e22\u0e25\u0e27\u0e14\u0e17\u0e2a\u0e15\u0e2b\u0e1b\u0e48\u0e49\u0e31\u0e35\u0e34\u0e41\u0e04]/g,
  ),
  latin(
    'windows-1250',
    /[\u0105\u0107\u0119\u0142\u0144\u015b\u017a\u017c\u010d\u0159\u0161\u017e\u011b\u016f\u0151\u0171\u0103\u0163\u015f\u00e0-\u00ff]/,
  ),
];

function wide(charset: string, script: string, weights: Candidate['weights'], common: RegExp): Candidate {
  return { charset, common, script: new RegExp(`[${script}${WIDE_SIGNS}]`, 'g'), weights };
}

/** A charset of a non-Latin alphabet: its letters never occur next to ASCII letters in a word. */
function letters(charset: string, script: string, common: RegExp): Candidate {
  const word = new RegExp(`(?<![A-Za-z])[${script}](?![A-Za-z])`, 'g');
  return { charset, common, script: word, weights: LETTERS };
}

/**
 * A charset of Latin letters: they occur next to ASCII letters in a word, with only a few in a row. Punctuation counts as evidence, since most
 * such pages have nothing else beyond ASCII; within a word only an apostrophe or a soft hyphen counts.
 */
function latin(charset: string, letter: RegExp): Candidate {
  const own = `(?:${letter.source}|[\\u00c0-\\u00de])`;
  const sign = `(?<![A-Za-z])[${SIGNS}]|[${SIGNS}](?![A-Za-z])|[\\u2019\\u00ad]`;
  const text = `${sign}|(?<=[A-Za-z])${own}|${own}(?=[A-Za-z])|(?<![^\\s])${letter.source}(?![^\\s])`;
  const reading = new RegExp(`(?<![^\\0-\\x7f]{3})(?:${text})(?![^\\0-\\x7f]{3})`, 'g');
  return { charset, common: reading, script: reading, weights: LETTERS };
}

/** Never undefined: windows-1252 decodes any bytes. */
export function guessCharset(bytes: Uint8Array, decode: (bytes: Uint8Array, charset: string) => string): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let best = { charset: 'windows-1252', weight: 0 };
  for (const candidate of CANDIDATES) {
    const weight = weigh(decode(sample, candidate.charset), candidate);
    if (weight > best.weight) best = { charset: candidate.charset, weight };
  }
  return best.charset;
}

/** Plausibility of a text in its charset (positive or negative); undefined for a charset that is never guessed. */
export function weighReading(text: string, charset: string): number | undefined {
  const candidate = CANDIDATES.find(
    (one) => one.charset === charset || (one.charset === 'gb18030' && charset === 'gbk'),
  );
  return candidate === undefined ? undefined : weigh(text.slice(0, SAMPLE_BYTES), candidate);
}

function weigh(text: string, { common, script, weights }: Candidate): number {
  const count = (expression: RegExp) => text.match(expression)?.length ?? 0;
  const beyond = count(/[^\0-\x7f]/gu);
  if (beyond === 0) return 0;
  const usual = count(common);
  const known = Math.max(usual, count(script));
  const broken = count(/[\uFFFD\u0080-\u009f\ue000-\uf8ff]/g);
  const alien = beyond - known;
  return usual * weights.common + (known - usual) * weights.rare + alien * weights.alien + broken * BROKEN;
}
