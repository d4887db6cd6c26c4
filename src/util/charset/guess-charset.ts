/** Which charset bytes without a (true) declaration are in: the one whose reading looks most like writing. */

const SAMPLE_BYTES = 16_384;

interface Candidate {
  readonly charset: string;
  readonly common: RegExp;
}

/** Marks that many charsets have in the same place: they say nothing of which one it is. */
const MARKS = '\u20ac\u2013\u2014\u2018-\u201e\u2022\u2026\u2039\u203a\u00a0-\u00bf\u2122';

/** In the order of preference on a tie. Each reads its own common letters for points. */
const CANDIDATES: readonly Candidate[] = [
  { charset: 'utf-8', common: /[\u0080-\u{10ffff}]/gu },
  { charset: 'euc-kr', common: /[\uac00-\ud7a3]/g },
  { charset: 'shift_jis', common: /[\u3041-\u30fe]/g },
  { charset: 'euc-jp', common: /[\u3041-\u30fe]/g },
  {
    charset: 'gb18030',
    common:
      /[的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切古]/g,
  },
  {
    charset: 'big5',
    common:
      /[的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新]/g,
  },
  latin('windows-1252', /[\u00df-\u00f6\u00f8-\u00ff\u0153]/),
  script('windows-1251', /[\u0430-\u044f]/),
  script('koi8-r', /[\u0430-\u044f]/),
  script('windows-1253', /[\u03ac-\u03ce]/),
  script('windows-1255', /[\u05d0-\u05ea]/),
  script('windows-1256', /[\u0621-\u064a]/),
  script('windows-874', /[\u0e01-\u0e4e]/),
  latin(
    'windows-1250',
    /[\u0105\u0107\u0119\u0142\u0144\u015b\u017a\u017c\u010d\u0159\u0161\u017e\u011b\u016f\u0151\u0171\u0103\u0163\u015f\u00e0-\u00ff]/,
  ),
];

/** A charset of Latin letters: its own stand beside ASCII letters in a word. Marks count for it, since most of such pages have nothing else. */
function latin(charset: string, letter: RegExp): Candidate {
  const own = `(?:${letter.source}|[\u00c0-\u00de])`;
  return {
    charset,
    common: new RegExp(`[${MARKS}]|(?<=[A-Za-z])${own}|${own}(?=[A-Za-z])|(?<![^\\s])${letter.source}(?![^\\s])`, 'g'),
  };
}

/** A charset of another script: its letters stand beside each other, and never beside ASCII letters in one word. */
function script(charset: string, letter: RegExp): Candidate {
  const { source } = letter;
  return {
    charset,
    common: new RegExp(`(?<![A-Za-z])${source}(?=${source})|(?<=${source})${source}(?![A-Za-z])`, 'g'),
  };
}

/** Never undefined: windows-1252 reads everything. */
export function guessCharset(bytes: Uint8Array, decode: (bytes: Uint8Array, charset: string) => string): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let best = { charset: 'windows-1252', score: 0 };
  for (const { charset, common } of CANDIDATES) {
    const score = scoreReading(decode(sample, charset), common);
    if (score > best.score) best = { charset, score };
  }
  return best.charset;
}

/** Share of the characters beyond ASCII that are common in the script; broken and control characters weigh against it. */
function scoreReading(text: string, common: RegExp): number {
  const beyond = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
  if (beyond === 0) return 0;
  const good = text.match(common)?.length ?? 0;
  const bad = text.match(/[\uFFFD\u0080-\u009f\ue000-\uf8ff]/g)?.length ?? 0;
  return (good - 5 * bad) / beyond;
}
