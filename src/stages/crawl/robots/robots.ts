/** Fetches, caches and applies robots.txt (RFC 9309 §2.3 and §2.4). */

import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { BloggerError } from '../../../core/errors.ts';
import type { Clock, KeyValueStore } from '../../../core/ports.ts';
import { charsetParameter, toUtf8 } from '../../../util/charset/to-utf8.ts';
import { type CrawlFetcher, hostOf, type ReadContext } from '../fetchers/crawl-request.ts';
import { createFlights } from '../fetchers/flights.ts';
import type { HostGate } from '../hosts/host-gate.ts';
import { NO_RULES, parseRobots, type RobotsRules } from './robots-rules.ts';

export interface RobotsOptions {
  /** Follows at most five redirects, retries, and obeys the limits of the host. */
  readonly fetcher: CrawlFetcher;
  readonly store: KeyValueStore;
  readonly gate: HostGate;
  readonly clock: Clock;
  readonly userAgent: string;
  /** False: rules and delays are not obeyed, the file is read for its AI-use lines only. */
  readonly obey: boolean;
}

export type RobotsAnswer =
  | { readonly kind: 'rules'; readonly rules: RobotsRules }
  /** 5xx or no response: the whole host is disallowed (§2.3.1.4). */
  | { readonly kind: 'unreachable'; readonly error: BloggerError };

export interface Robots {
  /** The rules of the origin of `url`. */
  read(url: string, context: ReadContext, signal: AbortSignal): Promise<RobotsAnswer>;
}

const DAY_MS = 24 * 3_600_000;
/** Time after which an unreachable file is requested again. */
const RETRY_MS = 10 * 60_000;
const MAX_BYTES = 500 * 1024;
const KEPT_ORIGINS = 5000;

const storedSchema = z.object({ text: z.string(), fetchedAt: z.number() });

interface Known {
  readonly answer: RobotsAnswer;
  readonly until: number;
}

export function createRobots({ fetcher, store, gate, clock, userAgent, obey }: RobotsOptions): Robots {
  const known = new LRUCache<string, Known>({ max: KEPT_ORIGINS });
  const flights = createFlights<Known>();

  async function load(origin: string, context: ReadContext, signal: AbortSignal): Promise<Known> {
    const key = `robots:1:${origin}`;
    const stored = storedSchema.safeParse(await store.get(key)).data;
    if (stored !== undefined && clock.now() < stored.fetchedAt + DAY_MS)
      return toKnown(origin, stored.text, stored.fetchedAt + DAY_MS);
    try {
      const text = await download(fetcher, `${origin}/robots.txt`, context, signal);
      await store.set(key, { text, fetchedAt: clock.now() }, { ttlMs: DAY_MS });
      return toKnown(origin, text, clock.now() + DAY_MS);
    } catch (error) {
      if (signal.aborted || !BloggerError.is(error)) throw error; // the caller aborted; the host did not respond
      return { answer: { kind: 'unreachable', error }, until: clock.now() + RETRY_MS };
    }
  }

  function toKnown(origin: string, text: string, until: number): Known {
    const rules = text === '' ? NO_RULES : parseRobots(text, userAgent, new URL(origin).host);
    return { answer: { kind: 'rules', rules }, until };
  }

  async function find(origin: string, context: ReadContext, signal: AbortSignal): Promise<Known> {
    const found = await load(origin, context, signal);
    known.set(origin, found);
    if (obey && found.answer.kind === 'rules' && found.answer.rules.crawlDelayMs !== undefined) {
      gate.setCrawlDelay(hostOf(origin), found.answer.rules.crawlDelayMs);
    }
    return found;
  }

  return {
    async read(url, context, signal) {
      const { origin } = new URL(url);
      const remembered = known.get(origin);
      if (remembered !== undefined && clock.now() < remembered.until) return remembered.answer;
      return (await flights.share(origin, () => find(origin, context, signal), { park: context.park, signal })).answer;
    },
  };
}

/** The text; empty where the file does not exist (§2.3.1.3) or redirects without end (§2.3.1.2). */
async function download(
  fetcher: CrawlFetcher,
  url: string,
  context: ReadContext,
  signal: AbortSignal,
): Promise<string> {
  try {
    const { status, body, headers } = await fetcher.fetch(
      {
        url,
        context,
        attempt: 1,
        maxBytes: MAX_BYTES,
        overflow: 'cut',
        headers: { accept: 'text/plain, */*;q=0.1' },
      },
      signal,
    );
    if (status < 200 || status > 299) return '';
    return wholeLines(await toUtf8(body, charsetParameter(headers['content-type'])), body.byteLength);
  } catch (error) {
    if (BloggerError.is(error) && error.code === 'TOO_MANY_REDIRECTS') return '';
    throw error;
  }
}

/** Drops the line that the limit cut in two: half a path would match too much. */
function wholeLines(body: Uint8Array, bytes: number): string {
  const text = new TextDecoder().decode(body);
  return bytes < MAX_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1);
}
