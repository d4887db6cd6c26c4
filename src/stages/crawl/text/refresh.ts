export interface Refresh {
  readonly delaySeconds: number;
  /** As written; may be relative. */
  readonly url: string;
  /** True inside `noscript`: browsers with scripts enabled ignore it. */
  readonly inNoscript: boolean;
}

/** The value of a `Refresh` header or of `<meta http-equiv=refresh>`, by the HTML standard; undefined when it names no other address. */
export function readRefresh(value: string, inNoscript = false): Refresh | undefined {
  const [, delay = '', rest = ''] = /^\s*(\d*)(?:\.[\d.]*)?\s*[;,]?\s*(.*)$/s.exec(value) ?? [];
  if (delay === '' && !/^\s*[.;,\d]/.test(value)) return undefined;
  const named = rest.replace(/^url\s*=\s*/i, '').trim();
  const quote = /^["']/.exec(named)?.[0];
  const url = quote === undefined ? named : (named.slice(1).split(quote, 1)[0] ?? '');
  return url.trim() === '' ? undefined : { delaySeconds: Number(delay), url: url.trim(), inNoscript };
}
