/** Routes requests: directly, through the guarded connector, or through the proxy of the environment. */

import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { loadProxyAgent } from '../../util/net/proxy-agent.ts';
import { type ProxySettings, proxyFor } from '../../util/net/proxy-route.ts';
import { createGuardedConnector } from './guarded-connector.ts';
import { Agent } from './undici.ts';
import { checkAddress, isLocalName, localNameError, type UrlRules } from './url-guard.ts';

export interface DispatcherOptions extends UrlRules {
  readonly lookup?: LookupFunction | undefined;
  readonly proxies: ProxySettings | undefined;
  /** Certificates of the authorities to trust. @default the system's */
  readonly ca?: string | undefined;
}

export interface Dispatchers extends AsyncDisposable {
  /** The dispatcher for an address; throws `URL_REFUSED` for a private address behind a proxy. */
  for(url: URL): Promise<Dispatcher>;
  /** Opens a socket by the guarded connector; undefined for an address that goes through a proxy. */
  readonly connect: ReturnType<typeof createGuardedConnector>;
  isProxied(url: URL): boolean;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** The same header limit as browsers: cookies and policies of some sites exceed Node's 16 kB. */
const MAX_HEADER_BYTES = 65_536;
const COMMON = {
  keepAliveTimeout: 10_000,
  headersTimeout: 0, // one deadline covers the whole exchange
  bodyTimeout: 0,
  maxHeaderSize: MAX_HEADER_BYTES,
} as const;

export function openDispatchers({ allowPrivate, lookup, proxies, ca }: DispatcherOptions): Dispatchers {
  const rules = { allowPrivate };
  const connect = createGuardedConnector({ ...rules, lookup, connectTimeoutMs: CONNECT_TIMEOUT_MS, ca });
  const direct = new Agent({ ...COMMON, connect, allowH2: true });
  const opened = new Map<string, Dispatcher>();

  function openProxy(proxy: URL): Dispatcher {
    const { href } = proxy;
    const known = opened.get(href);
    if (known !== undefined) return known;
    const ProxyAgent = loadProxyAgent();
    const tls = ca === undefined ? {} : { requestTls: { ca } };
    // Plain http is forwarded by the proxy, https uses CONNECT, as browsers do.
    const agent = new ProxyAgent({ ...COMMON, ...tls, uri: href, proxyTunnel: false });
    opened.set(href, agent);
    return agent;
  }

  return {
    connect,
    isProxied: (url) => proxies !== undefined && proxyFor(url, proxies) !== undefined,
    async for(url) {
      const proxy = proxies === undefined ? undefined : proxyFor(url, proxies);
      if (proxies !== undefined && !allowPrivate && isLocalName(url.hostname)) throw localNameError(url.hostname);
      if (proxy === undefined) return direct;
      if (!allowPrivate) await refusePrivate(url.hostname, lookup ?? systemLookup);
      return openProxy(proxy);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([direct, ...opened.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/**
 * A proxy resolves names itself, so the guard resolves the name here. A name that only the proxy can resolve is passed on (those of a
 * local network were refused before): closed networks resolve public names at the proxy alone.
 */
async function refusePrivate(hostname: string, lookup: LookupFunction): Promise<void> {
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return; // a literal was checked with its address
  for (const address of await resolve(hostname, lookup)) checkAddress(address, { allowPrivate: false }, hostname);
}

function resolve(hostname: string, lookup: LookupFunction): Promise<readonly string[]> {
  return new Promise((done) => {
    lookup(hostname, { all: true }, (error, answer) => {
      if (error !== null) done([]);
      else done(typeof answer === 'string' ? [answer] : answer.map(({ address }) => address));
    });
  });
}
