import { decodeHTML } from 'entities';

/** Tags that titles are formatted with; a title may name any other (`The <dialog> element`). */
const FORMATTING =
  /<\/?(?:a|abbr|b|bdi|big|br|cite|code|del|div|em|font|i|img|ins|mark|p|q|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?\/?>/gi;

/** A title as people read it: RSS does not say whether its titles are HTML, and most are; Atom says so. */
export function itemTitle(title: string | undefined, type = 'html'): string | undefined {
  if (title === undefined || !/html/i.test(type)) return title;
  const plain = title.replace(FORMATTING, '');
  return decodeHTML(plain).replace(/\s+/g, ' ').trim();
}
