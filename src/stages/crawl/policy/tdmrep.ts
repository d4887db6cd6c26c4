/** `/.well-known/tdmrep.json` (TDM Reservation Protocol): which paths of an origin are reserved. */

import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { BloggerError } from '../../../core/errors.ts';
import type { Clock, KeyValueStore } from '../../../core/ports.ts';
import type { CrawlFetcher, ReadContext } from '../fetchers/crawl-request.ts';
import { createFlights } from '../fetchers/flights.ts';
import { normalizePath, normalizePattern } from '../robots/path-octets.ts';
import { matches } from '../robots/robots-rules.ts';
import { type AiSignal, readTdmReservation } from './ai-policy.ts';

export interface TdmrepOptions {
  readonly fetcher: CrawlFetcher;
  readonly store: KeyValueStore;
  readonly clock: Clock;
}

export type TdmrepAnswer =
  | { readonly kind: 'signals'; readonly signals: readonly AiSignal[] }
  /** 5xx, no response, or a truncated file: its reservations are unknown. */
  | { readonly kind: 'unreachable'; readonly error: BloggerError };

export interface Tdmrep {
  /** The rules of its origin's file that apply to `url`. */
  read(url: string, context: ReadContext, signal: AbortSignal): Promise<TdmrepAnswer>;
}

const ruleSchema = z.object({
  location: z.string(),
  'tdm-reservation': z.union([z.literal(0), z.literal(1), z.literal('0'), z.literal('1')]),
});
type TdmRule = z.infer<typeof ruleSchema>;
const storedSchema = z.object({ rules: z.array(ruleSchema), fetchedAt: z.number() });

type Known = { readonly until: number } & ({ readonly rules: readonly TdmRule[] } | { readonly error: BloggerError });

const DAY_MS = 24 * 3_600_000;
/** Time after which an unreadable file is requested again. */
const RETRY_MS = 10 * 60_000;
const MAX_BYTES = 256 * 1024;
const KEPT_ORIGINS = 5000;

export function createTdmrep({ fetcher, store, clock }: TdmrepOptions): Tdmrep {
  const known = new LRUCache<string, Known>({ max: KEPT_ORIGINS });
  const flights = createFlights<Known>();

  async function find(origin: string, context: ReadContext, signal: AbortSignal): Promise<Known> {
    const found = await load(origin, context, signal);
    known.set(origin, found);
    return found;
  }

  async function load(origin: string, context: ReadContext, signal: AbortSignal): Promise<Known> {
    const key = `tdmrep:1:${origin}`;
    const stored = storedSchema.safeParse(await store.get(key)).data;
    if (stored !== undefined && clock.now() < stored.fetchedAt + DAY_MS)
      return { rules: stored.rules, until: stored.fetchedAt + DAY_MS };
    try {
      const rules = await download(`${origin}/.well-known/tdmrep.json`, context, signal);
      await store.set(key, { rules, fetchedAt: clock.now() }, { ttlMs: DAY_MS });
      return { rules, until: clock.now() + DAY_MS };
    } catch (error) {
      if (signal.aborted || !BloggerError.is(error)) throw error; // the caller aborted; the host did not respond
      return { error, until: clock.now() + RETRY_MS };
    }
  }

  /** The rules; none when the file does not exist or redirects in a loop. */
  async function download(url: string, context: ReadContext, signal: AbortSignal): Promise<readonly TdmRule[]> {
    try {
      const response = await fetcher.fetch(
        { url, context, attempt: 1, maxBytes: MAX_BYTES, overflow: 'cut', headers: { accept: 'application/json' } },
        signal,
      );
      const rules = response.status === 200 ? parseTdmrep(new TextDecoder().decode(response.body)) : [];
      if (rules === undefined) throw unreadableError(url);
      return rules;
    } catch (error) {
      if (BloggerError.is(error) && error.code === 'TOO_MANY_REDIRECTS') return [];
      throw error;
    }
  }

  return {
    async read(url, context, signal) {
      const { origin, pathname, search } = new URL(url);
      const remembered = known.get(origin);
      const found =
        remembered !== undefined && clock.now() < remembered.until
          ? remembered
          : await flights.share(origin, () => find(origin, context, signal), { park: context.park, signal });
      if ('error' in found) return { kind: 'unreachable', error: found.error };
      return { kind: 'signals', signals: tdmSignals(found.rules, pathname + search) };
    },
  };
}

function unreadableError(url: string): BloggerError {
  return new BloggerError(
    `Expected a whole list in JSON of at most ${MAX_BYTES} bytes from ${url}, got one that breaks off`,
    { code: 'FETCH_FAILED' },
  );
}

/** The rules of a tdmrep.json; undefined for a truncated list, none for other content, such as an HTML error page with status 200. */
export function parseTdmrep(text: string): readonly TdmRule[] | undefined {
  if (!text.trimStart().startsWith('[')) return [];
  try {
    return z
      .array(z.unknown())
      .parse(JSON.parse(text))
      .flatMap((item) => ruleSchema.safeParse(item).data ?? []);
  } catch {
    return undefined;
  }
}

/** The first rule whose location matches decides, as the protocol defines. */
export function tdmSignals(rules: readonly TdmRule[], target: string): readonly AiSignal[] {
  const path = normalizePath(target);
  const rule = rules.find(({ location }) => matches(normalizePattern(location), path));
  return rule === undefined ? [] : readTdmReservation(String(rule['tdm-reservation']), '/.well-known/tdmrep.json');
}
