/** Parameters that name a campaign or a click, never a page. */
const TRACKING =
  /^(utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_hs(enc|mi)|vero_id|oly_(anon|enc)_id|ref_src|spm|_ga|_gl|s_cid|cmpid)$/i;

export type NormalizedUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly problem: string };

/**
 * The identity of an address: WHATWG form, no fragment, no tracking parameters, parameters in a fixed order, no empty query.
 * Idempotent. Path, case of the path and the trailing slash stay: servers may tell them apart.
 */
export function normalizeUrl(text: string): NormalizedUrl {
  const url = parse(text);
  if (url === undefined) return problem(`expected a URL such as https://example.com/page, got "${shorten(text)}"`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return problem(`expected an http or https address, got ${url.protocol}//… in "${shorten(text)}"`);
  if (url.username !== '' || url.password !== '') return problem('expected an address without user name and password');
  url.hash = '';
  const query = arrangeQuery(url.search.slice(1));
  url.search = query === '' ? '' : `?${query}`; // an empty one drops a lone `?`; one that ends a query is part of it
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

/** Parameters keep their exact spelling: some servers tell `%20` from `+`, and bytes that are no UTF-8 would not survive being read and written. */
function arrangeQuery(query: string): string {
  const parameters = query.split('&');
  const kept = parameters.filter((parameter) => !TRACKING.test(nameOf(parameter)));
  // By name only: repeated parameters keep their order, which can mean something.
  const sorted = kept.filter((parameter) => parameter !== '').sort((a, b) => compare(nameOf(a), nameOf(b)));
  return sorted.join('&');
}

function nameOf(parameter: string): string {
  return parameter.split('=', 1)[0] ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function problem(message: string): NormalizedUrl {
  return { ok: false, problem: message };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
