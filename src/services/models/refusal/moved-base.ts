/** The base URL that a redirect of a call points to. */

const ENDPOINT = /\/(?:chat\/completions|v1\/messages)\/?$/;

export interface MovedBase {
  readonly url: string;
  readonly isSameHost: boolean;
}

/** Undefined where the target is no endpoint of a model, is where the call went, or would send the key without encryption. */
export function movedBase(address: string, location: string): MovedBase | undefined {
  if (!URL.canParse(location, address)) return undefined;
  const from = new URL(address);
  const to = new URL(location, address);
  if (!ENDPOINT.test(to.pathname) || (to.protocol !== 'https:' && to.protocol !== from.protocol)) return undefined;
  const url = `${to.origin}${to.pathname.replace(ENDPOINT, '')}`;
  return url === address ? undefined : { url, isSameHost: to.host === from.host };
}
