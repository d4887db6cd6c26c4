/** Parameters that name a campaign or a click, never a page. */
const TRACKING =
  /^(utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_hs(enc|mi)|vero_id|oly_(anon|enc)_id|ref_src|spm|_ga|_gl|s_cid|cmpid)$/i;

export type NormalizedUrl = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: string };

/**
 * The identity of an address: WHATWG form, no fragment, no tracking parameters, parameters in a fixed order, no empty query.
 * Idempotent. Path, case of the path and the trailing slash stay: servers may tell them apart.
 */
export function normalizeUrl(text: string): NormalizedUrl {
  const url = parse(text);
  if (url === undefined) return problem(`expected a URL such as https://example.com/page, got "${shorten(text)}"`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return problem(`expected an http or https address, got ${url.protocol}//… in "${shorten(text)}"`);
  if (url.username !== '' || url.password !== '') return problem('expected an address without user name and password');
  url.hash = '';
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name));
  // Untouched queries keep their exact spelling: some servers tell `%20` from `+`.
  if (kept.length !== [...url.searchParams].length || !isSorted(kept)) url.search = new URLSearchParams(kept.sort(byName)).toString();
  if (url.search === '') url.search = ''; // drops a lone `?`; one that ends a query is part of it
  return { ok: true, url: url.href };
}

function parse(text: string): URL | undefined {
  const trimmed = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return undefined;
  try {
    return new URL(trimmed);
  } catch {
    return undefined; // the caller says what was expected
  }
}

function isSorted(pairs: readonly (readonly [string, string])[]): boolean {
  return pairs.every((pair, index) => index === 0 || byName(pairs[index - 1] ?? pair, pair) <= 0);
}

/** By name only: repeated parameters keep their order, which can mean something. */
function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function problem(message: string): NormalizedUrl {
  return { ok: false, problem: message };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
