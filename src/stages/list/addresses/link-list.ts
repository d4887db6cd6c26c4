/** Tells documents of HTML that are lists of links from pages. Pure, linear. */

const FEWEST_LINKS = 2;
/** Share of the letters that belong to links. */
const LEAST_SHARE = 0.8;
const SKIPPED: ReadonlySet<string> = new Set(['head', 'title', 'style', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** True where nearly all text is that of links to the web, as in exports of readers and browsers; headings do not count, and pages have scripts or menus. */
export function isLinkList(html: string): boolean {
  if (/<(?:script|nav|header|footer|form)[\s>]/i.test(html)) return false;
  let links = 0;
  let linked = 0;
  let other = 0;
  let isInLink = false;
  let skipped = 0;
  for (const piece of html.split(/(<[^<>]*>)/)) {
    const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(piece) ?? [];
    const tag = name.toLowerCase();
    if (tag === 'a') {
      isInLink = slash === '' && /\shref\s{0,9}=\s{0,9}["']?https?:/i.test(piece);
      links += isInLink ? 1 : 0;
    } else if (SKIPPED.has(tag)) skipped = Math.max(0, skipped + (slash === '' ? 1 : -1));
    else if (!piece.startsWith('<') && skipped === 0) {
      const letters = piece.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
      if (isInLink) linked += letters;
      else other += letters;
    }
  }
  return links >= FEWEST_LINKS && linked > 0 && linked >= (linked + other) * LEAST_SHARE;
}
