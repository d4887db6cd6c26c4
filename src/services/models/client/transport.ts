/** The HTTP side that the vendors' SDKs share: proxies of the environment, no timeout for headers, refusals with their whole body. */

import { createRequire } from 'node:module';
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

const MOST_REFUSAL_CHARS = 65_536;

/**
 * `fetch` for the SDKs. It throws `HttpRefusal` where they would throw errors of their own, because theirs keep only a part of the body,
 * and each vendor's keep another part. Redirects are not followed: a POST would become a GET, or its key would go to another host.
 */
export const vendorFetch: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const dispatcher = proxyFor(url) ?? patientDispatcher;
  const response = await fetch(input, { ...init, dispatcher, redirect: 'manual' } as RequestInit); // `dispatcher` is an option of Node's fetch only
  if (!response.ok) {
    const body = await response.text();
    throw new HttpRefusal(response.status, response.headers, body.slice(0, MOST_REFUSAL_CHARS));
  }
  if (!/\bhtml\b/i.test(response.headers.get('content-type') ?? '')) return response;
  const body = await response.text();
  if (isMarkup(body)) throw new HttpRefusal(response.status, response.headers, body.slice(0, MOST_REFUSAL_CHARS));
  return new Response(body, { status: response.status, headers: response.headers }); // some servers label JSON as HTML
};

export function isMarkup(text: string): boolean {
  return text.trimStart().startsWith('<');
}

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;
let proxy: object | undefined;

/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, as curl reads them; this machine itself is never reached through a proxy. */
function proxyFor({ hostname }: URL): object | undefined {
  if (proxyVariables().length === 0 || LOOPBACK.test(hostname)) return undefined;
  proxy ??= openProxy();
  return proxy;
}

function openProxy(): object {
  const require = createRequire(import.meta.url);
  const Agent = require('undici/lib/dispatcher/env-http-proxy-agent.js') as new (options: object) => object; // undici's index would load all of it
  return new Agent({ headersTimeout: 0, bodyTimeout: 0, proxyTunnel: false });
}

/** The variables that send calls of models through a proxy. */
export function proxyVariables(env: Readonly<Record<string, string | undefined>> = process.env): string[] {
  return ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].filter((name) => env[name]);
}
