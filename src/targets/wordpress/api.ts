/** Requests to the REST API of a site. */

import { trimTail } from '../../util/text/trim-edges.ts';
import { type JsonAnswer, type JsonRequest, requestJson } from '../json-client.ts';

export type WordPressApi = (
  method: JsonRequest['method'],
  path: string,
  signal: AbortSignal,
  content?: Pick<JsonRequest, 'body' | 'bytes'> & { readonly headers?: Readonly<Record<string, string>> },
) => Promise<JsonAnswer>;

export interface WordPressAccess {
  /** Address of the site, or of its REST API. */
  readonly url: string;
  readonly user: string;
  /** An application password; never the one of the account. */
  readonly password: string;
}

export function openApi({ url, user, password }: WordPressAccess): WordPressApi {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  let root: Promise<ApiRoot> | undefined;
  return async (method, path, signal, { headers = {}, ...content } = {}) => {
    root ??= findRoot(siteOf(url), { authorization }, signal);
    root.catch(() => {
      root = undefined; // the next call looks again
    });
    const { addressOf, isUnproven } = await root;
    const request = { method, url: addressOf(path), headers: { authorization, ...headers }, ...content };
    return { ...(await requestJson(request, signal)), isUnproven };
  };
}

/** The address of the site, however its API was named. */
export function siteOf(url: string): string {
  return trimTail(url, /\//).replace(/\/wp-json(?:\/wp\/v2)?$/, '');
}

interface ApiRoot {
  readonly addressOf: (path: string) => string;
  /** True where the site did not show its API at the pretty address. */
  readonly isUnproven: boolean;
}

/** Pretty addresses where the site has them, else the one that every site answers. */
async function findRoot(
  site: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ApiRoot> {
  const { status, json } = await requestJson(
    { method: 'GET', url: `${site}/wp-json/wp/v2/types/post`, headers },
    signal,
  );
  if (status === 200 && typeof json === 'object')
    return { addressOf: (path) => `${site}/wp-json/wp/v2${path}`, isUnproven: false };
  return { addressOf: (path) => `${site}/?rest_route=/wp/v2${path.replace('?', '&')}`, isUnproven: true };
}
