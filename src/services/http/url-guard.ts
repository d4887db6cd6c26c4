/** Decides which addresses may be contacted. Pure: names are resolved elsewhere; every resolved address is checked here. */

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { BloggerError } from '../../core/errors.ts';

export interface UrlRules {
  /** Allows private and loopback addresses and any port. */
  readonly allowPrivate: boolean;
}

const PORTS: ReadonlySet<string> = new Set(['', '80', '443']);
/** The allocated global unicast range of IPv6 (RFC 4291 §2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** NAT64 (RFC 6052): IPv6-only networks reach every IPv4 site through it, so the embedded address is checked. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Throws `URL_REFUSED` for a scheme, port, literal address or user information that may not be crawled. */
export function checkUrl(url: URL, { allowPrivate }: UrlRules): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refusal(`Only http and https are crawled, got ${url.protocol}//`);
  if (url.username !== '' || url.password !== '') {
    throw refusal(
      `An address must not carry a user name or password, got one for ${url.host}`,
      'Take `user:password@` out of the address.',
    );
  }
  if (allowPrivate) return;
  if (!PORTS.has(url.port))
    throw refusal(
      `Only ports 80 and 443 are crawled, got ${url.host}`,
      'Set allowPrivate (--allow-private) to crawl other ports.',
    );
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) checkAddress(host, { allowPrivate }, url.hostname);
}

/** Throws `URL_REFUSED` unless `address` is on the public internet. `host` is the name that led there. */
export function checkAddress(address: string, { allowPrivate }: UrlRules, host: string): void {
  if (allowPrivate || isPublicAddress(address)) return;
  const via = host === address || host === `[${address}]` ? host : `${host}, which is ${address}`;
  throw refusal(
    `Private and special addresses are not crawled, got ${via}`,
    'Set allowPrivate (--allow-private) to crawl your own network.',
  );
}

/** True only for a public unicast address; unknown forms are refused. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false; // also the short and octal forms that ipaddr.js would read
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().range() === 'unicast';
  if (parsed.match(NAT64)) return embeddedIPv4(parsed).range() === 'unicast';
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST);
}

/** Names that do not exist in public DNS (RFC 6761, RFC 8375, RFC 9476), and names of one label. */
export function isLocalName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return (
    !name.includes('.') ||
    /\.(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion|alt)$/.test(name)
  );
}

export function localNameError(hostname: string): BloggerError {
  return refusal(
    `Names of a local network are not crawled through a proxy, got ${hostname}`,
    'Set allowPrivate (--allow-private) to crawl your own network.',
  );
}

function embeddedIPv4(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}

function refusal(message: string, hint?: string): BloggerError {
  return new BloggerError(message, { code: 'URL_REFUSED', ...(hint === undefined ? {} : { hint }) });
}
