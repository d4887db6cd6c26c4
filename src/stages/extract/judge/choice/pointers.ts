/** Drops lines between paragraphs that only point to another article of the site (`Read also: …`, `▶ 관련기사: …`), and labels of advertisements. */

import type { ElementNode } from '../../document/nodes.ts';
import type { TextBlock } from '../outline.ts';
import { type Choice, isProse } from './choice.ts';

export function dropPointers({ outline: { blocks }, kept }: Choice): void {
  blocks.forEach((block, index) => {
    if (kept[index] !== true) return;
    const [before, after] = [blocks[index - 1], blocks[index + 1]];
    const isAfter = before !== undefined && isProse(before);
    const isBefore = after !== undefined && isProse(after);
    // Between paragraphs; a row of such lines is a list, which is judged as a whole.
    if ((isAfter && isBefore && isPointer(block)) || ((isAfter || isBefore) && isAdLabel(block))) kept[index] = false;
  });
}

const LONGEST_AD_LABEL = 60;
/** Captions and cells may be about an advertisement. */
const OF_LABELS: ReadonlySet<string> = new Set(['p', 'div', 'section', 'aside', 'span', 'small']);
/** The words that publishers label advertisements with. */
const AD =
  /(?<!\p{L})(?:advertis(?:ement|ing)|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|reklam[ay]?|annons|annonse|annonce|mainos|реклама|διαφήμιση|hirdetés|publicitate|iklan|quảng cáo|โฆษณา|إعلان|اعلان|פרסומת|विज्ञापन)(?!\p{L})|^(?:광고|広告|スポンサーリンク|广告|廣告)$/iu;
const MOST_AD_WORDS = 7;

/** `Advertisement`, `Article continues after advertisement`: a short line without a sentence that says the word. */
function isAdLabel({ box, text, line, links, heading }: TextBlock): boolean {
  if (heading > 0 || links > 0 || line.chars > LONGEST_AD_LABEL || line.digits > 0 || line.words > MOST_AD_WORDS)
    return false;
  return line.sentenceEnds === 0 && OF_LABELS.has(box.tag) && AD.test(text);
}

const MOST_WORDS = 4;
const LONGEST = 250;

/** A few words and a colon, or a sign, and then the title of another page as a link to it. */
function isPointer({ box, text, line, linkChars, links, heading }: TextBlock): boolean {
  if (heading > 0 || links !== 1 || line.chars > LONGEST || linkChars < line.chars * 0.5) return false;
  const link = box.element.getElementsByTagName('a')[0];
  const title = link?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  if (link === undefined || !isPageOfSite(link) || !text.endsWith(title)) return false;
  const lead = text.slice(0, text.length - title.length).trim();
  const label = lead === '' ? (/^[^:：]{3,40}[:：](?=\s?\S)/u.exec(title)?.[0] ?? '') : lead;
  const rest = lead === '' ? title.slice(label.length) : title;
  return isLabel(label, lead === '') && isTitle(rest);
}

/** `Read also:`, `>>`; inside of the link only more than one word, since `Boats: a history` is a title. */
function isLabel(label: string, isInLink: boolean): boolean {
  const words = label.match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length === 0) return !isInLink && /^[▶►▷→»>☞▸●■◆※*·•–—-]{1,3}$/u.test(label.replace(/\s/g, ''));
  return words.length <= MOST_WORDS && (!isInLink || words.length > 1) && /[:：]$/.test(label);
}

/** A headline has several words. */
function isTitle(text: string): boolean {
  const wide = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return wide >= 6 || text.trim().split(/\s+/).length >= 3;
}

function isPageOfSite(link: ElementNode): boolean {
  const href = link.getAttribute('href') ?? '';
  return (
    /^(?!#|\/\/|[a-z][a-z0-9+.-]*:)/i.test(href) && !/\.(?:pdf|zip|docx?|xlsx?|pptx?|csv|mp[34]|epub)$/i.test(href)
  );
}
