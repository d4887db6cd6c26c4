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

export interface Tdmrep {
  read(url: string, context: ReadContext, signal: AbortSignal): Promise<readonly AiSignal[]>;
}

const ruleSchema = z.object({ location: z.string(), 'tdm-reservation': z.union([z.literal(0), z.literal(1), z.literal('0'), z.literal('1')]) });
type TdmRule = z.infer<typeof ruleSchema>;
const storedSchema = z.object({ rules: z.array(ruleSchema), fetchedAt: z.number() });

const DAY_MS = 24 * 3_600_000;
const MAX_BYTES = 256 * 1024;
const KEPT_ORIGINS = 5000;

export function createTdmrep({ fetcher, store, clock }: TdmrepOptions): Tdmrep {
  const known = new LRUCache<string, readonly TdmRule[]>({ max: KEPT_ORIGINS, ttl: DAY_MS, perf: clock });
  const flights = createFlights<readonly TdmRule[]>();

  async function find(origin: string, context: ReadContext, signal: AbortSignal): Promise<readonly TdmRule[]> {
    const rules = await load(origin, context, signal);
    known.set(origin, rules);
    return rules;
  }

  async function load(origin: string, context: ReadContext, signal: AbortSignal): Promise<readonly TdmRule[]> {
    const key = `tdmrep:1:${origin}`;
    const stored = storedSchema.safeParse(await store.get(key)).data;
    if (stored !== undefined && clock.now() < stored.fetchedAt + DAY_MS) return stored.rules;
    const rules = await download(`${origin}/.well-known/tdmrep.json`, context, signal);
    if (rules === undefined) return [];
    await store.set(key, { rules, fetchedAt: clock.now() }, { ttlMs: DAY_MS });
    return rules;
  }

  /** Undefined where the host did not answer: the page request that follows will say so. */
  async function download(url: string, context: ReadContext, signal: AbortSignal): Promise<TdmRule[] | undefined> {
    try {
      const response = await fetcher.fetch({ url, context, attempt: 1, maxBytes: MAX_BYTES, overflow: 'cut', headers: { accept: 'application/json' } }, signal);
      return response.status === 200 ? parseTdmrep(new TextDecoder().decode(response.body)) : [];
    } catch (error) {
      if (signal.aborted || !BloggerError.is(error)) throw error; // whoever asked gave up: the host has said nothing
      return undefined;
    }
  }

  return {
    async read(url, context, signal) {
      const { origin, pathname, search } = new URL(url);
      const rules = known.get(origin) ?? (await flights.share(origin, () => find(origin, context, signal), { park: context.park, signal }));
      return tdmSignals(rules, pathname + search);
    },
  };
}

/** The rules of a tdmrep.json; anything that is not one gives none. */
export function parseTdmrep(text: string): TdmRule[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.flatMap((item) => ruleSchema.safeParse(item).data ?? []) : [];
  } catch {
    return []; // an HTML error page with status 200
  }
}

/** The first rule whose location matches decides, as the protocol has it. */
export function tdmSignals(rules: readonly TdmRule[], target: string): readonly AiSignal[] {
  const path = normalizePath(target);
  const rule = rules.find(({ location }) => matches(normalizePattern(location), path));
  return rule === undefined ? [] : readTdmReservation(String(rule['tdm-reservation']), '/.well-known/tdmrep.json');
}
