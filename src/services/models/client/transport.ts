/** The HTTP side that the vendors' SDKs share: proxies of the environment, no timeout for headers, refusals with their whole body. */

import { loadProxyAgent } from '../../../util/net/proxy-agent.ts';
import { type ProxySettings, proxyFor, readProxySettings } from '../../../util/net/proxy-route.ts';
import { patientDispatcher } from './patient-dispatcher.ts';

/** An answer that is not one of a model: a status of 400 and above, or a web page at any status. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;

  constructor(status: number, headers: Headers, body: string) {
    super(`HTTP ${status}`);
    this.name = 'HttpRefusal';
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

const MAX_REFUSAL_CHARS = 65_536;

/**
 * `fetch` for the SDKs. It throws `HttpRefusal` where they would throw errors of their own, because theirs keep only a part of the body,
 * and each vendor's keep another part. Redirects of calls are not followed: a POST would become a GET, or its key would go to another host.
 */
export const vendorFetch: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const asked = await send(url, input, init);
  const response = isDownload(url) ? await fromStore(asked, url, init) : asked;
  if (!response.ok) {
    // The status counts, also where the body breaks off or is not compressed as it claims.
    const body = await response.text().catch(() => '');
    throw new HttpRefusal(response.status, response.headers, body.slice(0, MAX_REFUSAL_CHARS));
  }
  if (!/\bhtml\b/i.test(response.headers.get('content-type') ?? '')) return response;
  const body = await response.text();
  if (isMarkup(body)) throw new HttpRefusal(response.status, response.headers, body.slice(0, MAX_REFUSAL_CHARS));
  return new Response(body, { status: response.status, headers: response.headers }); // some servers label JSON as HTML
};

function send(url: URL, input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Promise<Response> {
  const dispatcher = viaProxy(url) ?? patientDispatcher;
  return fetch(input, { ...init, dispatcher, redirect: 'manual' } as RequestInit); // `dispatcher` is an option of Node's fetch only
}

/** A file of a batch. */
function isDownload({ pathname }: URL): boolean {
  return /\/files\/[^/]+\/content$|:download$|\/results$/.test(pathname);
}

/** A file that lies in a store at a signed address, which needs no key. */
async function fromStore(response: Response, url: URL, init: RequestInit | undefined): Promise<Response> {
  const location = response.headers.get('location') ?? '';
  const isRedirect = response.status >= 300 && response.status < 400 && location !== '';
  if (!isRedirect || !URL.canParse(location, url.href)) return response;
  const target = new URL(location, url);
  if (target.protocol !== 'https:' && target.protocol !== url.protocol) return response;
  await response.body?.cancel();
  return send(target, target.href, { ...init, ...(target.host === url.host ? {} : { headers: {} }) });
}

export function isMarkup(text: string): boolean {
  return text.trimStart().startsWith('<');
}

const agents = new Map<string, object>();
let proxies: ProxySettings | undefined | 'unread' = 'unread';

/** The proxy of the environment, by the same rules as for pages; undefined for a direct connection. */
function viaProxy(url: URL): object | undefined {
  if (proxies === 'unread') proxies = readProxySettings(process.env);
  const uri = proxies === undefined ? undefined : proxyFor(url, proxies)?.href;
  if (uri === undefined) return undefined;
  const known = agents.get(uri);
  if (known !== undefined) return known;
  const ProxyAgent = loadProxyAgent();
  const agent = new ProxyAgent({ uri, headersTimeout: 0, bodyTimeout: 0, proxyTunnel: false });
  agents.set(uri, agent);
  return agent;
}
