/** The title of an article: its visible heading, checked against the page's head, without the site's name. */

import { readDate } from '../../../util/dates/written-date.ts';
import { remember } from '../../../util/remember.ts';
import { oneLine } from './one-line.ts';

export interface TitleHints {
  /** `<title>`. */
  readonly document: string | undefined;
  readonly openGraph: string | undefined;
  readonly headline: string | undefined;
  readonly siteName: string | undefined;
  readonly host: string;
  readonly headings: readonly Heading[];
}

export interface Heading {
  readonly text: string;
  readonly level: number;
  /** In the banner of the site, in navigation, or a link to the front page. */
  readonly isOfSite: boolean;
  /** Its index among the page's headings. */
  readonly order: number;
}

interface Candidate {
  readonly text: string;
  readonly weight: number;
}

export function chooseTitle(hints: TitleHints): string | undefined {
  const document = oneLine(hints.document);
  const sites = siteNames(hints);
  const stated = [hints.headline, hints.openGraph].map((text) => oneLine(text)).filter((text) => text !== undefined);
  const head = [...stated, ...(document === undefined ? [] : [document])];
  const heads = head.map((text) => withoutSite(text, sites, hints.headings));
  const alike = heads.map(similarTo);
  const candidates: Candidate[] = [
    ...hints.headings.map((heading) => ({
      text: withoutAdditions(heading.text, heads),
      weight: weightOfHeading(heading, alike, sites),
    })),
    ...heads.map((text, index) => ({
      text,
      weight: (index < stated.length ? 1.45 : 1.3) + 0.25 * agreement(text, heads) - (isSite(text, sites) ? 1.5 : 0),
    })),
  ];
  const best = candidates.reduce<Candidate | undefined>(
    (most, next) => (most === undefined || next.weight > most.weight ? next : most),
    undefined,
  );
  return best === undefined ? document : asShown(best.text, hints.headings);
}

/** The head has no raised numbers: `106 Pa` is what a heading shows as 10⁶ Pa. */
function asShown(title: string, headings: readonly Heading[]): string {
  const raised = headings.find(({ text }) => /[⁰¹²³⁴-⁹₀-₉^]/.test(text) && plain(text) === plain(title));
  return raised?.text ?? title;
}

/** A heading that is the head's title plus a label, a date or a count. */
function withoutAdditions(heading: string, heads: readonly string[]): string {
  const text = straight(heading);
  for (const head of heads) {
    const at = head.length < 8 || head.length >= heading.length ? -1 : text.indexOf(straight(head));
    if (at === -1) continue;
    const [before, after] = [heading.slice(0, at).trim(), heading.slice(at + head.length).trim()];
    if ([before, after].every((part) => part === '' || isAddition(part))) return heading.slice(at, at + head.length);
  }
  return heading;
}

function straight(text: string): string {
  return text.replace(/[’‘]/g, "'").replace(/[“”]/g, '"');
}

/** `Blog:`, `January 1, 2025`, `(example.org) 87`. */
function isAddition(part: string): boolean {
  if (part.length > 40) return false;
  if (/^\p{L}{2,14}\s?[:：]$/u.test(part) || /^(?:\([\w.-]{3,30}\))?\s?\d{0,4}$/.test(part)) return true;
  const date = readDate(part, undefined);
  return date !== undefined && date.index < 12;
}

/** A first-level heading with the head's title is the visible title. */
function weightOfHeading(
  { text, level, isOfSite, order }: Heading,
  heads: readonly ((text: string) => number)[],
  sites: ReadonlySet<string>,
): number {
  const said = heads.reduce((most, likeHead) => Math.max(most, likeHead(text)), 0);
  const base = level === 1 ? 1.25 : 0.1;
  const alone = heads.length === 0 ? 0.5 : 0;
  return (
    base +
    alone +
    said * 1.2 -
    (isOfSite ? 0.8 : 0) -
    (isSite(text, sites) ? 2 : 0) -
    Math.min(order, 10) * 0.04 -
    (text.length > 250 ? 1 : 0)
  );
}

/** Share of the shorter text's words in the longer one, weighted by their share of the longer one. */
export function similarTo(text: string): (other: string) => number {
  const one = wordsOf(text);
  return (other) => {
    const two = wordsOf(other);
    if (one.size === 0 || two.size === 0) return 0;
    const [small, large] = one.size < two.size ? [one, two] : [two, one];
    let both = 0;
    for (const word of small) if (large.has(word)) both += 1;
    return (both / small.size) * 0.6 + (both / large.size) * 0.4;
  };
}

/** Words, and pairs of letters where a script writes no spaces. */
const wordsOf = remember((text): ReadonlySet<string> => {
  const words = new Set<string>();
  for (const [word] of text
    .slice(0, 600)
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{L}\p{N}]+/gu)) {
    if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)) words.add(word);
    else for (let index = 0; index < word.length; index += 1) words.add(word.slice(index, index + 2));
  }
  return words;
}, 500);

function agreement(text: string, heads: readonly string[]): number {
  return heads.filter((head) => plain(head) === plain(text)).length - 1;
}

/** Any of these, between spaces, separates a title from a name. */
const SEPARATOR = /\s(?:\||[–—‒―]|-{1,3}|·|•|»|›|>|::?|\/\/?|~|⋆|★|\\)\s+|[|｜]\s*|\s::\s/gu;

/** The parts at the ends that name the site go; of a short title with one separator the part that a heading shows stays. */
export function withoutSite(title: string, sites: ReadonlySet<string>, headings: readonly Heading[]): string {
  const shown = headings.find(
    ({ text, level, isOfSite }) =>
      level === 1 &&
      !isOfSite &&
      !isSite(text, sites) &&
      text.length >= 2 &&
      plain(title).startsWith(plain(text)) &&
      plain(text).length >= plain(title).length * 0.25,
  );
  if (shown !== undefined && shown.text.length < title.length) return shown.text;
  const parts = split(title);
  if (parts.length === 1) return title;
  let [from, to] = [0, parts.length];
  while (to - from > 1 && isSite(parts[to - 1]?.text ?? '', sites)) to -= 1;
  while (to - from > 1 && isSite(parts[from]?.text ?? '', sites)) from += 1;
  if (to - from === parts.length && isLikelySite(parts)) to -= 1;
  return title.slice(parts[from]?.start ?? 0, parts[to - 1]?.end ?? title.length).trim() || title;
}

interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isAfterBar: boolean;
}

function split(title: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let isAfterBar = false;
  for (const match of title.matchAll(SEPARATOR)) {
    if (match.index <= start) continue;
    parts.push({ text: title.slice(start, match.index).trim(), start, end: match.index, isAfterBar });
    start = match.index + match[0].length;
    isAfterBar = /[|｜:]/.test(match[0]);
  }
  parts.push({ text: title.slice(start).trim(), start, end: title.length, isAfterBar });
  return parts.filter(({ text }) => text !== '');
}

/** The last of several parts is the site where it is a name (short, shorter than the rest), whatever the script. */
function isLikelySite(parts: readonly Part[]): boolean {
  const last = parts.at(-1)?.text ?? '';
  const rest = parts.at(-1)?.start ?? 0;
  const width = (text: string) =>
    [...text].reduce((sum, char) => sum + (/[\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]/.test(char) ? 2.2 : 1), 0);
  const words = last.split(/\s+/).length;
  // A bar separates a name; a dash may also separate the second half of a title.
  const share = parts.at(-1)?.isAfterBar === true ? 2 : 1.1;
  const before = parts.slice(0, -1).map(({ text }) => text);
  const isShort = words <= 5 && width(last) <= 34 && width(last) <= width(before.join(' ')) * share;
  return rest > 0 && isShort && !/[?!？！]$/.test(last);
}

export function siteNames({ siteName, host }: Pick<TitleHints, 'siteName' | 'host'>): ReadonlySet<string> {
  const names = new Set<string>();
  if (siteName !== undefined) names.add(plain(siteName));
  const labels = host.replace(/^www\./, '').split('.');
  names.add(plain(host.replace(/^www\./, '')));
  for (const label of labels.slice(0, -1)) if (label.length >= 4) names.add(plain(label));
  names.delete('');
  return names;
}

/** The part is the site's name, or holds it and little else. */
export function isSite(part: string, sites: ReadonlySet<string>): boolean {
  const words = plain(part);
  if (words === '') return true;
  for (const site of sites)
    if (words === site || (site.length >= 4 && words.includes(site) && words.length <= site.length * 2 + 6))
      return true;
  return false;
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
