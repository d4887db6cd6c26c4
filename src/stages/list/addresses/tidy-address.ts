import { trimEdges } from '../../../util/text/trim-edges.ts';

/** Marks that carry no meaning anywhere in an address: zero width space, word joiner, byte order mark, soft hyphen, direction marks. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** White space, controls, and joiners, which words of some languages need inside an address but never at its ends. */
const EDGE = /[\s\u0000-\u0020\u007f-\u00a0\u200c\u200d]/;
const PAIRS: Readonly<Record<string, string>> = {
  '<': '>',
  '"': '"',
  "'": "'",
  '`': '`',
  '(': ')',
  '[': ']',
  '“': '”',
  '‘': '’',
  '«': '»',
  '「': '」',
};
/** Brackets and quotes around an address that are taken off; each layer costs a copy. */
const MAX_LAYERS = 8;
const MARKDOWN_LINK = /^!?\[[^\]]*\]\(\s*<?([^\s<>]+)>?(?:\s+["'(][^)]*)?\)$/;

/** An address as people paste it, without what is plainly not part of it: invisible marks, brackets and quotes around it, a Markdown link, a comma behind. */
export function tidyAddress(text: string): string {
  let tidy = trimEdges(text.replace(INVISIBLE, ''), EDGE);
  tidy = MARKDOWN_LINK.exec(tidy)?.[1] ?? tidy;
  for (let before = '', layers = 0; before !== tidy && layers < MAX_LAYERS; layers += 1) {
    before = tidy;
    const close = PAIRS[tidy.charAt(0)];
    if (close !== undefined && tidy.length > 1 && tidy.endsWith(close)) tidy = trimEdges(tidy.slice(1, -1), EDGE);
    if (/^["'`]?[a-z][a-z0-9+.-]*:\/\/[^,;]*[,;]$/i.test(tidy)) tidy = tidy.slice(0, -1);
  }
  tidy = withoutEscapes(tidy.replace(WRAPPER, ''));
  // Full-width Latin letters, as Korean and Japanese keyboards give them, only in the part that names scheme and host.
  return tidy.replace(/^[\uff21-\uff5a\uff1a\uff0f\uff0e\uff0d\uff10-\uff19]+/, (wide) => wide.normalize('NFKC'));
}

/** `feed:`, `view-source:` and `URL:` in front of an address. */
const WRAPPER = /^(?:feed|view-source|url):(?=\s{0,9}https?:\/\/)\s*/i;
/** Schemes by which programs register for feeds and podcasts; what they ask for is plain HTTP. */
const FEED_SCHEME = /^(?:feed|rss|itpc|pcast|podcast):\/\//i;

/** A form put a scheme in front of one. */
const TWO_SCHEMES = /^https?:\/\/(?=https?:\/\/)/i;
const WIDE_SCHEME = /^(https?)[:：][/／]{2}(?=[^/／])/i;

/**
 * Escapes of the text that the address was taken from: `&amp;` between parameters, as in the source of a page or in what was escaped twice, and
 * backslashes of Markdown.
 */
function withoutEscapes(text: string): string {
  const address = text.replace(FEED_SCHEME, 'http://').replace(WIDE_SCHEME, '$1://').replace(TWO_SCHEMES, '');
  if (!/^https?:/i.test(address) || !/[\\&]/.test(address)) return address;
  return address.replace(/\\(?=[_*()[\]~#&.!+-])/g, '').replace(/&(?:amp;|#0{0,5}38;|#x0{0,5}26;)(?:amp;)*/gi, '&');
}

/** True for text that names a web address. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(tidyAddress(text));
}
