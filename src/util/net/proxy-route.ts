/** Which proxy a request goes through, by the conventional environment variables. Pure. */

import ipaddr from 'ipaddr.js';

export interface ProxySettings {
  readonly http: URL | undefined;
  readonly https: URL | undefined;
  readonly noProxy: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or lower case; lower case wins. Undefined if no proxy is set. */
export function readProxySettings(env: Environment): ProxySettings | undefined {
  const read = (name: string) => env[name.toLowerCase()] ?? env[name] ?? '';
  // A CGI program gets a client's `Proxy` header as HTTP_PROXY (CVE-2016-5385).
  const http = parseProxy((env['REQUEST_METHOD'] === undefined ? read('HTTP_PROXY') : '') || read('ALL_PROXY'));
  const https = parseProxy(read('HTTPS_PROXY') || read('ALL_PROXY'));
  if (http === undefined && https === undefined) return undefined;
  const noProxy = read('NO_PROXY')
    .split(/[,\s]+/)
    .map((entry) => entry.toLowerCase())
    .filter((entry) => entry !== '');
  return { http, https, noProxy };
}

/** The proxy for an address; undefined for a direct connection. As in browsers, loopback addresses never use a proxy. */
export function proxyFor(url: URL, { http, https, noProxy }: ProxySettings): URL | undefined {
  const proxy = url.protocol === 'https:' ? https : http;
  if (proxy === undefined || isThisMachine(url.hostname)) return undefined;
  return noProxy.some((entry) => isExempt(url, entry)) ? undefined : proxy;
}

function isThisMachine(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}

/** `example.com` and `.example.com` exempt the domain and its subdomains, `host:port` one port, `10.0.0.0/8` a network, `*` everything. */
function isExempt(url: URL, entry: string): boolean {
  if (entry === '*') return true;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (entry.includes('/')) return isInNetwork(host, entry);
  const [, name = entry, port] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry) ?? [];
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
  const domain = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isInNetwork(host: string, network: string): boolean {
  if (!ipaddr.isValid(host) || !ipaddr.isValidCIDR(network)) return false;
  const address = ipaddr.parse(host);
  const range = ipaddr.parseCIDR(network);
  return address.kind() === range[0].kind() && address.match(range);
}

function parseProxy(text: string): URL | undefined {
  if (text.trim() === '') return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}
