import type { Clock, Fetcher, KeyValueStore, PageRenderer } from '../../src/core/ports.ts';
import type { Entry, Page } from '../../src/core/types.ts';
import { openHttpFetcher } from '../../src/services/http/http-fetcher.ts';
import { openHostLimits } from '../../src/stages/crawl/hosts/host-limits.ts';
import { type CrawlPageReader, createPageReader, type PageReaderSettings } from '../../src/stages/crawl/page-reader.ts';
import { PriorityCrawler, type PriorityCrawlerOptions } from '../../src/stages/crawl/priority-crawler.ts';
import { systemClock } from '../../src/util/clock.ts';
import { Disposer } from '../../src/util/disposer.ts';
import { collectEvents, fakeRandom } from './fakes.ts';

let index = 0;

export function entryOf(url: string, members: Partial<Entry> = {}): Entry {
  index += 1;
  return {
    index,
    url,
    original: url,
    priority: 'medium',
    keywords: [],
    position: { file: 'urls.txt', line: index },
    ...members,
  };
}

/** A store in memory that keeps what it is given as it is. */
export function mapStore(): KeyValueStore & { readonly map: Map<string, unknown> } {
  const map = new Map<string, unknown>();
  return {
    map,
    get: async (key) => map.get(key),
    set: async (key, value) => void map.set(key, value),
    delete: async (key) => map.delete(key),
    async *iterate(prefix = '') {
      for (const [key, value] of map) if (key.startsWith(prefix)) yield [key, value] as const;
    },
  };
}

export const testSettings: PageReaderSettings = {
  perHost: 2,
  delayMs: 0,
  maxDelayMs: 2000,
  timeoutMs: 3000,
  attempts: 3,
  maxBytes: 1_000_000,
  maxRedirects: 5,
  cacheTtlMs: 86_400_000,
  robots: true,
  aiPolicy: 'respect',
  render: 'auto',
  userAgent: 'blogger',
};

export interface CrawlSetupOptions {
  readonly settings?: Partial<PageReaderSettings>;
  readonly crawler?: Partial<PriorityCrawlerOptions>;
  readonly store?: KeyValueStore;
  readonly fetcher?: Fetcher;
  readonly clock?: Clock;
  readonly renderer?: PageRenderer;
  readonly readFile?: (path: string) => Promise<Uint8Array>;
}

export interface CrawlSetup extends AsyncDisposable {
  readonly reader: CrawlPageReader;
  readonly crawler: PriorityCrawler;
  readonly heard: ReturnType<typeof collectEvents>;
  crawl(entries: Iterable<Entry> | AsyncIterable<Entry>): Promise<Page[]>;
}

/** The crawl as the pipeline wires it: the real fetcher on loopback, Bottleneck, a store in memory. Random is 0, so that backoff does not wait. */
export function openCrawl({
  settings = {},
  crawler: crawlerOptions = {},
  store = mapStore(),
  fetcher,
  clock = systemClock,
  readFile,
  renderer,
}: CrawlSetupOptions = {}): CrawlSetup {
  const disposer = new Disposer();
  const heard = collectEvents();
  const all = { ...testSettings, ...settings };
  const reader = createPageReader({
    fetcher:
      fetcher ??
      disposer.use(openHttpFetcher({ allowPrivate: true, userAgent: 'blogger/0 (+https://example.org/bot)' })),
    store,
    limits: disposer.use(openHostLimits({ perHost: all.perHost })),
    settings: all,
    clock,
    random: fakeRandom([0]),
    emit: heard.emit,
    ...(readFile === undefined ? {} : { readFile }),
    ...(renderer === undefined ? {} : { renderer }),
  });
  const crawler = new PriorityCrawler({ reader, perHost: all.perHost, emit: heard.emit, clock, ...crawlerOptions });
  return {
    reader,
    crawler,
    heard,
    async crawl(entries) {
      const pages: Page[] = [];
      for await (const page of crawler.crawl(entries)) pages.push(page);
      return pages;
    },
    [Symbol.asyncDispose]: () => disposer[Symbol.asyncDispose](),
  };
}

export function textOf({ body }: Page): string {
  return new TextDecoder().decode(body);
}
