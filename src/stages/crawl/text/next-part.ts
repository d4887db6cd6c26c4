/** The address of the next part of an article that a site spreads over several pages. Pure. */

import type { Page } from '../../../core/types.ts';

const LINK = /<(?:a|link)\s[^<>]{0,2000}>/gi;
const HREF = /\shref\s{0,9}=\s{0,9}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))/i;
const REL_NEXT = /\srel\s{0,9}=\s{0,9}["']?(?:[\w-]{1,30}\s{1,9}){0,4}next\b/i;
/** Parameters and path segments that count pages, in the languages of most sites. */
const COUNTS = /^(?:p|pg|page|paged|page_?n(?:um|o|umber)|seite|pagina|página|part|teil|sivu|strona)$/i;
const MAX_CHARS = 2_000_000;

/** The linked address that is this one with the next number, such as `/2` behind `/` or `?page=4` behind `?page=3`; undefined where there is none. */
export function nextPart({
  body,
  finalUrl,
  contentType,
}: Pick<Page, 'body' | 'finalUrl' | 'contentType'>): string | undefined {
  if (!contentType.includes('html') || !/^https?:/.test(finalUrl)) return undefined;
  const current = new URL(finalUrl);
  if (current.pathname === '/' && current.search === '') return undefined; // a front page is no article
  const html = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, MAX_CHARS)).toString('latin1');
  const stem = stemOf(current.pathname);
  for (const [tag] of html.matchAll(LINK)) {
    if (!/\d/.test(tag)) continue;
    const [, double, single, bare] = HREF.exec(tag) ?? [];
    const href = (double ?? single ?? bare ?? '').replaceAll('&amp;', '&');
    if (href === '' || !mayContinue(href, stem)) continue;
    const target = parsed(href, finalUrl);
    if (target === undefined) continue;
    target.hash = '';
    if (isNext(current, target, REL_NEXT.test(tag))) return target.href;
  }
  return undefined;
}

/** What the addresses of all parts share: the path without its number and its ending. */
function stemOf(path: string): string {
  return trimmed(path).replace(/(?:[/_-]\d{1,3})?(?:\.\w{1,5})?$/, '');
}

/** False for the many addresses that cannot be of another part, without parsing them: most links of a page. */
function mayContinue(href: string, stem: string): boolean {
  return !/^(?:[a-z][a-z\d+.-]{0,20}:)?\//i.test(href) || /[^\x21-\x7e]|%/.test(href + stem) || href.includes(stem);
}

function parsed(href: string, base: string): URL | undefined {
  return URL.canParse(href, base) ? new URL(href, base) : undefined;
}

function isNext(current: URL, target: URL, isNamedNext: boolean): boolean {
  if (target.origin !== current.origin) return false;
  if (trimmed(target.pathname) === trimmed(current.pathname)) return isNextByQuery(current, target, isNamedNext);
  return target.search === current.search && isNextByPath(trimmed(current.pathname), trimmed(target.pathname));
}

function trimmed(path: string): string {
  return path.replace(/\/$/, '');
}

/** One parameter differs, by one; it is new where the current page is the first. */
function isNextByQuery(current: URL, target: URL, isNamedNext: boolean): boolean {
  const [here, there] = [new Map(current.searchParams), new Map(target.searchParams)];
  const changed = [...there].filter(([name, value]) => here.get(name) !== value);
  const [only] = changed;
  if (only === undefined || changed.length > 1 || [...here.keys()].some((name) => !there.has(name))) return false;
  const [name, value] = only;
  if (!COUNTS.test(name) && !isNamedNext) return false;
  return isOneMore(here.get(name) ?? '1', value);
}

/** `/name/2`, `/name/page/2`, `/name-2.html` behind the first page; else the same path with the next number. */
function isNextByPath(current: string, target: string): boolean {
  const counted = /^(.*[/_-])(\d{1,3})(\.\w{1,5})?$/.exec(current);
  const next = /^(.*[/_-])(\d{1,3})(\.\w{1,5})?$/.exec(target);
  if (next === null) return false;
  const [, head = '', number = '', ending = ''] = next;
  if (counted !== null && counted[1] === head && (counted[3] ?? '') === ending)
    return isOneMore(counted[2] ?? '', number);
  const stem = ending !== '' && current.endsWith(ending) ? current.slice(0, -ending.length) : current;
  if (number !== '2' || !head.startsWith(stem) || (ending !== '' && stem === current)) return false;
  const between = head.slice(stem.length).replace(/^[/_-]|[/_-]$/g, '');
  return between === '' || COUNTS.test(between);
}

function isOneMore(before: string, after: string): boolean {
  return /^\d{1,3}$/.test(before) && /^\d{1,3}$/.test(after) && Number(after) === Number(before) + 1;
}
