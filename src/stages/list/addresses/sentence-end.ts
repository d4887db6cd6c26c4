/** Where an address ends in a sentence: the full stop, the closing bracket and the closing quote behind it belong to the sentence. Pure, linear. */

/** Closing marks with the marks that open them. Curly quotes open and close differently in English, German and Swedish. */
const CLOSERS: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '}': '{',
  '>': '<',
  '”': '“„',
  '“': '„',
  '’': '‘‚',
  '‘': '‚',
  '»': '«',
  '«': '»',
  '）': '（',
  '】': '【',
  '》': '《',
  '〉': '〈',
  '」': '「',
  '』': '『',
};
const STOPS = '.,;:!?…';
const WIDE_STOPS = '。，、；．｡､';
/** Stops that separate the names of a host, too (UTS #46). */
const WIDE_DOTS = '。．｡';
const WIDE_MARKS = '：！？';

export interface SentencePlace {
  /** True where other words stand beside the address; alone on its line it may end with a full stop (`/wiki/Apple_Inc.`). */
  readonly inSentence: boolean;
}

/** The address without the marks of the sentence around it. Brackets that it opens itself belong to it. */
export function withoutSentenceEnd(text: string, { inSentence }: SentencePlace): string {
  const address = beforeWideMark(text, inSentence ? WIDE_STOPS + WIDE_MARKS : WIDE_STOPS);
  const open = countMarks(address);
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    const isStop = inSentence && (STOPS + WIDE_STOPS + WIDE_MARKS).includes(last);
    if (!isStop && !isUnopened(last, open)) break;
    open.set(last, (open.get(last) ?? 0) - 1);
  }
  return address.slice(0, end);
}

/** Words of Japanese that stand behind a noun and begin none. */
const PARTICLE = /^(?:を|です|へ)/;

/** Chinese and Japanese put no space behind an address: their marks end one that is ASCII up to there. At the start of a segment they are part of a title. */
function beforeWideMark(text: string, stops: string): string {
  const at = text.search(/[^\u0021-\u007e]/);
  if (at <= 0 || '/=?&'.includes(text.charAt(at - 1))) return text;
  if (PARTICLE.test(text.slice(at))) return text.slice(0, at);
  const mark = text.charAt(at);
  const isInHost = !/^[a-z]+:\/\/[^/]*\//i.test(text.slice(0, at)) && /^[a-z\d]/i.test(text.slice(at + 1));
  if (isInHost && WIDE_DOTS.includes(mark)) return text;
  const isCloser = mark >= '\u3000' && mark in CLOSERS && !text.slice(0, at).includes(CLOSERS[mark] ?? '');
  return stops.includes(mark) || isCloser ? text.slice(0, at) : text;
}

function countMarks(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mark of text) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}

function isUnopened(mark: string, counts: ReadonlyMap<string, number>): boolean {
  const count = counts.get(mark) ?? 0;
  if (mark === '"' || mark === "'") return count % 2 === 1;
  const openers = CLOSERS[mark];
  if (openers === undefined) return false;
  return count > [...openers].reduce((sum, opener) => sum + (counts.get(opener) ?? 0), 0);
}
