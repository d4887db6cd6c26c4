import { routingFragment } from '../../../core/identity.ts';
import { quoted } from '../read/quoted.ts';
import { suggestAddress } from './suggest-address.ts';

export type AddressResult =
  | { readonly ok: true; readonly url: string }
  /** `isOther` for an address of something else than the web: a mail, a script, a page of the browser. */
  | { readonly ok: false; readonly problem: string; readonly isOther?: boolean };

/**
 * The address of a list line as it will be requested: nothing is sorted or dropped but a fragment, which is never sent; one that routes
 * stays, because an application shows another page by it. The URL parser's own rewriting (host in lower case, spaces escaped) is what
 * every browser does. Idempotent.
 */
export function readAddress(text: string): AddressResult {
  const url = parse(text);
  const isOther = namesOther(text);
  if (url === undefined) {
    const example = suggestAddress(text) ?? 'https://example.com/page';
    return { ...problem(`expected a URL such as ${example}, got ${quoted(text)}`), isOther };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { ...problem(`expected an http or https address, got ${url.protocol}//… in ${quoted(text)}`), isOther };
  if (url.username !== '' || url.password !== '') return problem('expected an address without user name and password');
  url.hash = routingFragment(url.hash);
  return { ok: true, url: url.href };
}

function parse(text: string): URL | undefined {
  const trimmed = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return undefined;
  try {
    return new URL(trimmed);
  } catch {
    return undefined; // the caller reports it
  }
}

/** A scheme with something behind it; a port (`localhost:3000`) and letters of `https` in another number are none. */
function namesOther(text: string): boolean {
  const scheme = /^\s*([a-z][a-z0-9+-]*):[^\s\d]/i.exec(text)?.[1]?.toLowerCase();
  return (
    scheme !== undefined && !text.includes('://', text.indexOf(':') + 1) && !/^h{0,3}t{0,3}p{0,2}s{0,2}$/.test(scheme)
  );
}

function problem(message: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: message };
}
