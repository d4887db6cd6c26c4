import { trimTail } from '../../util/text/trim-edges.ts';
/** The address of a server without the user and password that may stand in it: `fetch` refuses such addresses, and messages may not show them. */

export interface PlainAddress {
  readonly url: string;
  /** For messages: also without query and fragment. */
  readonly shown: string;
  /** Basic authentication, where the address has a user. */
  readonly authorization: string | undefined;
  readonly secrets: readonly string[];
}

/** `endpoint` is what the client appends: people paste the address of a call where that of the API belongs. */
export function plainAddress(given: string, endpoint: RegExp): PlainAddress {
  const url = new URL(given);
  url.pathname = trimTail(url.pathname, /\//).replace(endpoint, '');
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  const plain = trimTail(url.href, /\//);
  const hasUser = user !== '' || password !== '';
  return {
    url: plain,
    shown: `${url.origin}${trimTail(url.pathname, /\//)}`,
    authorization: hasUser ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` : undefined,
    secrets: password === '' ? [] : [password],
  };
}
