/** Freshness of stored responses (RFC 9111) for a private cache, limited by our maximum age. Pure. */

type Headers = Readonly<Record<string, string>>;

export interface CacheRules {
  readonly store: boolean;
  /** How long the response may be used without revalidation. */
  readonly freshMs: number;
  /** False when the origin forbids stale responses (RFC 9111 §4.2.4). */
  readonly mayServeStale: boolean;
}

const STORABLE: ReadonlySet<number> = new Set([200, 203, 301, 302, 303, 307, 308]);
/** Temporary redirects: cached only with explicit freshness (RFC 9110 §15.1). */
const PASSING: ReadonlySet<number> = new Set([302, 303, 307]);

/** Cache rules for a response; a cacheable one without explicit freshness is fresh for `ttlMs`. */
export function readCacheRules(status: number, headers: Headers, ttlMs: number): CacheRules {
  const control = readCacheControl(headers['cache-control']);
  const lifetimeMs = statedFreshness(headers, control) ?? (PASSING.has(status) ? undefined : ttlMs);
  return {
    store:
      STORABLE.has(status) && lifetimeMs !== undefined && !control.has('no-store') && !bringsCookie(status, headers),
    freshMs: control.has('no-cache') ? 0 : Math.min(ttlMs, lifetimeMs ?? 0),
    mayServeStale: !control.has('must-revalidate') && !control.has('no-cache'),
  };
}

/** How long the origin says that a response is fresh; undefined where it does not say, or wants it to be revalidated. */
export function statedLifetime(headers: Headers): number | undefined {
  const control = readCacheControl(headers['cache-control']);
  return control.has('no-cache') || control.has('no-store') ? undefined : statedFreshness(headers, control);
}

/** A redirect that sets a cookie does not work without it, and stored responses have no cookies. */
function bringsCookie(status: number, headers: Headers): boolean {
  return status >= 300 && headers['set-cookie'] !== undefined;
}

/** Headers of a conditional request that revalidates the stored response. */
export function conditionalHeaders(stored: Headers): Record<string, string> {
  return {
    ...(stored['etag'] === undefined ? {} : { 'if-none-match': stored['etag'] }),
    ...(stored['last-modified'] === undefined ? {} : { 'if-modified-since': stored['last-modified'] }),
  };
}

function statedFreshness(headers: Headers, control: ReadonlyMap<string, string>): number | undefined {
  const maxAge = control.get('max-age');
  if (maxAge !== undefined && /^\d+$/.test(maxAge)) return Math.max(0, Number(maxAge) - readAge(headers['age'])) * 1000;
  if (headers['expires'] === undefined) return undefined;
  const span = Date.parse(headers['expires']) - Date.parse(headers['date'] ?? '');
  return Number.isNaN(span) ? 0 : Math.max(0, span); // an unreadable Expires, such as 0, means already expired (§5.3)
}

function readAge(header: string | undefined): number {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : 0;
}

function readCacheControl(header: string | undefined): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of (header ?? '').split(',')) {
    const [name = '', value = ''] = part.split('=', 2).map((piece) => piece.trim());
    if (name !== '') directives.set(name.toLowerCase(), value.replace(/^"|"$/g, ''));
  }
  return directives;
}
